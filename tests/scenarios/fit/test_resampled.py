"""Figures estimated again from the same drawn days: how far they spread, and what they share."""

from pathlib import Path

import numpy as np
import pytest

from results.uncertain.centres import Drawing
from results.uncertain.unknown import unknowns_of
from scenarios import Scenario, load
from scenarios.fit.calls import Calls
from scenarios.fit.calls_resampled import put_staff
from scenarios.fit.centre import fit_centre
from scenarios.fit.document import There
from scenarios.fit.estimate import Estimate
from scenarios.fit.resampled import SETS, Drawn, Key, Sets
from scenarios.fit.week import Week, add_log_ons, usual_week
from scenarios.fit.write import files_of
from scenarios.policies.policy_set import PolicySet
from scenarios.records.contacts import Contacts
from scenarios.schema import Policy
from tests.support.days_that_differ import PER_DAY, TALK_S, days_that_differ
from tests.support.drawn_sets import drawn_whole

AT: Key = ("reasons", "service")
VOLUME, PATIENCE = (*AT, "volume", "factor"), (*AT, "patience_factor")
TALK = (*AT, "handling", "voice", "talk_s", "mean")


def week_of(records: Contacts) -> Week:
    week = usual_week(fit_centre(Calls(records)))
    week.settle()
    return week


def estimate(week: Week, key: Key) -> Estimate:
    (found,) = [one.estimate for one in week.uncertain if one.key == key]
    return found


def level(week: Week) -> float:
    """Mean calls a day of the counts that are written."""
    counts = week.document["reasons"]["service"]["volume"]["counts"]
    return sum(map(sum, counts.values())) / 7


def test_days_are_drawn_as_many_as_there_are_and_always_the_same() -> None:
    dates = np.arange(np.datetime64("2026-01-05"), np.datetime64("2026-01-19"))
    drawn = Drawn.of(dates)
    assert drawn.times.shape == (SETS, 14)
    assert np.all(drawn.times.sum(axis=1) == 14)
    assert drawn.times.tobytes() == Drawn.of(dates).times.tobytes()


def test_a_ratio_is_taken_from_the_days_that_were_drawn() -> None:
    dates = np.arange(np.datetime64("2026-01-05"), np.datetime64("2026-01-09"))
    drawn = Drawn(dates, np.array([[2.0, 0, 1, 1], [0, 4, 0, 0]]))
    above, below = np.array([10.0, 7, 30, 20]), np.array([1.0, 0, 2, 1])
    assert drawn.ratio(above, below)[0] == 70 / 5
    # A set without any record has nothing to say, and gets what is written.
    sets = Sets(drawn)
    sets.scaled(("key",), 5.0, above, below, least=0.001)
    assert sets.values["key",].tolist() == pytest.approx([5.0 * 14 / (67 / 4), 5.0])


def test_days_that_are_slower_make_the_mean_less_known_than_its_calls_say() -> None:
    week = week_of(days_that_differ(1, 28, talk_cv=0.2))
    sets = week.sets.values[TALK]
    # 28 days that differ by a fifth: the standard error is 0.2 / √28, 3.8 %. That of the spread of
    # 100 sets is 7 %, that of 28 days 13 %: three of both together.
    assert sets.std() / TALK_S == pytest.approx(0.2 / np.sqrt(28), rel=0.45)
    # About 8,000 calls with a cv of 1 would say 1.1 %.
    assert sets.std() / TALK_S > 2 * 0.011
    one = estimate(week, TALK)
    assert one.low <= np.quantile(sets, 0.025)
    assert one.high >= np.quantile(sets, 0.975)


def test_figures_of_the_same_days_move_together_and_others_do_not() -> None:
    varying = {"volume_cv": 0.15, "talk_cv": 0.15, "patience_cv": 0.3}
    found = [
        week_of(days_that_differ(2, 28, **varying, together=together)).sets.values
        for together in (True, False)
    ]
    both, alone = (np.corrcoef(values[VOLUME], values[TALK])[0, 1] for values in found)
    # Busy days are slow days: what is left are weekday means, fitted to the volume alone, and
    # chance in single calls. Without that, 28 days correlate by 0.19 (standard error).
    assert both > 0.55
    assert abs(alone) < 3 * 0.19
    other = np.corrcoef(found[0][VOLUME], found[0][PATIENCE])[0, 1]
    assert abs(other) < 3 * 0.19


def test_patience_is_one_factor_on_all_times() -> None:
    week = week_of(days_that_differ(3, 28))
    factor = estimate(week, PATIENCE)
    assert factor.value == 1.0
    assert week.document["reasons"]["service"]["patience_factor"] == 1.0
    hung_up = factor.records
    # Exponential patience: a relative standard error of one over the root of those who hung up.
    assert week.sets.values[PATIENCE].std() == pytest.approx(hung_up**-0.5, rel=0.45)
    assert factor.low < 1 - hung_up**-0.5


def test_sets_reach_as_far_as_an_interval_that_holds_more() -> None:
    sets = Sets(Drawn(np.arange(5), np.ones((5, 5))))
    sets.put(("share",), 0.5, np.array([0.3, 0.4, 0.5, 0.6, 0.7]), least=0.0, most=1.0)
    wide = sets.settled(("share",), Estimate(0.5, 0.11, 0.69, 5))
    assert wide.low == 0.11
    assert wide.high == pytest.approx(0.69)
    # Below they are drawn out, so that their middle 95 % end at 0.11; above they reach far enough.
    low, high = np.quantile(sets.values["share",], [0.025, 0.975])
    assert low == pytest.approx(0.11)
    assert high == pytest.approx(0.69)


def test_three_days_say_nothing_of_how_much_days_differ() -> None:
    assert week_of(days_that_differ(4, 3)).sets.values == {}


def staffed(records: Contacts) -> Week:
    """A week whose availability is not fitted by simulation but said."""
    fitted = fit_centre(Calls(records))
    week = usual_week(fitted)
    share = Estimate(0.7, 0.6, 0.8, len(fitted.dates))
    add_log_ons(week, fitted, There(0.7), share)
    put_staff(week.sets, fitted, 0.7, np.linspace(0.6, 0.8, SETS))
    week.settle()
    return week


def saved(week: Week, target: Path, *, one_file: bool = False) -> Scenario:
    for path, text in files_of(week, target, one_file=one_file).items():
        path.write_text(text, encoding="utf-8")
    return load(target)


def test_records_alone_decide_what_is_drawn(tmp_path: Path) -> None:
    target = tmp_path / "centre.toml"
    one, other = (files_of(staffed(days_that_differ(5, 7)), target) for _ in range(2))
    assert one == other
    assert [path.name for path in one][-1] == "centre-resampled.csv"


def test_a_centre_takes_one_set_whole_and_the_same_under_every_policy(tmp_path: Path) -> None:
    scenario = saved(staffed(days_that_differ(6, 14, volume_cv=0.1)), tmp_path / "centre.toml")
    less = {"groups.agents.availability.back_after_s.mean": 20.0}
    scenario = scenario.model_copy(update={"policies": {"quick": Policy(changes=less)}})
    assert "groups.agents.availability.share" in drawn_whole(scenario)
    centre = PolicySet.of(scenario)
    drawing = Drawing(unknowns_of(centre), list(centre.under), 1)
    usual, quick = (drawing.scenario(name, 2) for name in centre.under)
    assert usual.reasons == quick.reasons
    assert usual.reasons["service"].patience_factor == drawing.figures(1)[".".join(PATIENCE)]


def test_a_fit_to_one_file_has_its_sets_inside(tmp_path: Path) -> None:
    week = staffed(days_that_differ(7, 7))
    whole = saved(week, tmp_path / "whole.toml", one_file=True)
    assert whole.uncertain == saved(week, tmp_path / "apart.toml").uncertain
    drawn = {key for key, one in whole.uncertain.items() if one.drawn}
    assert ".".join(TALK) in drawn
    # One day of each weekday says nothing of how much days of a weekday differ.
    assert ".".join(VOLUME) not in drawn


@pytest.mark.long
@pytest.mark.parametrize(
    ("days", "volume_cv", "trend"), [(14, 0.1, 1.0), (28, 0.1, 0.9), (10, 0.2, 1.0)]
)
def test_the_true_level_of_volume_is_inside_as_often_as_said(
    days: int, volume_cv: float, trend: float
) -> None:
    inside, drawn = [], []
    for seed in range(100):
        week = week_of(days_that_differ(seed, days, volume_cv=volume_cv, trend=trend))
        true = PER_DAY * np.mean([trend ** ((day - 3) / 7) for day in range(days - 7, days)])
        factor = estimate(week, VOLUME)
        inside.append(factor.low <= true / level(week) <= factor.high)
        low, high = np.quantile(week.sets.values[VOLUME], [0.025, 0.975])
        drawn.append(low <= true / level(week) <= high)
    # 95 of 100, the standard error is 2.2: three below, and no upper end, since few days with a
    # spread that is not known are covered by more.
    assert np.mean(inside) > 0.95 - 3 * 0.022
    assert np.mean(drawn) > 0.95 - 3 * 0.022 - 0.02


def test_a_level_that_follows_a_trend_is_known_no_better_than_the_trend() -> None:
    week = week_of(days_that_differ(8, 28, volume_cv=0.05, trend=0.85))
    fitted = fit_centre(Calls(days_that_differ(8, 28, volume_cv=0.05, trend=0.85)))
    trend = fitted.arrivals.variation.trend
    assert 1.0 not in trend
    factor = estimate(week, VOLUME)
    # The latest week is a week and a half after the middle of four.
    half = np.log(trend.high / trend.low) / 2 * 1.5
    assert (factor.high - factor.low) / 2 / factor.value >= half
