"""firstline check --run: a plan has regression tests."""

import csv
import io
from pathlib import Path

from tests.support.command_line import Answer, firstline, shop

QUICK = ("--run", "--workers", "1", "-n", "4")
HOLDS = '[expect.any]\nmeasure = "asa"\nat_most = 600\n'
FAILS = '[expect.never]\nmeasure = "asa"\nat_most = 0.5\npolicy = "all"\n'
UNKNOWN = '[expect.kept]\nmeasure = "promises_kept"\nat_least = 0.9\n'


def checked(tmp_path: Path, more: str, *options: str) -> Answer:
    return firstline("check", shop(tmp_path, more), *QUICK, *options)


def test_a_plan_that_does_what_it_should_ends_with_0(tmp_path: Path) -> None:
    done = checked(tmp_path, HOLDS)
    assert done.code == 0
    assert "any, Ask: holds. Average speed of answer " in done.data
    # Lines that name a file and a size are not broken: they are found and copied whole.
    told = done.data.partition("Size:")[2].splitlines()[1:]
    assert max(map(len, told)) <= 80
    assert not Path("runs").exists(), "a check keeps nothing"


def test_a_plan_that_does_not_ends_with_1_and_says_what(tmp_path: Path) -> None:
    done = checked(tmp_path, HOLDS + FAILS + UNKNOWN)
    assert done.code == 1
    told = " ".join(done.data.split())
    assert "never, Ask: does not hold." in told
    assert "never, Decide alone: does not hold." in told
    assert "expected at most 0.5 s." in told


def test_what_is_not_known_yet_ends_with_4(tmp_path: Path) -> None:
    done = checked(tmp_path, HOLDS + UNKNOWN)
    assert done.code == 4
    assert "kept, Ask: not known yet" in done.data


def test_only_the_policies_asked_for_are_held_to_it(tmp_path: Path) -> None:
    done = checked(tmp_path, HOLDS + FAILS, "--policies", "empowered", "-f", "json")
    assert done.code == 1
    rows = done.json["expectations"]
    assert [(row["expectation"], row["policy"]) for row in rows] == [("never", "empowered")]
    assert (rows[0]["outcome"], rows[0]["replications"]) == ("does_not_hold", 4)
    assert done.json["usable"] is True


def test_rows_for_programs_have_the_interval_and_the_bound(tmp_path: Path) -> None:
    done = checked(tmp_path, HOLDS + UNKNOWN, "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(done.data)))
    assert [row["outcome"] for row in rows] == ["holds", "not_known"]
    first = rows[0]
    assert float(first["low"]) <= float(first["mean"]) <= float(first["high"]) <= 600
    assert (first["at_least"], first["at_most"], rows[1]["mean"]) == ("", "600.0", "")


def test_a_change_on_the_command_line_can_break_a_plan(tmp_path: Path) -> None:
    modest = '[expect.fast]\nmeasure = "asa"\nat_most = 25\n'
    assert checked(tmp_path, modest).code == 0
    assert checked(tmp_path, modest, "--set", "groups.front_line.heads=1").code == 1


def test_without_expectations_nothing_is_run(tmp_path: Path) -> None:
    done = checked(tmp_path, "")
    assert done.code == 0
    assert "Nothing is expected here" in done.data


def test_a_scenario_that_cannot_be_used_is_not_run(tmp_path: Path) -> None:
    done = checked(tmp_path, '[expect.fast]\nmeasure = "service_level"\nat_least = 80\n')
    assert done.code == 3
    assert "Write 0.8 for 80 %." in done.data


def test_the_ordinary_check_runs_nothing_and_judges_nothing(tmp_path: Path) -> None:
    done = firstline("check", shop(tmp_path, FAILS))
    assert done.code == 0
    assert "does not hold" not in done.data
    wrong = firstline("check", shop(tmp_path, FAILS), "-n", "3")
    assert wrong.code == 2
    assert "only applies with --run" in wrong.words
