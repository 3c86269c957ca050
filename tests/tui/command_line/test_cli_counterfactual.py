"""firstline compare --why POLICY --counterfactual: which change, and through what."""

import csv
from pathlib import Path

import pytest

import firstline as door
from scenarios import load
from tests.support.command_line import QUICK, SHOP, firstline, shop

POLICY = """
[policies.both]
title = "Decide alone, and one more"
changes = { "groups.front_line.authority" = "everything", "groups.supervisors.heads" = 2 }
"""
WHY = ("--why", "both", "--counterfactual")


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, dict]:
    """The shop's file, a run folder with pictures, and the JSON answer."""
    root = tmp_path_factory.mktemp("counterfactual")
    centre = shop(root, POLICY)
    asked = ("-n", "4", "--workers", "1", *WHY, "--why-replications", "2")
    done = firstline("compare", centre, *asked, "-o", root / "runs", "-f", "json")
    assert done.code == 0, done.words
    assert "Which change and through what, for both: 8 simulations, about" in done.words
    return centre, Path(done.json["folder"]), done.json["why"]["counterfactual"]


def test_a_program_reads_both_games_and_the_parts_add_up(answered: tuple[Path, Path, dict]) -> None:
    centre, _, found = answered
    assert (found["replications"], found["of_replications"]) == (2, 4)
    assert found["which_change"]["parts"] == ["groups.front_line", "groups.supervisors"]
    assert found["through_what"]["parts"] == ["time held for approvals"]
    games = {
        "which_change": door.which_change(load(centre), "both", replications=2, workers=1),
        "through_what": door.through_what(load(centre), "both", replications=2, workers=1),
    }
    for name, game in games.items():
        rows = found[name]["rows"]
        measures = dict.fromkeys(row["measure"] for row in rows)
        assert "wait_all" in measures
        assert found[name]["undefined"] == []
        assert [one["measure"] for one in found["compared"]] == list(measures)
        for measure in measures:
            split = game.split(measure)
            assert split is not None
            *parts, whole = (row for row in rows if row["measure"] == measure)
            assert whole["part"] == "total"
            assert whole["by_replication"] == list(split.values)
            for number in range(2):
                each = [part["by_replication"][number] for part in parts]
                assert sum(each) == pytest.approx(whole["by_replication"][number])


def test_the_folder_has_a_table_two_pictures_and_the_sentences_in_its_report(
    answered: tuple[Path, Path, dict],
) -> None:
    _, folder, found = answered
    with (folder / "counterfactual.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["game"] for row in rows} == {"which_change", "through_what"}
    drawn = {path.stem for path in (folder / "charts").glob("*.png")}
    assert {"which-change", "through-what"} <= drawn
    picture = (folder / "charts" / "through-what.svg").read_text(encoding="utf-8")
    assert "first 2 of 4" in picture
    report = (folder / "report.html").read_text(encoding="utf-8")
    for name in ("which_change", "through_what"):
        for sentence in found[name]["sentences"]:
            assert sentence in report


def test_a_person_reads_two_tables_that_fit_80_columns_headed_by_their_replications(
    answered: tuple[Path, Path, dict],
) -> None:
    centre, _, _ = answered
    asked = ("-n", "4", *QUICK, *WHY, "--why-replications", "2", "--no-save")
    done = firstline("compare", centre, *asked)
    assert done.code == 0, done.words
    said = done.data.partition("Which change does it: Decide alone, and one more")[2]
    assert "Through what it works: Decide alone, and one more" in said
    assert "first 2 of 4: " in said
    assert "; all 4: " in said
    for part in ("groups.front_line", "time held for approvals", "directly", "in all"):
        assert part in said
    assert max(map(len, said.splitlines())) <= 80


def test_with_as_many_replications_as_the_comparison_the_head_has_one_number(
    answered: tuple[Path, Path, dict],
) -> None:
    centre, _, _ = answered
    done = firstline("compare", centre, "-n", "2", *QUICK, *WHY, "--no-save")
    assert done.code == 0, done.words
    assert "first 2" not in done.data


def test_some_orders_state_their_error(answered: tuple[Path, Path, dict]) -> None:
    centre, _, _ = answered
    done = firstline("compare", centre, "-n", "2", *QUICK, *WHY, "--why-runs", "2", "--no-save")
    assert done.code == 0, done.words
    assert "± orders" in done.data
    assert "2 sampled orders" in done.data


def test_asked_for_rows_the_answer_is_the_rows_of_the_games(
    answered: tuple[Path, Path, dict],
) -> None:
    centre, _, _ = answered
    done = firstline("compare", centre, "-n", "1", *QUICK, *WHY, "--no-save", "-f", "csv")
    assert done.data.startswith("policy,against,game,measure,part,difference,low,high")


SAME = '\n[policies.same]\ntitle = "Nothing new"\nchanges = {}\n'


@pytest.mark.parametrize(
    ("arguments", "option", "words"),
    [
        (("--counterfactual",), "--counterfactual", "needs the policy whose difference is split"),
        (("--why-runs", "3"), "--why-runs", "needs --counterfactual"),
        (("--why", "both", "--why-replications", "3"), "--why-replications", "needs"),
        (("--why", "same", "--counterfactual"), "--counterfactual", "changes nothing"),
        (
            ("--why", "ask", "--against", "both", "--counterfactual"),
            "--counterfactual",
            "set against both: leave out --against",
        ),
        (
            (*WHY, "--policies", "empowered,both"),
            "--counterfactual",
            "name ask among the policies",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_run(
    tmp_path: Path, arguments: tuple[str, ...], option: str, words: str
) -> None:
    centre, root = shop(tmp_path, POLICY + SAME, SHOP), tmp_path / "runs"
    done = firstline("compare", centre, "-n", "1", *QUICK, *arguments, "-o", root)
    assert done.code == 2
    assert option in done.words
    assert words in " ".join(done.words.replace("│", " ").split())
    assert not root.exists()
