"""A stress test: where each policy breaks, and where first."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from results import run
from results.charts.stress import STRESS, draw, draw_stress, message
from results.errors import ExperimentError
from results.experiments.experiment import Experiment
from results.stress.stress import AS_IT_IS, StressRun, plan_of, run_stresses
from results.stress.stress_test import TARGET, StressTest, judge
from results.stress.words import sentences
from results.validation.centres import centre, exponential, reason
from scenarios import Scenario, apply, load_text, with_changes
from tests.support.command_line import SHOP
from tests.support.known_answers import plain, summary_with

REPLICATIONS = 4

TEAMS = centre(
    {"call": reason(0.25, exponential(120.0), patience_s={"voice": exponential(120.0)})},
    {"agents": {"heads": 3}},
    days=1,
    opening={"hours": "08:00-14:00"},
    policies={
        "roomy": {"changes": {"groups.agents.heads": 8}},
        "tight": {"changes": {"groups.agents.heads": 4}},
    },
)
"""A call a minute of two minutes, two erlangs of work, for 3, 8 or 4 agents."""


def ran_with(values: Mapping[tuple[str, str], list[float]], scenario: Scenario) -> StressRun:
    """A stress test of which the service levels are given, by policy and stress."""
    plan = plan_of(scenario)
    usual = [0.9, 0.9, 0.9]
    finished = {
        (name, number): summary_with({"service_level": level, "abandonment": 0.1, "asa": 20.0})
        for key, name in plan.names.items()
        for number, level in enumerate(values.get(key, usual))
    }
    names = tuple(plan.names.values())
    return StressRun(plan, Experiment(plan.combined, names, 1, 3, finished, complete=True))


def said(values: Mapping[tuple[str, str], list[float]], more: str = "") -> dict[str, str]:
    return sentences(judge(ran_with(values, load_text(SHOP + more))))


LOW, LOWER, MIXED = [0.7, 0.71, 0.72], [0.5, 0.51, 0.52], [0.7, 0.8, 0.9]


def test_a_policy_breaks_first_where_it_falls_furthest_short() -> None:
    told = said(
        {("ask", "volume"): LOW, ("ask", "outage-hour"): LOWER, ("ask", "two-absent"): MIXED}
    )
    assert told["ask"] == (
        "Ask: holds its service level of 80.0 % within 20 s (90.0 %) as it is; breaks first under "
        "Outage hour (51.0 %), then under Volume +20 %; holds under Handling time +10 % and "
        "Approver ill; is not known to hold under Two absent."
    )


def test_a_policy_that_holds_under_everything_says_what_it_comes_nearest_to() -> None:
    told = said({("ask", "volume"): [0.82, 0.82, 0.82]})
    assert told["ask"] == (
        "Ask: holds its service level of 80.0 % within 20 s (90.0 %) as it is and under every "
        "stress; comes nearest under Volume +20 % (82.0 %)."
    )


def test_a_policy_that_misses_its_target_as_it_is_says_so() -> None:
    told = said({("ask", AS_IT_IS): LOW, ("ask", "volume"): LOWER})
    assert told["ask"] == (
        "Ask: misses its service level of 80.0 % within 20 s (71.0 %) even as it is, and falls "
        "furthest short under Volume +20 % (51.0 %)."
    )


def test_a_stress_that_takes_a_policy_no_further_from_its_target_is_not_blamed() -> None:
    everywhere = (AS_IT_IS, *(one.name for one in plan_of(load_text(SHOP)).stresses))
    values = {("ask", one): LOW for one in everywhere}
    told = said(values)["ask"]
    assert told.endswith("(71.0 %) even as it is, and no further under any stress.")
    assert judge(ran_with(values, load_text(SHOP))).first_to_break("ask") is None


def test_what_is_answered_in_writing_alone_is_held_to_what_is_expected_of_it() -> None:
    letters = centre(
        {
            "letter": {
                "volume": {"per_day": 60},
                "channels": {"email": 1.0},
                "groups": ["agents"],
                "handling": {"email": {"talk_s": 300}},
            }
        },
        {"agents": {"heads": 5}},
        expect={"soon": {"measure": "response_time", "at_most": 320}},
    )
    test = judge(run_stresses(letters, replications=2, workers=1))
    assert sentences(test)["baseline"] == (
        "Baseline: holds what soon expects (5.0 min) as it is; breaks first under Handling time "
        "+10 % (soon, 5.5 min); holds under Volume +20 %, Two absent and Outage hour."
    )
    texts = [text.get_text() for text in draw(test).axes[0].texts]
    assert "5.5 min ✗" in texts


def test_expectations_of_the_policy_count_as_well() -> None:
    more = '[expect.short]\nmeasure = "asa"\nat_most = 10\npolicy = "all"\n'
    told = said({("ask", "volume"): LOW}, more)
    assert told["ask"].startswith(
        "Ask: misses what short expects (20 s) even as it is, and no further under any stress; "
    )
    assert "; holds its service level of 80.0 % within 20 s (90.0 %) as it is" in told["ask"]
    assert "breaks first under Volume +20 % (71.0 %)" in told["ask"]


def test_the_stress_framed_is_where_a_policy_breaks_first() -> None:
    values = {("ask", "volume"): LOW, ("ask", "outage-hour"): LOWER}
    test = judge(ran_with(values, load_text(SHOP)))
    first = test.first_to_break("ask")
    assert first is not None
    assert first.stress == "outage-hour"
    assert test.first_to_break("empowered") is None
    assert message(test) == "Decide alone holds under every one of 5 stresses"


def test_the_picture_says_what_is_known_of_the_best_policies() -> None:
    def titled(**levels: list[float]) -> str:
        everywhere = ("volume", "two-absent", "handling-time", "outage-hour", "approver-ill")
        values = {(policy, one): found for policy, found in levels.items() for one in everywhere}
        return message(judge(ran_with(values, load_text(SHOP))))

    assert titled() == "Ask and Decide alone hold under every one of 5 stresses"
    assert titled(ask=MIXED) == "Decide alone holds under every one of 5 stresses"
    assert titled(ask=LOW, empowered=MIXED) == (
        "Decide alone is not seen to break under any of 5 stresses, nor known to hold"
    )
    assert titled(ask=LOW, empowered=LOW) == "Every policy breaks under every one of 5 stresses"


def test_what_is_not_known_is_not_told_as_if_it_were() -> None:
    stresses = ("volume", "two-absent", "handling-time", "outage-hour", "approver-ill")
    values = {("ask", one): MIXED for one in stresses} | {("empowered", "volume"): MIXED}
    test = judge(ran_with(values, load_text(SHOP)))
    assert (
        message(test) == "Decide alone is known to hold under 4 of 5 stresses, no policy under more"
    )
    assert "as it is; is not seen to break under any; is not known" in sentences(test)["ask"]
    notes = " ".join(text.get_text() for text in draw(test).texts)
    assert "Framed" not in notes
    broken = judge(ran_with({("ask", "volume"): LOW}, load_text(SHOP)))
    assert "Framed" in " ".join(text.get_text() for text in draw(broken).texts)
    short = {(policy, AS_IT_IS): LOW for policy in ("ask", "empowered")}
    worst = {(policy, "two-absent"): LOWER for policy in ("ask", "empowered")}
    told = message(judge(ran_with({**short, **worst}, load_text(SHOP))))
    assert told == "Every policy falls short even as it is, and furthest under Two absent"


def test_nothing_can_be_told_before_a_replication_is_whole() -> None:
    ran = ran_with({}, load_text(SHOP))
    with pytest.raises(ExperimentError, match="There is nothing to report yet"):
        judge(StressRun(ran.plan, replace(ran.experiment, finished={}, complete=False)))


@cache
def put_under_stress() -> StressTest:
    return judge(run_stresses(TEAMS, replications=REPLICATIONS, workers=1))


def test_more_volume_breaks_first_where_occupancy_is_highest() -> None:
    """At 2 of 3 agents busy a fifth more customers cost far more than at 2 of 8.

    By hand, with patience as long as service (Erlang A): the share that waits rises steeply near
    full occupancy and hardly at all at a quarter.
    """
    test = put_under_stress()
    lost = {
        policy: -test.cells[policy, "volume"].shifts["service_level"].estimate.mean
        for policy in test.policies
    }
    assert lost["baseline"] > lost["tight"] > lost["roomy"]
    assert lost["baseline"] > 10 * abs(lost["roomy"])
    assert test.cells["roomy", "volume"].outcome == "holds"
    assert test.cells["baseline", "volume"].outcome == "does_not_hold"


def test_two_absent_are_worse_the_fewer_there_are() -> None:
    test = put_under_stress()
    levels = [test.cells[p, "two-absent"].levels["service_level"].mean for p in test.policies]
    baseline, roomy, tight = levels
    assert baseline < tight < roomy


def test_a_cell_is_the_run_of_the_policy_with_the_changes_of_the_stress() -> None:
    """Bit for bit: the same customers under every policy and stress."""
    plan = plan_of(TEAMS)
    ran = run_stresses(TEAMS, policies=["tight"], replications=2, workers=1)
    (volume,) = [one for one in plan.stresses if one.name == "volume"]
    changes = volume.changes(apply(TEAMS, "tight"))
    assert changes is not None
    alone = run(
        with_changes(apply(TEAMS, "tight"), changes),
        policies=["baseline"],
        replications=2,
        workers=1,
    )
    ours = [plain_of for key, plain_of in plain(ran.experiment).items() if "volume" in key[0]]
    assert ours == list(plain(alone).values())


def test_differences_are_taken_within_the_same_customers() -> None:
    test = put_under_stress()
    shift = test.cells["tight", "two-absent"].shifts["abandonment"]
    assert shift.estimate.n == REPLICATIONS
    levels = [test.cells["tight", s].levels["abandonment"].mean for s in ("two-absent", AS_IT_IS)]
    assert shift.estimate.mean == pytest.approx(levels[0] - levels[1])
    assert shift.effect == "worse"


def test_what_has_no_place_is_left_out_and_said() -> None:
    assert [one.name for one in put_under_stress().plan.missing] == ["approver-ill"]
    assert put_under_stress().columns == (
        AS_IT_IS,
        "volume",
        "two-absent",
        "handling-time",
        "outage-hour",
    )
    assert put_under_stress().expected == (TARGET,)


def test_the_picture_has_a_cell_for_each_policy_and_stress(tmp_path: Path) -> None:
    figure = draw(put_under_stress())
    (axes,) = figure.axes
    cells = [one for one in axes.patches if str(one.get_gid()).startswith("cell:")]
    assert len(cells) == 3 * 5
    frames = [one.get_gid() for one in axes.patches if str(one.get_gid()).startswith("first:")]
    assert "first:baseline" in frames
    texts = [text.get_text() for text in axes.texts]
    level = put_under_stress().cells["roomy", AS_IT_IS].levels["service_level"].mean
    assert f"{100 * level:.1f} % ✓" in texts
    files = draw_stress(put_under_stress(), tmp_path)
    assert [path.name for path in files] == [f"{STRESS}.png", f"{STRESS}.svg"]
    again = draw_stress(put_under_stress(), tmp_path / "again")
    assert [one.read_bytes() for one in files] == [one.read_bytes() for one in again]


def test_names_in_the_picture_stand_as_they_are_written(tmp_path: Path) -> None:
    nasty = "$5 & <b>_x^2$ 案"
    scenario = Scenario.model_validate(
        {
            **TEAMS.model_dump(),
            "title": nasty,
            "policies": {nasty: {}},
            "expect": {nasty: {"measure": "asa", "at_most": 0.0, "policy": "all"}},
        }
    )
    test = judge(run_stresses(scenario, replications=2, workers=1))
    figure = draw(test)
    labels = "".join(label.get_text() for label in figure.axes[0].get_yticklabels())
    assert nasty.replace(" ", "").replace("_", "") in labels.replace(" ", "").replace("\n", "")
    assert draw_stress(test, tmp_path, ["svg"])[0].is_file()
