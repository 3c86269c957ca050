"""Two runs against each other: what was changed, and what that did, replication by replication."""

import csv
import io
import json
from pathlib import Path

import pytest

from results.comparison.two_runs import changes
from results.runs.store import open_run
from tests.support.command_line import QUICK, firstline, shop


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Runs of the shop with four agents and with five, the second without a policy."""
    root = tmp_path_factory.mktemp("two")
    centre = shop(root)
    asked = ("compare", centre, "-n", "3", *QUICK, "-f", "json", "-o", root / "runs")
    first = firstline(*asked).json["folder"]
    more = ("--set", "groups.front_line.heads=5", "--policies", "ask")
    return Path(first), Path(firstline(*asked, *more).json["folder"])


def test_what_was_changed_is_named_by_its_key(two: tuple[Path, Path]) -> None:
    data = firstline("runs", "diff", *two).data
    assert f"First   {two[0]}" in data
    assert "groups.front_line.heads: 4 → 5" in data
    assert "Seed and versions are the same." in data
    assert "Average speed of answer" in data
    assert "One seed: the same customers." in " ".join(data.split())


def test_differences_are_paired_as_in_the_app(two: tuple[Path, Path]) -> None:
    found = firstline("runs", "diff", *two, "--measures", "asa,fcr", "-f", "json").json
    assert found["format"] == 1
    assert found["same_customers"] is True
    assert found["scenario"] == [{"key": "groups.front_line.heads", "old": 4, "new": 5}]
    assert (found["origin"], found["unequal"]) == ([], {})
    first, second = (open_run(folder).experiment for folder in two)
    expected = changes(first, second, ("ask", "ask"), ["asa", "fcr"])
    assert [row["key"] for row in found["results"]] == ["asa", "fcr"]
    for row, one in zip(found["results"], expected, strict=True):
        assert (row["first"], row["second"]) == (one.first.mean, one.second.mean)
        assert row["difference"] == one.difference.estimate.mean
        assert (row["low"], row["pairs"]) == (one.difference.estimate.low, 3)
        assert row["effect"] == one.difference.effect
    assert found["results"][0]["difference"] < 0.0, "five agents answer sooner than four"


def test_the_rows_say_what_kind_of_difference_each_is(two: tuple[Path, Path]) -> None:
    data = firstline("runs", "diff", *two, "-f", "csv", "--measures", "asa").data
    rows = list(csv.DictReader(io.StringIO(data)))
    assert [(row["kind"], row["key"]) for row in rows] == [
        ("scenario", "groups.front_line.heads"),
        ("measure", "asa"),
    ]
    assert (rows[0]["first"], rows[0]["second"]) == ("4", "5")
    assert (rows[1]["first_policy"], rows[1]["pairs"]) == ("ask", "3")


def test_a_run_differs_from_itself_in_nothing(two: tuple[Path, Path]) -> None:
    found = firstline("runs", "diff", two[0], two[0].name, "-o", two[0].parent, "-f", "json").json
    assert (found["scenario"], found["origin"]) == ([], [])
    assert {row["difference"] for row in found["results"]} <= {0.0, None}
    assert {row["effect"] for row in found["results"]} == {"unclear"}
    assert {row["first_policy"] for row in found["results"]} == {"ask", "empowered"}


def test_policies_seeds_and_replications_that_differ_are_named(
    two: tuple[Path, Path], tmp_path: Path
) -> None:
    centre = shop(tmp_path)
    text = centre.read_text(encoding="utf-8").replace('"everything" }', '"nothing" }')
    centre.write_text(text, encoding="utf-8")
    asked = ("-n", "2", "--seed", "7", *QUICK, "-f", "json", "-o", tmp_path / "runs")
    other = firstline("compare", centre, *asked).json["folder"]
    found = firstline("runs", "diff", two[0], other, "--measures", "asa", "-f", "json").json
    assert [one["key"] for one in found["scenario"]] == [
        'policies.empowered.changes."groups.front_line.authority"'
    ]
    assert found["origin"] == [
        {"key": "seed", "old": 1, "new": 7},
        {"key": "replications", "old": 3, "new": 2},
    ]
    assert found["same_customers"] is False
    assert {row["pairs"] for row in found["results"]} == {2}


def test_measures_that_meant_something_else_are_named_and_not_compared(
    two: tuple[Path, Path], tmp_path: Path
) -> None:
    old = tmp_path / "old"
    old.mkdir()
    for path in two[0].iterdir():
        if path.is_file():
            (old / path.name).write_bytes(path.read_bytes())
    said = json.loads((old / "manifest.json").read_text(encoding="utf-8"))
    said["origin"]["measures"]["asa"] += 1
    (old / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    done = firstline("runs", "diff", old, two[1], "--measures", "asa,fcr", "-f", "json")
    assert list(done.json["unequal"]) == ["asa"]
    assert [row["key"] for row in done.json["results"]] == ["fcr"]
    table = firstline("runs", "diff", old, two[1], "--measures", "asa,fcr").data
    assert "Not compared: asa" in table


@pytest.mark.parametrize("wrong", [("nowhere", "x"), ()])
def test_what_is_no_run_is_refused(two: tuple[Path, Path], wrong: tuple[str, ...]) -> None:
    done = firstline("runs", "diff", two[0], *wrong[:1])
    assert done.code in (1, 2)
    assert done.data == ""
