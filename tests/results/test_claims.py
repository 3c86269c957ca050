"""What a verdict may say: every claim is decided among all of them, fixed before the run."""

import math
from collections.abc import Mapping

import numpy as np
import pytest
from scipy import stats

from results.comparison.claims import Key, claims_of
from results.comparison.compare import Pair, compare
from results.comparison.family import family_of
from results.comparison.relevance import relevance_of
from results.reading.names import title_of_policy
from scenarios import Scenario, with_changes
from tests.support.known_answers import FULL, SCENARIO, experiment_with

DRAWS = np.random.default_rng(11)
BASE = DRAWS.normal(100.0, 10.0, 12)


def pairs(*shifts: float, spread: float = 1.0) -> Mapping[Key, Pair]:
    """A claim for each shift of the baseline's values."""
    return {
        ("other", f"m{number}"): (BASE + shift + DRAWS.normal(0.0, spread, len(BASE)), BASE)
        for number, shift in enumerate(shifts)
    }


def test_holms_steps_multiply_the_smallest_p_by_all_claims_and_the_next_by_one_less() -> None:
    found = pairs(0.0, 1.0, 0.4, 2.0)
    plain = sorted(stats.ttest_rel(*one).pvalue for one in found.values())
    expected, largest = [], 0.0
    for rank, p in enumerate(plain):
        largest = max(largest, min(1.0, p * (len(plain) - rank)))
        expected.append(largest)
    claims = claims_of(found, dict.fromkeys(found, 0.0), 0.95)
    assert sorted(one.p for one in claims.values()) == pytest.approx(expected)


def test_what_is_certain_and_matters_differs_and_what_matters_not_is_practically_the_same() -> None:
    found = pairs(20.0, 2.0, spread=0.5)
    claims = claims_of(found, dict.fromkeys(found, 10.0), 0.95)
    assert [one.outcome for one in claims.values()] == ["differs", "same"]


def test_practically_the_same_is_bonferronis_ninety_per_cent_interval_in_what_matters() -> None:
    found = pairs(0.3, -0.2, 0.0)
    for key, (values, base) in found.items():
        level = 1.0 - 0.1 / len(found)
        interval = stats.ttest_rel(values, base).confidence_interval(level)
        edge = max(abs(interval.low), abs(interval.high))
        for least, outcome in ((edge * 1.0001, "same"), (edge * 0.9999, "unknown")):
            claims = claims_of(found, {**dict.fromkeys(found, 1e9), key: least}, 0.95)
            assert claims[key].outcome == outcome


def test_so_many_replications_more_as_are_named_make_the_claim_certain() -> None:
    spread = np.array([-1.0, 1.0] * 3) * 4.0
    key = ("other", "m")
    alone = {key: (BASE[:6] + 5.0 + spread, BASE[:6])}
    alone |= {("other", f"n{number}"): (BASE, BASE) for number in range(9)}
    claim = claims_of(alone, dict.fromkeys(alone, 1.0), 0.95)[key]
    assert claim.outcome == "unknown"
    # The same scatter, so many replications longer; the spread is estimated with n - 1.
    n = 6 + round(claim.further)
    longer = np.resize(np.array([-1.0, 1.0]) * np.std(spread, ddof=1), n)
    longer *= np.std(spread, ddof=1) / np.std(longer, ddof=1)
    base = np.zeros(n)
    found = {**alone, key: (5.0 + longer - np.mean(longer), base)}
    assert claims_of(found, dict.fromkeys(found, 1.0), 0.95)[key].outcome == "differs"


@pytest.mark.parametrize("shift", [1.2, 2.0, 5.0, 8.0])
def test_no_fewer_replications_than_are_named_would_make_the_claim_certain(shift: float) -> None:
    spread, claims = np.array([-4.0, 4.0, -4.0, 4.0]), 96
    found = {("other", "m"): (BASE[:4] + shift + spread, BASE[:4])}
    found |= {("other", f"n{number}"): (BASE[:4], BASE[:4]) for number in range(claims - 1)}
    more = claims_of(found, dict.fromkeys(found, 1.0), 0.95)["other", "m"].further
    deviation = np.std(spread, ddof=1)

    def certain(n: float) -> bool:
        p = 2.0 * stats.t.sf(shift * math.sqrt(n) / deviation, n - 1)
        return bool(p <= 0.05 / claims)

    assert certain(4 + more)
    assert not certain(4 + more - 1)


def test_what_is_not_defined_counts_as_a_claim_and_is_not_known() -> None:
    nothing = np.full(12, math.nan)
    found = {("other", "m"): (nothing, nothing), **pairs(1.0)}
    claims = claims_of(found, dict.fromkeys(found, 0.0), 0.95)
    assert (claims["other", "m"].outcome, claims["other", "m"].p) == ("unknown", 1.0)
    assert claims["other", "m0"].p == pytest.approx(
        2 * stats.ttest_rel(*found["other", "m0"]).pvalue
    )


LIST = {"groups": ["front_line"], "records_at_start": 9, "contact_rate": 0.5, "talk_s": 60}
OF_LISTS = {"outbound_dials", "outbound_list_done", "outbound_right_party"}
"""In preview nobody answers a call without an agent: only a dialler's calls can meet nobody."""


@pytest.mark.parametrize(
    ("changes", "measures"),
    [
        ({"channels": {"voice": {"lines": 9}}}, {"blocked"}),
        ({"opening": {"hours": "09:00-17:00"}}, {"closed", "turned_away"}),
        ({"voice_menu": {}}, {"lost_in_menu"}),
        ({"satisfaction": {}}, {"csat_true"}),
        ({"groups.front_line.own_work": {"hours_per_day": 1.0}}, {"coaching_done"}),
        ({"outbound": {"buyers": LIST}}, OF_LISTS),
        (
            {"outbound": {"buyers": {**LIST, "mode": "progressive"}}},
            {*OF_LISTS, "outbound_abandoned"},
        ),
    ],
)
def test_a_measure_belongs_to_the_family_where_the_scenario_makes_it_meaningful(
    changes: dict[str, object], measures: set[str]
) -> None:
    plain = set(family_of([SCENARIO]))
    assert not measures & plain
    assert set(family_of([with_changes(SCENARIO, changes)])) - plain == measures


def test_a_centre_of_written_channels_is_asked_about_answers_and_not_about_waits() -> None:
    channels = {"channels": {"email": 1.0}, "handling": {"email": {"talk_s": 180}}}
    reason = {f"reasons.late_parcel.{key}": value for key, value in channels.items()}
    family = set(family_of([with_changes(SCENARIO, reason)]))
    assert {"response_time", "response_within_target", "backlog", "unresolved"} <= family
    assert not {"wait_all", "asa", "service_level", "abandonment"} & family


POLICIES = 6


def _has_a_sentence(
    draws: np.random.Generator, family: tuple[str, ...], scenario: Scenario, shift: float
) -> bool:
    """Whether any of six policies is said to differ in anything.

    Args:
        draws: of this comparison.
        family: the measures.
        scenario: of the comparison.
        shift: true change of every measure, as a share of what matters.
    """
    n, common = 10, draws.normal(size=10)
    base = {name: 0.3 + 0.02 * (common + draws.normal(size=n)) for name in family}
    values = {"today": {name: list(found) for name, found in base.items()}}
    for policy in range(POLICIES):
        # What a policy changes in a replication moves waits, abandonment and the rest together.
        moved = draws.normal(size=n)
        values[f"p{policy}"] = {
            name: list(
                found
                + shift * relevance_of(name, scenario.relevance, 0.3, 0.3)
                + 0.02 * (0.7 * moved + 0.7 * draws.normal(size=n))
            )
            for name, found in base.items()
        }
    said = compare(experiment_with(values), family).verdicts
    return any(
        not said[name].startswith(f"{title_of_policy(FULL, name)}: no certain difference")
        for name in said
    )


def _share_with_a_sentence(comparisons: int, shift: float, seed: int) -> float:
    family, draws = family_of([FULL]), np.random.default_rng(seed)
    said = [_has_a_sentence(draws, family, FULL, shift) for _ in range(comparisons)]
    return sum(said) / comparisons


def test_policies_that_change_nothing_get_no_sentence_in_a_few_comparisons() -> None:
    # Each has a sentence with at most 5 %: three or more of 20 have a probability of 7.5 %, four of
    # 1.6 %.
    assert _share_with_a_sentence(20, 0.0, seed=3) <= 3 / 20


def test_policies_that_change_what_matters_get_their_sentences() -> None:
    assert _share_with_a_sentence(5, 20.0, seed=4) == 1.0


@pytest.mark.long
@pytest.mark.parametrize("shift", [0.0, 0.25])
def test_six_policies_that_change_nothing_relevant_get_a_sentence_in_at_most_one_of_twenty(
    shift: float,
) -> None:
    assert _share_with_a_sentence(200, shift, seed=5) <= 0.05


def _verdict(other: dict[str, float]) -> str:
    noise = np.random.default_rng(7).normal(0.0, 1e-3, 12)
    today = {"wait_all": 60.0, "failure_demand": 0.3, "occupancy": 0.5}
    found = {
        "today": {name: (mean + noise).tolist() for name, mean in today.items()},
        "other": {
            name: (mean + other.get(name, 0.0) + noise[::-1]).tolist()
            for name, mean in today.items()
        },
    }
    return str(compare(experiment_with(found)).verdicts)


def test_a_verdict_gives_figures_of_what_customers_notice_and_only_names_what_lies_behind_it() -> (
    None
):
    said = _verdict({"wait_all": -20.0, "failure_demand": -0.1, "occupancy": 0.2})
    assert "the wait falls from 60 to 40 s" in said
    assert "; lower: failure demand; higher: occupancy" in said
    assert "contacts that need not have been" not in said


def test_where_customers_notice_nothing_the_details_have_their_figures() -> None:
    said = _verdict({"failure_demand": -0.1})
    assert "contacts that need not have been fall from 30.0 to 20.0 %" in said
    assert "lower:" not in said
