"""What headlines claim: one policy in a report, only what matters, and what the table says."""

import re
from dataclasses import replace

import numpy as np
import pytest

from results.charts.view import View
from results.charts.wording import Told, headline, spoken_of
from results.comparison.compare import compare
from results.experiments.experiment import Experiment
from results.measures.registry import MEASURES
from results.reading.answer import answer
from results.reading.changes import SUBJECTS, moved_words, subject_of
from results.reading.hero import hero_of
from results.reading.names import name_in_words, title_of_policy
from results.reading.notation import notation, pair_notation
from results.reading.rows import ASKED
from scenarios.parts.report import Report
from tests.support.drawn_charts import drawn, title_of
from tests.support.made_up_results import ALL, FREER, TODAY, pictured, two

CHEAP = replace(TODAY, wait_s=20.0, total_cost=700.0)


def costed(experiment: Experiment, amounts: dict[str, float]) -> Experiment:
    """The same findings, where serving customers costs so much under each policy."""
    for policy, found in experiment.summaries.items():
        for summary in found:
            summary.values["all", ""]["service_cost"] = amounts[policy]
    return experiment


def hero(experiment: Experiment, chosen: str | None = None) -> tuple[str, ...]:
    found = hero_of(compare(experiment, ASKED), chosen)
    return () if found is None else found.policies


def test_the_policy_that_decides_is_the_hero_of_every_picture_it_moves() -> None:
    policies = {"today": TODAY, "freer": FREER, "cheap": CHEAP}
    experiment = costed(pictured(policies), {"today": 900.0, "freer": 950.0, "cheap": 700.0})
    assert hero(experiment) == ("cheap",)
    for chart in ("waits-over-the-day", "waits-and-first-contact", "cost-and-benefit"):
        assert title_of(drawn(chart, experiment)).startswith("Try cheap: "), chart


def test_the_reader_may_choose_the_hero() -> None:
    policies = {"today": TODAY, "freer": FREER, "cheap": CHEAP}
    experiment = costed(pictured(policies), {"today": 900.0, "freer": 950.0, "cheap": 700.0})
    report = Report(policy="freer")
    told = replace(experiment, scenario=experiment.scenario.model_copy(update={"report": report}))
    assert title_of(drawn("waits-over-the-day", told)).startswith("Try freer: ")
    assert hero(experiment, "freer") == ("freer",)


def test_where_nothing_helps_the_worst_harm_is_told_first() -> None:
    policies = {"today": TODAY, "dear": TODAY, "dearest": TODAY}
    experiment = costed(pictured(policies), {"today": 900.0, "dear": 950.0, "dearest": 1_000.0})
    assert hero(experiment) == ("dearest",)
    for summary in experiment.finished.values():
        summary.values["all", ""] |= {"total_cost": float("nan"), "revenue_at_risk": float("nan")}
    said = title_of(drawn("cost", experiment))
    assert said == "Try dearest: the service cost of a day rises from €900 to €1,000"


def test_policies_that_come_out_alike_are_named_together() -> None:
    policies = {"today": TODAY, "freer": FREER, "twin": FREER, "same": TODAY}
    amounts = {"today": 900.0, "freer": 800.0, "twin": 800.0, "same": 900.0}
    experiment = costed(pictured(policies), amounts)
    assert set(hero(experiment)) == {"freer", "twin"}
    for summary in experiment.finished.values():
        summary.values["all", ""] |= {"total_cost": float("nan"), "revenue_at_risk": float("nan")}
    said = title_of(drawn("cost", experiment))
    assert re.match(r"Try (freer|twin) and Try (freer|twin): the service cost of a day falls", said)


def test_a_difference_too_small_to_matter_is_no_headline_however_certain() -> None:
    little = replace(TODAY, wait_s=39.0, fcr_complaints=0.603, spread=0.001)
    certain = pictured({"today": replace(TODAY, spread=0.001), "little": little})
    view = View.of(certain)
    readings = view.measured("asa")
    assert readings["little"].clear, "a second less is more than chance"
    told = Told.of("asa", readings)
    assert spoken_of(view, [told]) == ()
    assert headline(view, [told], "nothing") == "nothing"


def test_a_number_outside_the_verdict_has_to_hold_among_its_claims_to_be_a_headline() -> None:
    view = View.of(two())
    assert "time_to_resolution" not in {name for _, name in view.comparison.claims}
    base = np.array([3_600.0, 3_500.0, 3_700.0, 3_550.0, 3_650.0])
    # Paired differences of −1,200 s with a standard error of 100 s: t = 12 with 4 degrees of
    # freedom, p = 0.0003, which is 5 % among at most some 180 claims.
    certain = base - np.array([1_000.0, 1_100.0, 1_150.0, 1_250.0, 1_500.0])
    # −300 s, standard error 79 s: t = 3.8, p = 0.019; clear alone, and not among 20 claims.
    alone = base - np.array([150.0, 200.0, 250.0, 300.0, 600.0])
    for values, holds in ((certain, True), (alone, False)):
        reading = view.readings({"today": base, "freer": values})["freer"]
        assert reading.clear
        known = view.known("freer", reading, "time_to_resolution", "s")
        assert known == ("differs" if holds else "unknown")


@pytest.mark.parametrize("chart", ALL)
def test_no_headline_sets_two_equal_numbers_against_each_other(chart: str) -> None:
    for experiment in (two(), pictured({"today": TODAY, "same": replace(TODAY, wait_s=41.0)})):
        try:
            said = title_of(drawn(chart, experiment))
        except AssertionError:
            continue  # nothing to show
        for before, after in re.findall(r"from (\S+(?: [kM])?)(?: \S+)? to (\S+(?: [kM])?)", said):
            assert before != after, said


@pytest.mark.parametrize("measure", ["asa", "fcr_complaints", "coaching_done", "service_cost"])
def test_what_a_headline_claims_of_a_measure_is_what_the_table_says(measure: str) -> None:
    experiment = two()
    view, found = View.of(experiment), compare(experiment).findings
    before, after = (found[policy, measure].mean.mean for policy in ("today", "freer"))
    written = pair_notation(before, after, MEASURES[measure].unit)
    said = headline(view, [Told.of(measure, view.measured(measure))], "")
    assert said == (
        f"Try freer: {moved_words(subject_of(measure), before, after, MEASURES[measure].unit)}"
    )
    assert written.pair(before, after) in said


def test_the_answer_says_what_gets_better_and_what_gets_worse() -> None:
    policies = {"today": TODAY, "freer": FREER}
    comparison = compare(pictured(policies))
    said = answer(comparison)
    assert said.startswith(
        "Try freer: complaints resolved at first contact rise from 60.9 to 80.8 %, "
    )
    assert said.endswith("; but the service cost of a day rises from €650 to €730.")


def test_the_answer_to_noise_names_no_policy() -> None:
    said = answer(compare(pictured({"today": TODAY, "same": TODAY})))
    assert said == (
        "No policy differs from Today for certain by as much as matters, over 5 replications."
    )


def test_one_replication_answers_nothing() -> None:
    single = compare(pictured({"today": TODAY, "freer": FREER}, replications=1))
    assert "may be chance" in answer(single, str)


def test_every_measure_that_can_rise_or_fall_is_one() -> None:
    assert set(SUBJECTS) <= set(MEASURES)


def test_a_policy_is_called_by_its_title_and_the_baseline_by_that_of_the_report() -> None:
    scenario = two().scenario
    assert title_of_policy(scenario, "freer") == "Try freer"
    assert title_of_policy(scenario, "today") == "Today"
    named = scenario.model_copy(update={"report": Report(baseline_title="As it is")})
    assert title_of_policy(named, "today") == "As it is"
    assert name_in_words("ask-the_boss") == "Ask the boss"


@pytest.mark.parametrize(
    ("amounts", "unit", "written"),
    [
        ((9.1, 15.0), "s", ["9.1 s", "15.0 s"]),
        ((45.0, 62.0), "s", ["45 s", "62 s"]),
        ((60.0, 660.0), "s", ["1.0 min", "11.0 min"]),
        ((0.635, 0.888), "share", ["63.5 %", "88.8 %"]),
        ((0.0004, 0.0008), "share", ["0.04 %", "0.08 %"]),
        ((37_700.0, 34_600.0), "money", ["€37.7 k", "€34.6 k"]),
        ((5e8, 6e8), "money", ["€500 M", "€600 M"]),
        ((410.0, 80.0), "money", ["€410", "€80"]),
        ((12.0, 7.0), "count", ["12", "7"]),
    ],
)
def test_numbers_that_stand_together_are_written_alike(
    amounts: tuple[float, ...], unit: str, written: list[str]
) -> None:
    found = notation(amounts, unit)
    assert [found.value(amount) for amount in amounts] == written


def test_two_numbers_of_a_sentence_get_the_decimals_that_tell_them_apart() -> None:
    assert pair_notation(11_103.0, 11_143.0, "money").pair(11_103.0, 11_143.0) == (
        "from €11.10 k to €11.14 k"
    )
    assert not pair_notation(1.0, 1.0 + 1e-12, "s").tells_apart((1.0, 1.0 + 1e-12))


def test_codes_of_currencies_stand_apart_and_thousands_are_counted_once() -> None:
    assert notation((5e8,), "money", "INR").value(5e8) == "INR 500 M"
    assert notation((12_000.0,), "money", "JPY").change(-12_000.0) == "−JPY 12.0 k"
