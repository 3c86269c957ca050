"""Centres that fit the figures: how many say that a policy is better, and what is chance."""

import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from results.errors import ExperimentError
from results.experiments.progress import Progress
from results.experiments.replications import Engine
from results.facts.tier_one import BeyondTierOne
from results.measures.summary import Summary
from results.uncertain.answer import CentreRun
from results.uncertain.centres import Drawing, compare_centres, run_centres
from results.uncertain.spread import EACH, components, spread_of
from results.uncertain.unknown import Unknown, unknowns_of
from scenarios import Scenario, load_text
from scenarios.policies.policy_set import PolicySet
from sim.trace.trace import Trace
from tests.support.known_answers import TOML, canned_trace, summary_with

LOW, HIGH = 40.0, 90.0
RANGE = f"""
[uncertain."costs.telecom_per_min"]
low = {LOW}
high = {HIGH}
"""
CENTRE = (
    TOML.replace("[policies.quick", "[costs]\ntelecom_per_min = 60.0\n[policies.quick")
    .replace('"costs.telecom_per_min" = 60.0', '"costs.currency" = "$"')
    .replace('[policies.same.changes]\n"costs.currency" = "$"', "[policies.same]")
)
"""A policy lowers the wait by what is uncertain, telecom_per_min in seconds; another by nothing."""
CHANCE = 12.0


def linear(scenario: Scenario, trace: Trace, _: BeyondTierOne) -> Summary:
    """The wait of a policy: less by the figure, and by chance of its own."""
    saved = scenario.costs.telecom_per_min if scenario.costs.currency == "$" else 0.0
    draws = np.random.default_rng([int(trace.warm_up_s), int(trace.horizon_s), int(saved > 0)])
    return summary_with({"asa": 500.0 - saved + draws.normal(0.0, CHANCE / math.sqrt(2.0))})


LINEAR = Engine(canned_trace, linear)


def centre(more: str = RANGE) -> PolicySet:
    return PolicySet.of(load_text(CENTRE + more))


@cache
def ran(centres: int = 200, seed: int = 1) -> CentreRun:
    return run_centres(centre(), centres, seed=seed, workers=1, engine=LINEAR)


def drawing(more: str = RANGE, seed: int = 1) -> Drawing:
    made = centre(more)
    return Drawing(unknowns_of(made), list(made.under), seed)


def figure(of: Drawing, number: int) -> float:
    (value,) = of.figures(number).values()
    return value


def test_spread_between_centres_and_chance_are_those_of_the_model() -> None:
    found = compare_centres(ran()).spreads["quick", "asa"]
    a, c, b = LOW, 60.0, HIGH
    variance = (a * a + b * b + c * c - a * b - a * c - b * c) / 18.0
    # Mean squares have a chi-square law where figures are normal; the triangular one has thinner
    # ends. Four standard errors.
    of_means = 2.0 * variance + CHANCE**2
    error = math.sqrt(2.0 / 199.0) * of_means / EACH + math.sqrt(2.0 / 200.0) * CHANCE**2 / EACH
    assert found.between**2 == pytest.approx(variance, abs=4.0 * error)
    assert found.within**2 == pytest.approx(CHANCE**2, abs=4.0 * CHANCE**2 * math.sqrt(2.0 / 200.0))
    mean = -(a + b + c) / 3.0
    assert found.difference.mean == pytest.approx(mean, abs=4.0 * math.sqrt(of_means / 2.0 / 200.0))
    assert not found.clipped


def test_every_centre_finds_a_policy_better_that_helps_in_all_of_them() -> None:
    found = compare_centres(ran()).spreads["quick", "asa"]
    assert (found.centres, found.better, found.worse) == (200, 200, 0)
    low, high = found.interval
    # Wilson: 1 / (1 + z^2 / n) where all of them are.
    assert low == pytest.approx(1.0 / (1.0 + 1.959964**2 / 200.0))
    assert high == pytest.approx(1.0)


def test_a_policy_that_changes_nothing_is_neither_better_nor_worse_in_any_centre() -> None:
    found = compare_centres(ran())
    assert ("same", "asa") in found.spreads
    same = found.spreads["same", "asa"]
    assert (same.better, same.worse) == (0, 0), "the same customers, so the same wait"


def test_against_another_policy_the_sides_change() -> None:
    found = compare_centres(ran(), "quick").spreads["today", "asa"]
    assert (found.better, found.worse) == (0, 200)
    assert found.difference.mean == -compare_centres(ran()).spreads["quick", "asa"].difference.mean


def test_seven_of_ten_centres_are_counted_with_their_interval() -> None:
    means = np.array([-1.0] * 7 + [1.0] * 2 + [0.0])
    found = spread_of("quick", "asa", np.stack([means - 0.5, means + 0.5], axis=1))
    assert (found.better, found.worse, found.centres) == (7, 2, 10)
    # By hand: (0.7 + 0.19207) / 1.38415 = 0.6445, and 1.41602 sqrt(0.021 + 0.0096) = 0.2477.
    assert found.interval == pytest.approx((0.3968, 0.8922), abs=1e-4)


def test_a_centre_counts_by_the_mean_of_its_replications_and_only_with_both() -> None:
    values = np.array([[-3.0, 1.0], [-1.0, 3.0], [-9.0, math.nan]])
    found = spread_of("quick", "asa", values)
    assert (found.better, found.worse, found.centres) == (1, 1, 2)


def test_variances_are_taken_apart_as_by_hand() -> None:
    # Means 2 and 6: between centres 2 * 8 = 16; within (1 + 1 + 1 + 1) / 2 = 2; (16 - 2) / 2 = 7.
    between, within, clipped = components(np.array([[1.0, 3.0], [5.0, 7.0]]))
    assert (between**2, within**2, clipped) == (pytest.approx(7.0), pytest.approx(2.0), False)


def test_centres_that_differ_by_less_than_chance_do_not_differ() -> None:
    between, within, clipped = components(np.array([[0.0, 10.0], [10.0, 0.0]]))
    assert (between, within**2, clipped) == (0.0, pytest.approx(50.0), True)


def test_every_policy_has_the_same_figures_in_a_centre() -> None:
    of = drawing()
    for replication in range(6):
        under = [of.scenario(name, replication) for name in ("today", "quick", "same")]
        given = {one.costs.telecom_per_min for one in under}
        assert given == {figure(of, replication // EACH)}
    assert len({figure(of, number) for number in range(20)}) == 20, "no two centres alike"


def test_two_replications_are_of_one_centre_and_their_customers_are_their_own() -> None:
    of = drawing()
    assert of.scenario("today", 4) == of.scenario("today", 5)
    assert of.scenario("today", 5) != of.scenario("today", 6)


def test_a_centre_does_not_depend_on_which_others_are_drawn() -> None:
    alone = figure(drawing(), 7)
    after = drawing()
    for number in (3, 9, 0):
        figure(after, number)
    assert figure(after, 7) == alone
    few, many = ran(3), ran()
    assert few.figures == {number: many.figures[number] for number in range(3)}


def test_a_figure_does_not_depend_on_which_others_are_uncertain() -> None:
    other = '[uncertain."groups.front_line.absence"]\nlow = 0\nhigh = 0.2\n'
    name = "costs.telecom_per_min"
    assert drawing(RANGE + other).figures(2)[name] == drawing().figures(2)[name]


def test_another_seed_draws_other_centres_and_the_same_seed_the_same() -> None:
    assert figure(drawing(seed=2), 0) != figure(drawing(seed=1), 0)
    assert figure(drawing(seed=2), 0) == figure(drawing(seed=2), 0)


def test_figures_follow_the_triangular_law_between_their_ends() -> None:
    one = Unknown(("key",), 2.0, 3.0, 8.0, "")
    marks = (np.arange(10_000) + 0.5) / 10_000
    drawn = np.array([one.at(float(mark)) for mark in marks])
    assert drawn.min() >= 2.0
    assert drawn.max() <= 8.0
    # Midpoints of equal shares: the error is that of the sum, far below a thousandth.
    assert drawn.mean() == pytest.approx(13.0 / 3.0, abs=1e-3)
    assert drawn.var() == pytest.approx((4 + 64 + 9 - 16 - 6 - 24) / 18.0, abs=1e-3)


def test_a_range_may_begin_or_end_at_the_likeliest_value() -> None:
    for value in (2.0, 8.0):
        one = Unknown(("key",), 2.0, value, 8.0, "")
        assert 2.0 <= one.at(1e-12) <= one.at(0.5) <= one.at(1.0 - 1e-12) <= 8.0


def test_people_are_drawn_whole() -> None:
    heads = '[uncertain."groups.front_line.heads"]\nlow = 2\nhigh = 6\n'
    drawn = {figure(drawing(heads), number) for number in range(40)}
    assert drawn <= {2, 3, 4, 5, 6}
    assert len(drawn) > 2


def test_a_policy_keeps_what_it_sets_itself() -> None:
    heads = '[uncertain."groups.front_line.heads"]\nlow = 2\nhigh = 6\n'
    policies = (
        '[policies.nine.changes]\n"groups.front_line.heads" = 9\n'
        '[policies.more.changes]\n"groups.front_line.heads +=" = 2\n'
    )
    of = drawing(policies + heads)
    for number in range(10):
        under = {
            name: of.scenario(name, 2 * number).groups["front_line"].heads
            for name in ("today", "nine", "more")
        }
        assert under["today"] == figure(of, number)
        assert under["nine"] == 9
        assert under["more"] == under["today"] + 2


LOYALTY = "[loyalty]\ncustomer_value = 100\n"


def test_assumptions_of_the_register_are_drawn_where_the_scenario_uses_their_default() -> None:
    drawn = {one.keys[0]: one for one in unknowns_of(centre(LOYALTY)).all}
    assert drawn["loyalty.leaving.unresolved"].source
    assert "loyalty.customer_value" not in drawn, "nobody's assumption"
    assert "repeat.delay_min" not in drawn, "nobody calls again"
    assert not [key for key in drawn if key.startswith("groups")], "driving figures are not drawn"


def test_what_a_scenario_sets_itself_is_known_unless_it_gives_a_range() -> None:
    own = LOYALTY + "leaving.unresolved = 0.4\n"
    assert "loyalty.leaving.unresolved" not in {one.keys[0] for one in unknowns_of(centre(own)).all}
    row = '[uncertain."loyalty.leaving.unresolved"]\nlow = 0.3\nhigh = 0.5\n'
    drawn = [one for one in unknowns_of(centre(own + row)).all if "unresolved" in one.keys[0]]
    assert [(one.low, one.value, one.high, one.title) for one in drawn] == [(0.3, 0.4, 0.5, "")]


def test_a_range_of_the_scenario_takes_the_place_of_that_of_the_register() -> None:
    row = '[uncertain."loyalty.leaving.unresolved"]\nlow = 0.2\nhigh = 0.3\n'
    drawn = [
        one
        for one in unknowns_of(centre(LOYALTY + row)).all
        if one.keys[0] == "loyalty.leaving.unresolved"
    ]
    assert [(one.low, one.high, one.title) for one in drawn] == [(0.2, 0.3, "")]


def test_an_assumption_that_policies_differ_in_is_the_question_and_is_not_drawn() -> None:
    policy = '[policies.kind.changes]\n"loyalty.leaving.unresolved" = 0.2\n'
    drawn = {one.keys[0] for one in unknowns_of(centre(policy + LOYALTY)).all}
    assert "loyalty.leaving.unresolved" not in drawn
    assert "loyalty.leaving.resolved_later" in drawn


def test_figures_that_do_not_go_together_are_drawn_again() -> None:
    later = '[uncertain."loyalty.leaving.resolved_later"]\nlow = 0.05\nhigh = 0.6\n'
    never = '[uncertain."loyalty.leaving.unresolved"]\nlow = 0.1\nhigh = 0.5\n'
    of = drawing(LOYALTY + later + never)
    drawn = [of.figures(number) for number in range(30)]
    keys = ("loyalty.leaving.resolved_later", "loyalty.leaving.unresolved")
    pairs = [tuple(one[key] for key in keys) for one in drawn]
    assert all(resolved <= unresolved for resolved, unresolved in pairs)
    first = [of._drawn(number, 0) for number in range(30)]
    assert first != drawn, "some of them were drawn again"


def test_ranges_that_never_go_together_are_refused() -> None:
    later = '[uncertain."loyalty.leaving.resolved_later"]\nlow = 0.2\nhigh = 0.9\n'
    never = '[uncertain."loyalty.leaving.unresolved"]\nlow = 0.0\nhigh = 0.2\n'
    own = "leaving.resolved_later = 0.2\nleaving.unresolved = 0.2\n"
    with pytest.raises(ExperimentError, match="ranges do not go together"):
        drawing(LOYALTY + own + later + never).figures(0)


def test_without_anything_uncertain_there_is_nothing_to_draw() -> None:
    with pytest.raises(ExperimentError, match="Nothing in this scenario is uncertain"):
        run_centres(centre(""), 5, workers=1, engine=LINEAR)


def test_workers_change_nothing() -> None:
    here = run_centres(centre(), 4, workers=1, engine=LINEAR)
    there = run_centres(centre(), 4, workers=2, engine=LINEAR)
    assert here.figures == there.figures
    first, second = (compare_centres(one).spreads for one in (here, there))
    assert first == second


def test_what_was_interrupted_is_continued_with_the_same_centres(tmp_path: Path) -> None:
    def stop(progress: Progress) -> None:
        if progress.done == 16:
            raise KeyboardInterrupt

    asked = {"workers": 1, "engine": LINEAR}
    part = run_centres(centre(), 6, folder=tmp_path, progress=stop, **asked)
    assert not part.complete
    # Three policies, so a centre takes six simulations.
    assert part.numbers == (0, 1)
    simulated = []
    whole = run_centres(
        centre(), 6, folder=tmp_path, progress=lambda one: simulated.append(one.left_s), **asked
    )
    assert simulated.count(None) == 16, "read back"
    direct = run_centres(centre(), 6, **asked)
    assert whole.figures == direct.figures
    assert compare_centres(whole).spreads == compare_centres(direct).spreads
