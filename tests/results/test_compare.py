import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from results.charts.view import View
from results.comparison.compare import compare
from results.comparison.comparison import Difference
from results.comparison.estimate import estimate
from results.comparison.family import family_of
from results.comparison.reported import deciding
from results.errors import ExperimentError
from results.experiments.experiment import run
from results.reading.headlines import HEADLINES
from tests.support.known_answers import CANNED, FULL, SCENARIO, experiment_with

NAN = math.nan

whole_seconds = st.lists(
    st.tuples(st.integers(0, 600), st.integers(0, 600)), min_size=2, max_size=30
)


def difference(values: dict[str, dict[str, list[float]]], policy: str, measure: str) -> Difference:
    found = compare(experiment_with(values)).findings[policy, measure].difference
    assert found is not None
    return found


@given(whole_seconds)
def test_the_difference_of_one_policy_is_that_of_the_paired_t_test(
    pairs: list[tuple[int, int]],
) -> None:
    base, changed = (np.array(side, float) for side in zip(*pairs, strict=True))
    assume(np.ptp(changed - base) > 0)
    found = difference(
        {"today": {"asa": list(base)}, "quick": {"asa": list(changed)}}, "quick", "asa"
    )
    test = stats.ttest_rel(changed, base)
    interval = test.confidence_interval(0.95)
    assert found.estimate.mean == pytest.approx(float(np.mean(changed - base)))
    assert found.estimate.low == pytest.approx(float(interval.low), rel=1e-9, abs=1e-9)
    assert found.estimate.high == pytest.approx(float(interval.high), rel=1e-9, abs=1e-9)
    # At the very edge of the interval rounding decides.
    assume(abs(test.pvalue - 0.05) > 1e-9)
    assert found.clear == bool(test.pvalue < 0.05)


@given(whole_seconds, st.integers(1, 8))
def test_with_more_policies_each_interval_is_made_as_wide_as_bonferroni_asks(
    pairs: list[tuple[int, int]], others: int
) -> None:
    base, changed = (np.array(side, float) for side in zip(*pairs, strict=True))
    assume(np.ptp(changed - base) > 0)
    values = {"today": {"asa": list(base)}}
    values |= {f"policy {number}": {"asa": list(changed)} for number in range(others)}
    found = difference(values, "policy 0", "asa")
    interval = stats.ttest_rel(changed, base).confidence_interval(1.0 - 0.05 / others)
    assert found.estimate.low == pytest.approx(float(interval.low), rel=1e-9, abs=1e-9)
    assert found.estimate.high == pytest.approx(float(interval.high), rel=1e-9, abs=1e-9)


@given(st.lists(st.integers(0, 600), min_size=2, max_size=30))
def test_the_interval_of_a_mean_is_not_adjusted(waits: list[int]) -> None:
    assume(len(set(waits)) > 1)
    values = {name: {"asa": [float(wait) for wait in waits]} for name in ("today", "quick", "same")}
    mean = compare(experiment_with(values)).findings["quick", "asa"].mean
    expected = stats.ttest_1samp(waits, 0.0).confidence_interval(0.95)
    assert (mean.low, mean.high) == pytest.approx((expected.low, expected.high))


def test_all_intervals_of_a_measure_hold_together_as_often_as_promised() -> None:
    draws, trials, policies = np.random.default_rng(7), 2000, 4
    level = 1.0 - 0.05 / policies
    held = 0
    for _ in range(trials):
        # Differences from one baseline: what the baseline happened to be moves them all.
        base = draws.normal(size=6)
        found = [estimate(draws.normal(size=6) - base, level) for _ in range(policies)]
        held += not any(one.excludes_zero for one in found)
    standard_error = math.sqrt(0.95 * 0.05 / trials)
    assert held / trials > 0.95 - 3 * standard_error


def test_what_the_customers_have_in_common_drops_out_of_the_difference() -> None:
    busy_and_quiet_days = [20.0, 400.0, 90.0, 250.0, 30.0]
    quicker = [
        wait - 10.0 - shift for wait, shift in zip(busy_and_quiet_days, range(5), strict=True)
    ]
    values = {"today": {"asa": busy_and_quiet_days}, "quick": {"asa": quicker}}
    comparison = compare(experiment_with(values))
    found = comparison.findings["quick", "asa"]
    assert found.difference is not None
    assert found.difference.clear
    assert found.mean.half_width > 50 * found.difference.estimate.half_width


def test_only_replications_in_which_both_policies_define_a_measure_are_paired() -> None:
    values = {
        "today": {"approval_wait": [30.0, NAN, 50.0, 40.0]},
        "quick": {"approval_wait": [10.0, 20.0, NAN, 15.0]},
    }
    found = difference(values, "quick", "approval_wait")
    assert found.estimate.n == 2
    assert found.estimate.mean == pytest.approx(-22.5)
    assert found.relative == pytest.approx(-22.5 / 35.0), "the baseline's mean over the same pairs"
    means = compare(experiment_with(values)).findings
    assert means["today", "approval_wait"].mean.n == 3


def test_a_measure_that_nothing_defines_has_no_difference() -> None:
    values = {"today": {"approval_wait": [NAN, NAN]}, "quick": {"approval_wait": [1.0, 2.0]}}
    found = difference(values, "quick", "approval_wait")
    assert found.estimate.n == 0
    assert math.isnan(found.estimate.mean)
    assert math.isnan(found.relative)
    assert not found.clear


def test_one_replication_has_a_difference_but_no_interval() -> None:
    values = {"today": {"asa": [60.0]}, "quick": {"asa": [48.0]}}
    found = difference(values, "quick", "asa")
    assert found.estimate.mean == -12.0
    assert math.isnan(found.estimate.half_width)
    assert found.effect == "unclear"
    comparison = compare(experiment_with(values))
    assert comparison.method == "One replication: no intervals, so a difference may be chance."
    assert comparison.verdicts["quick"] == (
        "Quick: the wait of those answered falls from 60 to 48 s (one replication, may be chance)."
    )


@pytest.mark.parametrize(
    ("measure", "step", "effect"),
    [
        ("asa", -10.0, "better"),
        ("asa", 10.0, "worse"),
        ("fcr_complaints", 0.1, "better"),
        ("fcr_complaints", -0.1, "worse"),
        ("approved", 0.1, "different"),
    ],
)
def test_a_clear_difference_is_better_or_worse_by_the_direction_of_the_measure(
    measure: str, step: float, effect: str
) -> None:
    base = [0.5, 0.6, 0.4]
    changed = [
        value + step + noise for value, noise in zip(base, (0.0, 0.001, -0.001), strict=True)
    ]
    found = difference({"today": {measure: base}, "quick": {measure: changed}}, "quick", measure)
    assert found.effect == effect


def test_a_difference_that_is_rounding_only_is_not_clear() -> None:
    base = [1_000_000.0, 1_200_000.0, 900_000.0]
    added_up_in_another_order = [cost * (1.0 + 1e-15) for cost in base]
    values = {"today": {"total_cost": base}, "quick": {"total_cost": added_up_in_another_order}}
    assert not difference(values, "quick", "total_cost").clear


def test_a_certain_difference_is_clear_and_needs_no_margin() -> None:
    values = {"today": {"total_cost": [5000.0] * 3}, "quick": {"total_cost": [5410.0] * 3}}
    assert difference(values, "quick", "total_cost").clear
    verdict = compare(experiment_with(values)).verdicts["quick"]
    assert verdict == "Quick: a day costs €410 more in all, counting what is owed as owed."


def test_an_interrupted_experiment_compares_what_every_policy_has_finished() -> None:
    def interrupt(now: object) -> None:
        if getattr(now, "done", 0) == 7:
            raise KeyboardInterrupt

    experiment = run(SCENARIO, replications=5, workers=1, engine=CANNED, progress=interrupt)
    comparison = compare(experiment)
    assert comparison.replications == 2
    assert comparison.findings["today", "asa"].mean.n == 2
    assert comparison.state.startswith("Interrupted")


def test_nothing_is_compared_before_one_replication_is_finished_under_every_policy() -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    experiment = run(SCENARIO, replications=5, workers=1, engine=CANNED, progress=interrupt)
    with pytest.raises(ExperimentError, match=r"Nothing can be compared yet\. Interrupted"):
        compare(experiment)


def test_an_unknown_measure_is_named_with_the_nearest_known_one() -> None:
    experiment = experiment_with({"today": {"asa": [1.0]}})
    with pytest.raises(
        ExperimentError, match=r"no measure 'fcr_complaint'\. Did you mean 'fcr_complaints'"
    ):
        compare(experiment, ["fcr_complaint"])


def test_a_confidence_in_per_cent_is_refused() -> None:
    experiment = experiment_with({"today": {"asa": [1.0]}})
    with pytest.raises(ExperimentError, match="between 0 and 1"):
        compare(experiment, confidence=95)


def test_a_cut_compares_the_measures_that_exist_for_it() -> None:
    experiment = experiment_with({"today": {"asa": [1.0, 2.0]}, "quick": {"asa": [1.0, 3.0]}})
    comparison = compare(experiment, cut=("reason", "late_parcel"))
    assert comparison.findings["quick", "asa"].mean.mean == 2.0
    assert "total_cost" not in comparison.measures


def test_the_method_is_said_in_words() -> None:
    values = {name: {"asa": [1.0, 2.0]} for name in ("today", "quick", "same")}
    method = compare(experiment_with(values)).method
    assert "Means over 2 replications with 95 % t intervals." in method
    assert "t intervals at 97.5 % each" in method
    assert "all 2 hold together with 95 % (Bonferroni)" in method


TODAY = {
    "wait_all": [120.0, 100.0, 140.0, 120.0],
    "fcr_complaints": [0.50, 0.51, 0.49, 0.50],
    "abandonment": [0.10, 0.11, 0.12, 0.11],
    "service_cost": [5000.0, 5100.0, 4900.0, 5000.0],
}


def shifted(**shifts: tuple[float, float]) -> dict[str, list[float]]:
    """Today's values, some moved by a step with a spread around it."""
    wiggle = (0.0, 1.0, -1.0, 0.0)
    return {
        name: [
            value + shifts.get(name, (0.0, 0.0))[0] + shifts.get(name, (0.0, 0.0))[1] * up
            for value, up in zip(found, wiggle, strict=True)
        ]
        for name, found in TODAY.items()
    }


def test_the_verdict_says_in_a_managers_words_what_customers_and_what_the_money_notice() -> None:
    empowered = shifted(
        wait_all=(-84.0, 9.0), fcr_complaints=(0.183, 0.01), service_cost=(410.0, 70.0)
    )
    verdicts = compare(experiment_with({"today": TODAY, "empowered": empowered})).verdicts
    # Half-widths: 3.182 (t at 97.5 % with 3 degrees of freedom) x spread x sqrt(2 / 3) / sqrt(4).
    assert verdicts["empowered"] == (
        "Empowered: the wait falls from 2.0 to 0.6 min (±0.2), complaints resolved at first "
        "contact rise from 50.0 to 68.3 % (±1.3); practically the same: abandonment. A day: "
        "service costs €410 more (±91)."
    )
    assert verdicts.overall == (
        "Customers who leave are not counted in the money: [loyalty] is left out."
    )
    assert str(verdicts) == f"{verdicts['empowered']}\n{verdicts.overall}"


def test_the_verdict_says_what_gets_worse() -> None:
    worse = shifted(
        wait_all=(30.0, 1.0),
        fcr_complaints=(-0.05, 0.001),
        abandonment=(0.021, 0.001),
        service_cost=(-410.0, 1.0),
    )
    verdict = compare(experiment_with({"today": TODAY, "fewer": worse})).verdicts["fewer"]
    assert "the wait rises from 2.0 to 2.5 min" in verdict
    assert "complaints resolved at first contact fall from 50.0 to 45.0 %" in verdict
    assert "customers who hang up while waiting rise from 11.0 to 13.1 %" in verdict
    assert "A day: service costs €410 less" in verdict
    assert "the same" not in verdict


def test_when_nothing_differs_that_is_said_for_each_policy_and_for_all() -> None:
    unsure = shifted(wait_all=(-1.0, 30.0))
    verdicts = compare(experiment_with({"today": TODAY, "a": unsure, "b": unsure})).verdicts
    assert verdicts["a"] == (
        "A: no certain difference from Today; practically the same: complaints resolved at first "
        "contact, abandonment, service cost; not known yet: waits."
    )
    claims = 2 * len(family_of([FULL]))
    assert verdicts.overall == (
        f"No policy differs for certain from Today over 4 replications, among {claims} claims. "
        "Looked at: waits, complaints resolved at first contact, abandonment, service cost."
    )
    assert str(verdicts).count("\n") == 2


def test_a_centre_without_complaints_is_judged_by_all_its_cases() -> None:
    found = {"fcr": [0.5, 0.6, 0.4], "wait_all": [10.0, 11.0, 12.0]}
    better = {"fcr": [0.6, 0.7, 0.51], "wait_all": [10.0, 11.0, 12.0]}
    verdict = compare(experiment_with({"today": found, "quick": better})).verdicts["quick"]
    assert "cases resolved at first contact rise from 50.0 to 60.3 %" in verdict
    assert verdict.endswith("; practically the same: waits.")


def test_the_verdict_says_when_a_difference_rests_on_some_replications_only() -> None:
    values = {
        "today": {"fcr_complaints": [0.5, 0.52, NAN, 0.48]},
        "quick": {"fcr_complaints": [0.7, 0.71, 0.7, 0.69]},
    }
    verdict = compare(experiment_with(values)).verdicts["quick"]
    assert "in 3 of 4 replications" in verdict


def test_a_clear_difference_that_rounds_to_nothing_is_not_made_much_of() -> None:
    base = [10.0, 11.0, 12.0]
    values = {"today": {"wait_all": base}, "quick": {"wait_all": [wait - 0.01 for wait in base]}}
    verdict = compare(experiment_with(values)).verdicts["quick"]
    assert verdict == ("Quick: no certain difference from Today; practically the same: waits.")


def test_what_nobody_pays_and_nobody_fails_at_is_left_out_of_the_verdict() -> None:
    free = {"wait_all": [10.0, 11.0, 12.0], "service_cost": [0.0] * 3, "fcr": [1.0] * 3}
    verdict = compare(experiment_with({"today": free, "quick": free})).verdicts["quick"]
    assert verdict == ("Quick: no certain difference from Today; practically the same: waits.")


def test_a_centre_in_which_nothing_is_at_stake_still_gets_a_sentence() -> None:
    idle = {"wait_all": [0.0, 0.0], "abandonment": [0.0, 0.0]}
    verdicts = compare(experiment_with({"today": idle, "quick": idle})).verdicts
    assert verdicts["quick"] == "Quick: no certain difference from Today."
    assert verdicts.overall.startswith(
        "No policy differs for certain from Today over 2 replications"
    )


def test_those_answered_are_named_where_they_wait_shorter_and_all_customers_longer() -> None:
    """In an outage who is answered is answered sooner, while the others wait until they give up."""
    today = TODAY | {"asa": [100.0, 101.0, 99.0, 100.0]}
    other = shifted(wait_all=(60.0, 1.0)) | {"asa": [60.0, 61.0, 59.2, 60.0]}
    said = compare(experiment_with({"today": today, "other": other})).verdicts["other"]
    assert said.startswith("Other: the wait rises from 2.0 to 3.0 min")
    assert "the wait of those answered falls from 100 to 60 s" in said
    other |= {"asa": [160.0, 161.0, 159.2, 160.0]}
    said = compare(experiment_with({"today": today, "other": other})).verdicts["other"]
    assert "those answered" not in said, "the same way, so it is said once"


def test_what_is_marked_in_the_table_and_not_certain_is_named_with_what_would_decide() -> None:
    # Shifted by 0.03 with a standard error of 0.0082 x 2 / 4: clear on its own, p = 0.018 twice.
    moved = shifted(abandonment=(0.03, 0.0165))
    comparison = compare(experiment_with({"today": TODAY, "other": moved}))
    found = comparison.findings["other", "abandonment"].difference
    assert found is not None
    assert found.effect == "worse"
    claim = comparison.claims["other", "abandonment"]
    assert claim.outcome == "unknown"
    more = math.ceil(claim.further)
    assert (
        f"among {len(comparison.claims)} claims not certain: abandonment; about {more} more"
        in (comparison.verdicts["other"])
    )
    assert "not known yet" not in comparison.verdicts["other"], "it is said once"


def test_a_difference_too_small_to_matter_is_no_sentence_however_certain_it_is() -> None:
    sooner = shifted(wait_all=(-4.0, 0.01))
    comparison = compare(experiment_with({"today": TODAY, "other": sooner}))
    assert comparison.findings["other", "wait_all"].difference.effect == "better"  # type: ignore[union-attr]
    assert comparison.verdicts["other"].startswith(
        "Other: no certain difference from Today; practically the same: waits"
    )


def test_the_service_level_is_said_with_its_seconds() -> None:
    today = TODAY | {"service_level": [0.80, 0.81, 0.79, 0.80]}
    other = TODAY | {"service_level": [0.60, 0.61, 0.59, 0.60]}
    comparison = compare(experiment_with({"today": today, "other": other}))
    assert "customers answered within 20 s fall from 80.0 to 60.0 %" in comparison.verdicts["other"]


def test_the_family_does_not_depend_on_what_is_shown() -> None:
    moved = shifted(wait_all=(-30.0, 9.0))
    experiment = experiment_with({"today": TODAY, "other": moved})
    # As text, in which NaN equals NaN.
    assert repr(compare(experiment, ["asa"]).claims) == repr(compare(experiment).claims)


def test_a_single_policy_is_not_compared() -> None:
    verdicts = compare(experiment_with({"today": TODAY})).verdicts
    assert dict(verdicts) == {}
    assert str(verdicts) == "Only Today was run: there is no policy to compare it with."


def test_each_measure_has_one_wording_in_every_sentence() -> None:
    names = [line.measure for line in HEADLINES]
    assert len(set(names)) == len(names)


def test_next_to_what_differs_what_lies_behind_it_is_left_to_the_table() -> None:
    today = {"asa": [60.0, 61.0, 59.0, 60.5], "occupancy": [0.8, 0.81, 0.79, 0.8]}
    quick = {"asa": [40.0, 41.0, 39.2, 40.5], "occupancy": today["occupancy"]}
    compared = compare(experiment_with({"today": today, "quick": quick, "same": today}))
    assert "occupancy" not in compared.verdicts["quick"]
    assert "practically the same" in compared.verdicts["same"]
    assert "occupancy" in compared.verdicts["same"]


def test_without_details_fewer_claims_are_decided_together_and_the_sentence_comes_sooner() -> None:
    today = {"asa": [60.0, 61.0, 59.0, 60.5], "occupancy": [0.8, 0.81, 0.79, 0.8]}
    quick = {"asa": [49.0, 52.5, 48.0, 50.5], "occupancy": [0.7, 0.71, 0.69, 0.7]}
    experiment = experiment_with({"today": today, "quick": quick})
    whole, main = compare(experiment), compare(experiment, details=False)
    assert set(main.claims) < set(whole.claims)
    assert main.claims["quick", "asa"].p < whole.claims["quick", "asa"].p
    assert ("quick", "occupancy") not in main.claims
    assert "occupancy" not in main.verdicts["quick"]


def test_what_the_verdict_says_first_decides_what_the_sensitivity_watches() -> None:
    today = {"asa": [60.0, 61.0, 59.0], "service_cost": [1_000.0, 1_001.0, 999.0]}
    dearer = [value + 20.0 for value in today["service_cost"]]
    slow = {"asa": today["asa"], "service_cost": dearer}
    quick = {"asa": [40.0, 41.0, 39.2], "service_cost": dearer}
    assert deciding(compare(experiment_with({"today": today, "slow": slow}))) == "service_cost"
    assert deciding(compare(experiment_with({"today": today, "quick": quick}))) == "asa"


def test_where_nothing_differs_the_sensitivity_watches_complaints_resolved_at_first_contact() -> (
    None
):
    values = {"asa": [60.0, 61.0, 59.0], "fcr_complaints": [0.6, 0.61, 0.59]}
    assert deciding(compare(experiment_with({"today": values, "same": values}))) == "fcr_complaints"
    waits = {"asa": values["asa"]}
    assert deciding(compare(experiment_with({"today": waits, "same": waits}))) == "asa"


def test_charts_and_tables_agree_on_what_is_clear() -> None:
    # In the third replication nobody was answered today, and the policy answered after ages.
    waits = {"today": {"asa": [1.0, 1.0, NAN]}, "quick": {"asa": [2.0, 2.001, 1e12]}}
    told = difference(waits, "quick", "asa")
    drawn = View.of(experiment_with(waits)).measured("asa")["quick"]
    assert (drawn.shift, drawn.clear) == (told.estimate, told.clear)
    assert told.clear
