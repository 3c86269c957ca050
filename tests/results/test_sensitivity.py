"""How much an answer depends on its assumptions."""

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from results import compare, run
from results.comparison.better_or_worse import Effect
from results.comparison.comparison import Difference
from results.comparison.estimate import Estimate
from results.errors import ExperimentError
from results.experiments.replications import FLOOR, Engine
from results.sensitivity.assumption_ranges import variants_of
from results.sensitivity.sensitivity import Sensitivity, Swing, sensitivity
from scenarios import load, with_changes
from scenarios.parts.authority import AskApprover
from scenarios.policies.driving_figures import DRIVING_FIGURES, DrivingFigure
from scenarios.policies.policy_set import PolicySet
from scenarios.policies.stresses import longer
from scenarios.schema import Scenario
from sim import simulate
from sim.trace.trace import Trace
from tests.support.timed_centres import centre, reason

REPLICATIONS = 4
CENTRE = centre(
    {
        "enquiry": reason(
            volume={"per_day": 100}, solve=0.7, talk_s={"distribution": "exponential", "mean": 300}
        )
    },
    {"front": {"heads": 2, "cost_per_hour": 20.0}},
    horizon={"days": 2},
    repeat={"probability": 0.5},
    loyalty={"customer_value": 100.0},
    policies={
        # Pays 7.50 more an hour for people who solve 95 % instead of 70 %.
        "masters": {"changes": {"groups.front.knowledge": 2.0, "groups.front.cost_per_hour": 27.5}},
        "same": {"changes": {"costs.currency": "$"}},
    },
)


@cache
def found() -> Sensitivity:
    return sensitivity(CENTRE, replications=REPLICATIONS, workers=1)


def swing(policy: str, key: str) -> Swing:
    (one,) = [one for one in found().swings[policy] if key in one.keys]
    return one


def compared_at(key: str, value: Any) -> Difference | None:
    experiment = run(with_changes(CENTRE, {key: value}), replications=REPLICATIONS, workers=1)
    return compare(experiment).findings["masters", "total_cost"].difference


@pytest.mark.parametrize(
    "key",
    ["repeat.max_contacts", pytest.param("loyalty.leaving.unresolved", marks=pytest.mark.long)],
)
def test_each_end_is_the_comparison_of_the_scenario_that_says_so(key: str) -> None:
    """Bit for bit, for one that is read off the trace and for one that steers the floor."""
    one = swing("masters", key)
    cast = int if key == "repeat.max_contacts" else float
    assert one.at_low == compared_at(key, cast(one.low))
    assert one.at_high == compared_at(key, cast(one.high))


def test_the_answer_as_assumed_is_that_of_the_comparison() -> None:
    plain = compare(run(CENTRE, replications=REPLICATIONS, workers=1))
    expected = plain.findings["masters", "total_cost"].difference
    assert {one.as_assumed for one in found().swings["masters"]} == {expected}


def test_the_assumption_that_moves_the_answer_most_comes_first() -> None:
    spans = [one.span for one in found().swings["masters"]]
    assert spans == sorted(spans, reverse=True)
    assert found().swings["masters"][0].keys == ("loyalty.leaving.unresolved",)
    assert swing("masters", "loyalty.large_loss.satisfied").span == 0.0


def test_an_assumption_that_turns_the_verdict_is_named() -> None:
    """Masters pay off only if who is not helped leaves in numbers: at 15 % they do not."""
    one = swing("masters", "loyalty.leaving.unresolved")
    assert (one.as_assumed.effect, one.at_low.effect) == ("better", "worse")
    assert one.turned_at == (0.15,)
    assert one in found().turning("masters")
    said = found().verdicts["masters"]
    assert (
        "customers who leave when not resolved (loyalty.leaving.unresolved): better as assumed"
        in said
    )
    assert "worse at 15 %" in said


@pytest.mark.parametrize(
    ("mean", "effect", "turned"),
    [
        (-50.0, "unclear", True),
        (-150.0, "unclear", False),
        (-150.0, "better", False),
        (50.0, "unclear", True),
        (150.0, "worse", True),
    ],
)
def test_a_verdict_turns_when_the_difference_shrinks_not_when_it_is_known_less_closely(
    mean: float, effect: Effect, turned: bool
) -> None:
    def difference(mean: float, effect: Effect) -> Difference:
        return Difference(Estimate(mean, 60.0, 5), -0.1, effect != "unclear", effect)

    one = replace(
        found().swings["masters"][0],
        as_assumed=difference(-100.0, "better"),
        at_low=difference(-100.0, "better"),
        at_high=difference(mean, effect),
    )
    assert bool(one.turned_at) is turned


def test_a_policy_that_changes_nothing_depends_on_nothing() -> None:
    assert not found().turning("same")
    assert all(one.span == 0.0 for one in found().swings["same"])
    said = "Same: nothing that was varied moves its difference in total cost a day."
    assert found().verdicts["same"] == said


def test_a_verdict_that_stands_says_what_moves_it_most() -> None:
    happy = with_changes(CENTRE, {"satisfaction": {}}, remove=["repeat", "loyalty"])
    both = ["masters", "baseline"]
    asked = sensitivity(happy, "csat_true", replications=6, policies=both, workers=1)
    said = asked.verdicts["masters"]
    assert said.startswith("Masters: none of 17 assumptions and ")
    assert "(satisfaction.unresolved_loss) moves the difference most, by" in said


def test_reading_the_same_trace_otherwise_costs_no_simulation() -> None:
    simulated: Counter[int] = Counter()

    def counting(scenario: Scenario, seed: int, replication: int) -> Trace:
        simulated[replication] += 1
        return simulate(scenario, seed, replication)

    without = with_changes(CENTRE, {}, remove=["repeat"])
    engine = Engine(counting, FLOOR.summarise)
    chosen = ["masters", "baseline"]
    sensitivity(without, replications=2, policies=chosen, workers=1, engine=engine)
    ranges = variants_of({name: PolicySet.of(without).under[name] for name in chosen}).ranges
    driving = [one for one in ranges if isinstance(one.assumption, DrivingFigure)]
    assert len(ranges) > len(driving) > 0
    # Each policy as it is, and at both ends of every figure that steers the floor.
    each = 2 * (1 + 2 * len(driving))
    assert simulated == {0: each, 1: each}


@pytest.mark.parametrize("end", ["low", "high"])
def test_a_driving_figure_multiplies_what_each_policy_sets(end: str) -> None:
    one = swing("masters", "groups.*.talk_factor")
    factor = {"low": one.low, "high": one.high}[end]
    assert factor == {"low": 0.9, "high": 1.1}[end]
    longer_ = with_changes(CENTRE, longer(CENTRE, factor))
    again = compare(run(longer_, replications=REPLICATIONS, workers=1))
    there = {"low": one.at_low, "high": one.at_high}[end]
    assert there == again.findings["masters", "total_cost"].difference


def test_figures_are_varied_wherever_they_stand_and_only_where_there_are_any() -> None:
    shop = load("retail-complaints")
    keys = [one.keys[0] for one in variants_of({"ask": shop}).ranges]
    assert {figure.key for figure in DRIVING_FIGURES} <= set(keys)
    declined = next(one for one in DRIVING_FIGURES if one.key.endswith("approval"))
    moved = declined.moved(shop, 1.2)
    assert moved is not None
    for name, path in shop.escalation.items():
        for before, after in zip(path.steps, moved.escalation[name].steps, strict=True):
            if isinstance(before, AskApprover):
                rest = 1.2 * (1.0 - before.approval)
                assert 1.0 - after.approval == pytest.approx(rest)  # type: ignore[union-attr]
    textbook = [one.keys[0] for one in variants_of({"base": load("textbook")}).ranges]
    assert "escalation.*.steps.*.approval" not in textbook
    assert "groups.*.talk_factor" in textbook


def test_what_the_policies_set_differently_is_the_question_and_not_an_assumption() -> None:
    policy = {"changes": {"loyalty.leaving.unresolved": 0.4}}
    given = with_changes(CENTRE, {}, remove=["repeat"])
    given = Scenario.model_validate({**given.model_dump(), "policies": {"loyal": policy}})
    asked = sensitivity(given, replications=2, workers=1)
    assert asked.levers == ("loyalty.leaving.unresolved",)
    assert all("loyalty.leaving.unresolved" not in one.keys for one in asked.swings["loyal"])


def test_a_range_ends_where_the_scenario_allows_no_more() -> None:
    """More cannot leave though resolved later than leave unresolved: 20 % here, not 25."""
    fewer = with_changes(CENTRE, {"loyalty.leaving.unresolved": 0.2})
    ranges = {one.keys[0]: one for one in variants_of({"masters": fewer}).ranges}
    later = ranges["loyalty.leaving.resolved_later"]
    assert (later.low, later.high) == (0.06, 0.09)
    assert ranges["loyalty.leaving.unresolved"].low == 0.15
    assert ranges["loyalty.leaving.unresolved"].own
    assert not later.own


def test_a_range_reaches_as_far_as_the_scenario_itself() -> None:
    given = with_changes(CENTRE, {"loyalty.leaving.unresolved": 0.6}, remove=["repeat"])
    asked = sensitivity(given, replications=2, policies=["masters", "baseline"], workers=1)
    (one,) = [s for s in asked.swings["masters"] if "loyalty.leaving.unresolved" in s.keys]
    assert (one.low, one.high) == (0.15, 0.6)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"measure": "total_costs"}, "total_cost"),
        ({"replications": 1}, "at least 2 replications"),
        ({"policies": ["baseline"]}, "a policy to compare"),
        ({"policies": ["mastery"]}, "masters"),
    ],
)
def test_what_cannot_be_asked_is_refused(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(ExperimentError, match=said):
        sensitivity(CENTRE, **asked)
