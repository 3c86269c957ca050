"""--set and --days under policies that say something else, as a person reads and a run keeps it."""

from pathlib import Path

import pytest

from scenarios import apply, load
from tests.support.command_line import QUICK, Answer, firstline, shop

HEADS = "groups.front_line.heads"

MORE = f"""
[policies.more-agents]
title = "Five"
changes = {{ "{HEADS}" = 5 }}
[policies.half-more]
changes = {{ "{HEADS} *=" = 1.5, ownership = "agent" }}
[policies.longer]
changes = {{ "horizon.days" = 3 }}
[policies.quiet]
remove = ["opening"]
"""


@pytest.fixture(autouse=True)
def _with_a_shop(tmp_path: Path) -> None:
    shop(tmp_path, MORE)


def compared(*more: str) -> Answer:
    asked = ("-n", "1", *QUICK, "--no-save", "-f", "json", "--measures", "paid_hours")
    done = firstline("compare", "shop.toml", *asked, *more)
    assert done.code == 0, done.words
    return done


def hours(done: Answer) -> dict[str, float]:
    return {row["policy"]: row["mean"] for row in done.json["results"]}


def test_a_policy_whose_own_value_gives_way_is_named_before_the_run() -> None:
    done = compared("--policies", "ask,more-agents", "--set", f"{HEADS}=4")
    assert done.words.splitlines()[:2] == [
        f"--set {HEADS}=4 applies to every policy; the policy more-agents had 5.",
        "The policy more-agents is now the same as the baseline ask.",
    ]
    assert hours(done)["ask"] == hours(done)["more-agents"]


def test_every_policy_whose_own_value_gives_way_is_named_in_one_line() -> None:
    (line,) = (
        one for one in compared("--set", f"{HEADS}=3").words.splitlines() if "applies to" in one
    )
    assert line == (
        f"--set {HEADS}=3 applies to every policy; the policy more-agents had 5, "
        "the policy half-more had 6."
    )


def test_a_relative_change_keeps_what_policies_differ_in() -> None:
    done = compared("--policies", "ask,more-agents", "--set", f"{HEADS}+=2")
    assert f"{HEADS}+=2 applies to every policy; the policy more-agents had 5, now 7." in (
        done.words
    )
    # One head more for four hours, and some minutes of overtime more or less.
    assert hours(done)["more-agents"] - hours(done)["ask"] == pytest.approx(4.0, abs=1.0)
    alone = hours(compared("--policies", "ask", "--set", f"{HEADS}=6"))
    assert hours(done)["ask"] == alone["ask"]


def test_days_hold_under_every_policy_as_well() -> None:
    done = compared("--policies", "ask,longer", "--days", "2")
    assert "--days 2 applies to every policy; the policy longer had 3." in done.words
    assert hours(done)["ask"] == hours(done)["longer"]


def test_a_change_in_a_section_that_a_policy_leaves_out_is_told() -> None:
    done = firstline("check", "shop.toml", "--set", "opening.hours=10:00-12:00")
    assert done.code == 0
    assert (
        "--set opening.hours=10:00-12:00 has no effect under quiet, which leaves out opening."
        in done.words
    )


def test_nothing_is_said_of_policies_that_are_not_asked_for() -> None:
    assert "applies to" not in compared("--policies", "ask,quiet", "--set", f"{HEADS}=3").words
    done = firstline("run", "shop.toml", "-n", "1", *QUICK, "--no-save", "--set", f"{HEADS}=3")
    assert "applies to" not in done.words
    asked = ("--policy", "more-agents", "--set", f"{HEADS}=3")
    done = firstline("run", "shop.toml", "-n", "1", *QUICK, "--no-save", *asked)
    assert "the policy more-agents had 5." in done.words


def test_check_shows_what_each_policy_makes_of_a_number() -> None:
    assert f"half-more\n  {HEADS}: 4 → 6\n" in firstline("check", "shop.toml").data
    done = firstline("check", "shop.toml", "--set", f"{HEADS}+=1")
    assert f"half-more\n  {HEADS}: 5 → 7\n" in done.data
    assert "the policy more-agents had 5, now 6, the policy half-more had 6, now 7." in done.words


def test_a_relative_change_without_a_result_is_refused_on_the_command_line() -> None:
    done = firstline("compare", "shop.toml", "--set", "repeat.probability*=2")
    assert done.code == 2
    assert "repeat.probability *= 2\n    is off here: there is no number for *= to change" in (
        done.words
    )


def test_a_kept_run_has_the_change_in_its_scenario_and_is_resumed_with_the_same_change() -> None:
    asked = ("-n", "1", *QUICK, "-f", "json", "--set", f"{HEADS}+=2")
    folder = Path(firstline("compare", "shop.toml", *asked).json["folder"])
    kept = load(folder / "scenario.toml")
    assert kept.groups["front_line"].heads == 6
    assert apply(kept, "more-agents").groups["front_line"].heads == 7
    assert apply(kept, "half-more").groups["front_line"].heads == 8
    unfinished = folder.rename(f"{folder}.unfinished")
    done = firstline("compare", "shop.toml", *QUICK, "--resume", unfinished, "-f", "json")
    assert "another scenario" in done.words, "without the change it is another experiment"
    done = firstline("compare", "shop.toml", *asked, "--resume", unfinished)
    assert done.code == 0
    assert done.json["folder"] == str(folder)
