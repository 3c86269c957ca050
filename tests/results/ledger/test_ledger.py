"""Predictions: their bands, their files, and what becomes of them."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from results.errors import ExperimentError
from results.ledger.days import COUNTS
from results.ledger.file import Prediction, path_of, predictions, write_came, write_forecast
from results.ledger.forecast import (
    Band,
    Bands,
    Forecast,
    bands_of,
    chosen_policy,
    counts_of,
    dated,
    forecast_bands,
)
from results.ledger.judged import came_from, judged, tally
from results.ledger.prediction import days_of
from results.ledger.words import correction, overall, verdict
from scenarios import Scenario, with_changes
from scenarios.parts.uncertain import Uncertain
from tests.support.known_answers import SCENARIO
from tests.support.recorded import FIRST, recorded, small_centre, true_centre

MONDAY = FIRST.astype("datetime64[D]")
DATES = MONDAY + np.arange(2)
AT = {name: place for place, name in enumerate(COUNTS)}


def counted(**counts: float) -> np.ndarray:
    """Counts of a day: 100 calls of which ten hang up, unless said otherwise."""
    of_callers = (100, 10, 2000, 40, 70, 500)
    of_agents = (90, 18_000, 90, 20_000, 36_000, 40_000)
    usual = dict(zip(COUNTS, (*of_callers, *of_agents, 1), strict=True))
    return np.array([(usual | counts)[name] for name in COUNTS], float)


BANDS: Bands = {
    "abandonment": Band(0.1, 0.08, 0.12),
    "wait": Band(20.0, 15.0, 25.0),
    "calls": Band(100.0, 90.0, 110.0),
    "talk": Band(200.0, 190.0, 210.0),
    "patience": Band(200.0, 150.0, 250.0),
    "agents": Band(10.0, 9.0, 11.0),
}


def forecast(made: str = "2026-01-02", **given: object) -> Forecast:
    usual = Forecast(
        scenario="Small centre",
        policy="five",
        policy_title="Five agents",
        digest="abc",
        run="2026-01-02-090000-small",
        made=made,
        within_s=20.0,
        seed=1,
        replications=100,
        ranges={"reasons.service.volume.factor": (0.9, 1.1)},
        stretch=BANDS,
        day=BANDS,
        days={str(date): BANDS for date in DATES},
    )
    return replace(usual, **given)


def prediction(
    came: Mapping[str, np.ndarray], of: Forecast | None = None, path: str = "one.toml"
) -> Prediction:
    return Prediction(Path(path), of or forecast(), came)


def both(**counts: float) -> dict[str, np.ndarray]:
    """The same on both dates."""
    return {str(date): counted(**counts) for date in DATES}


def test_a_band_of_nine_values_is_the_lowest_and_the_highest() -> None:
    counts = np.array([counted(wait=100.0 * value) for value in range(1, 10)])
    # Ranks 0.1 and 0.9 of ten.
    assert bands_of(counts)["wait"] == Band(5.0, 1.0, 9.0)


def test_a_band_holds_what_comes_next_eight_times_in_ten() -> None:
    random, held, times = np.random.default_rng(5), 0, 600
    for _ in range(times):
        waits = random.gamma(3.0, 700.0, 20)
        found = bands_of(np.array([counted(wait=wait) for wait in waits[:19]]))["wait"]
        held += found.has(waits[19] / 100.0)
    # Four standard errors of a share of 0.8.
    assert held / times == pytest.approx(0.8, abs=4.0 * np.sqrt(0.8 * 0.2 / times))


def test_a_closed_day_has_no_bands_and_weighs_nothing_in_a_usual_one() -> None:
    closed = np.zeros(len(COUNTS))
    closed[AT["days"]] = 1.0
    counts = np.array([[counted(), closed]] * 20)
    stretch, day, days = forecast_bands(counts, DATES)
    assert days[str(DATES[1])] == {}
    assert day["calls"].mean == 100.0
    assert stretch["calls"].mean == 50.0, "calls a day, over both"


def test_how_far_something_lies_is_counted_in_widths_of_its_side() -> None:
    band = Band(10.0, 8.0, 20.0)
    assert (band.how_far(20.0), band.how_far(8.0), band.how_far(15.0)) == (1.0, 1.0, 0.5)
    assert band.how_far(6.0) == 2.0
    assert Band(1.0, 1.0, 1.0).how_far(1.0) == 0.0


def test_the_days_are_simulated_by_the_calendar_after_their_warm_up() -> None:
    scenario = with_changes(
        small_centre(5), {"horizon.warm_up_days": 1.5, "horizon.first_date": "2026-01-05"}
    )
    friday = np.datetime64("2026-02-06") + np.arange(3)
    moved, first = dated(scenario, friday)
    assert str(first) == "2026-02-04"
    assert (moved.horizon.days, moved.horizon.weekday(2)) == (5, "friday")


def test_where_it_never_closes_the_last_night_has_a_day_to_end_in() -> None:
    horizon = {"days": 3, "first_weekday": "sunday"}
    scenario = SCENARIO.model_copy(
        update={"horizon": type(SCENARIO.horizon).model_validate(horizon)}
    )
    moved, first = dated(scenario, DATES)
    assert (moved.horizon.days, str(first)) == (3, str(MONDAY))
    assert moved.horizon.weekday(0) == "monday", "a date has a weekday of its own"


def test_the_policy_that_was_chosen_is_named_or_the_only_one() -> None:
    assert chosen_policy(SCENARIO, ["today", "quick"], None) == "quick"
    assert chosen_policy(SCENARIO, ["today"], None) == "today"
    assert chosen_policy(SCENARIO, ["today", "quick", "same"], "same") == "same"
    with pytest.raises(ExperimentError, match="say with --policy"):
        chosen_policy(SCENARIO, ["today", "quick", "same"], None)
    with pytest.raises(ExperimentError, match="Did you mean 'quick'"):
        chosen_policy(SCENARIO, ["today", "quick"], "quik")


def with_ranges(scenario: Scenario, **ranges: tuple[float, float]) -> Scenario:
    rows = {
        f"reasons.service.{key.replace('__', '.')}": Uncertain(low=low, high=high)
        for key, (low, high) in ranges.items()
    }
    return scenario.model_copy(update={"uncertain": rows})


def test_what_is_not_known_widens_the_bands() -> None:
    day = DATES[:1]
    known = true_centre(1, per_day=600)
    unknown = with_ranges(known, volume__per_day=(300.0, 900.0))
    widths = []
    for scenario in (known, unknown):
        counts, ranges = counts_of(scenario, "baseline", day, replications=20, workers=1)
        band = bands_of(counts.sum(axis=1))["calls"]
        widths.append(band.high - band.low)
        assert ("reasons.service.volume.per_day" in ranges) == (scenario is unknown)
    # Poisson: 2.56 times 24; triangular with a standard deviation of 122, and both.
    assert widths[1] > 2.0 * widths[0]


def test_the_same_seed_predicts_the_same_whoever_simulates() -> None:
    scenario = with_ranges(small_centre(1), volume__per_day=(400.0, 440.0))
    here, _ = counts_of(scenario, "baseline", DATES[:1], replications=3, workers=1)
    there, _ = counts_of(scenario, "baseline", DATES[:1], replications=3, workers=2)
    assert (here == there).all()


def test_a_prediction_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = path_of(tmp_path, "small", "five", DATES)
    write_forecast(path, forecast())
    (read,) = predictions(tmp_path)
    assert read == Prediction(path, forecast(), {})
    assert path.name == "2026-01-05-to-2026-01-06-small-five.toml"
    assert "80 % of what may come" in path.read_text(encoding="utf-8")


def test_what_came_is_kept_next_to_it_without_what_is_not_known(tmp_path: Path) -> None:
    path = path_of(tmp_path, "small", "five", DATES)
    write_forecast(path, forecast())
    came = {str(DATES[0]): counted(staffed_s=np.nan)}
    write_came(Prediction(path, forecast(), came))
    (read,) = predictions(tmp_path)
    np.testing.assert_array_equal(read.came[str(DATES[0])], came[str(DATES[0])])
    assert len(list(path.parent.iterdir())) == 2


def test_a_prediction_is_not_made_twice(tmp_path: Path) -> None:
    path = path_of(tmp_path, "small", "five", DATES)
    write_forecast(path, forecast())
    with pytest.raises(ExperimentError, match="counts as it was first made"):
        path_of(tmp_path, "small", "five", DATES)
    with pytest.raises(ExperimentError, match="counts as it was first made"):
        write_forecast(path, forecast())


@pytest.mark.parametrize(
    "text",
    ["", "format = 2", "not toml", 'format = 1\nmade = "2026-01-02"', "format = 1\ndays = 7"],
)
def test_a_damaged_prediction_is_told_by_its_file(tmp_path: Path, text: str) -> None:
    path = path_of(tmp_path, "small", "five", DATES)
    write_forecast(path, forecast())
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExperimentError, match=r"five\.toml is no prediction that can be read"):
        predictions(tmp_path)


def test_a_prediction_with_a_figure_that_is_no_number_is_told(tmp_path: Path) -> None:
    path = path_of(tmp_path, "small", "five", DATES)
    write_forecast(path, forecast())
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("low = 15.0", 'low = "much"'), encoding="utf-8")
    with pytest.raises(ExperimentError, match="is no prediction that can be read"):
        predictions(tmp_path)


def test_days_end_after_they_begin_and_within_a_year() -> None:
    first = MONDAY.astype(object)
    assert len(days_of(first, None, 7)) == 7
    with pytest.raises(ExperimentError, match="before they begin"):
        days_of(first, (MONDAY - 1).astype(object), 7)
    with pytest.raises(ExperimentError, match="at most 366"):
        days_of(first, (MONDAY + 400).astype(object), 7)


def test_what_comes_as_predicted_lies_inside_and_nothing_is_to_correct() -> None:
    found = judged(prediction(both()))
    assert {one.quantity.name for one in found.stretch} == {"abandonment", "wait"}
    assert all(one.inside for one in (*found.stretch, *found.days, *found.inputs))
    assert found.to_correct is None
    assert "Everything measured lay inside" in verdict(found)
    assert correction(found) == "Nothing to correct: what went in came as it was assumed."


def test_the_assumption_furthest_outside_its_band_is_to_be_corrected() -> None:
    found = judged(
        prediction(both(calls=130, abandoned=26, wait=5200, talked=104, talk_s=104 * 212.0))
    )
    worst = found.to_correct
    assert worst is not None
    # Calls 30 over ten: three times; talk 12 over ten, patience as it was.
    assert (worst.quantity.name, worst.how_far) == ("calls", pytest.approx(3.0))
    assert "above" not in correction(found)
    assert "130, not 100 (30.0 % more), 3.0 times as far off" in correction(found)
    assert "reasons.service.volume.factor from 0.9 to 1.1" in correction(found)
    assert "Outside its 80 % band: abandoned and mean wait of all" in verdict(found)


def test_what_lies_just_outside_its_band_may_be_chance() -> None:
    # Twelve over ten: outside 80 %, inside 95 %.
    assert judged(prediction(both(calls=112))).to_correct is None


def test_a_prediction_whose_days_have_not_all_come_says_nothing_of_all_of_them() -> None:
    found = judged(prediction({str(DATES[0]): counted(calls=130)}))
    assert (found.stretch, found.whole, found.came) == ((), False, 1)
    assert {one.date for one in found.days} == {str(DATES[0])}
    assert found.to_correct is not None
    assert "1 of its 2 days have come" in verdict(found)


def test_what_records_do_not_tell_is_not_judged() -> None:
    found = judged(prediction(both(agent_s=np.nan, wait=np.nan)))
    assert {one.quantity.name for one in found.stretch} == {"abandonment"}
    assert {one.quantity.name for one in found.inputs} == {"calls", "talk"}


def test_bands_that_held_are_counted_with_their_interval() -> None:
    inside, outside = (judged(prediction(both(wait=wait))) for wait in (2000, 9000))
    counted_ = tally(held for one in (inside, inside, outside) for held in one.stretch)
    assert (counted_.inside, counted_.of) == (5, 6)
    # Wilson by hand: (0.8333 + 0.3201) / 1.6402 = 0.7032; the half is 0.2666.
    assert counted_.interval == pytest.approx((0.4365, 0.9699), abs=2e-3)
    said = overall([inside, inside, outside])
    assert "Of 6 bands of whole predictions 5 held: 83.3 %" in said
    assert "as promised" in said


def test_a_prediction_made_when_its_days_had_begun_does_not_count() -> None:
    late = judged(prediction(both(), forecast(made="2026-01-05")))
    assert not late.counts
    said = overall([late])
    assert said == "1 prediction does not count: made when the first of its days had begun."


def test_nothing_has_come_yet_is_said() -> None:
    found = judged(prediction({}))
    assert verdict(found) == "None of its days has come yet."
    assert correction(found) == ""
    assert overall([found]) == "Nothing that was predicted has come yet."


def test_records_add_days_and_keep_those_that_came_before() -> None:
    records = recorded(small_centre(1))
    before = prediction({str(DATES[1]): counted()})
    after = came_from(before, records)
    assert sorted(after.came) == [str(date) for date in DATES]
    assert after.came[str(DATES[1])] is before.came[str(DATES[1])]
    assert after.came[str(DATES[0])][AT["calls"]] == len(records)


def test_records_of_other_days_say_nothing() -> None:
    later = forecast(days={"2027-03-01": BANDS})
    before = prediction({}, later)
    assert came_from(before, recorded(small_centre(1))) is before
