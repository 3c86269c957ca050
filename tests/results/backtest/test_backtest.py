"""A simulated centre, fitted to its first days and predicted on the others."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from results.backtest import availability
from results.backtest.backtest import Backtest, backtest, split
from results.backtest.words import background, headline, verdict, well_enough
from results.charts.backtest import binned, draw_backtest
from results.fitting import write_fitted
from scenarios.fit.calls import Calls
from scenarios.fit.centre import fit_centre
from scenarios.load import load
from sim import simulate
from tests.support.recorded import recorded, small_centre, true_centre


@pytest.fixture(scope="module")
def test_of_small() -> Backtest:
    calls = Calls(recorded(small_centre(6)))
    return backtest(calls, *split(calls.dates), replications=8)


def test_the_first_two_thirds_of_the_days_are_fitted(test_of_small: Backtest) -> None:
    assert len(test_of_small.train) == 4
    assert len(test_of_small.test) == 2


def test_a_centre_that_is_as_the_model_says_is_predicted(test_of_small: Backtest) -> None:
    (part,) = test_of_small.parts
    total = part.scores["all"]
    # Two days of 420 calls: chance alone moves abandonment by 1.5 points and the wait by 3 s.
    assert abs(total["abandonment"].bias) < 0.05
    assert abs(total["wait"].bias) < 10
    assert part.scores["half_hour"]["wait"].rmse < 1.4 * part.scores["half_hour"]["wait"].floor


def test_only_the_calls_and_agents_of_the_test_days_are_used(test_of_small: Backtest) -> None:
    (part,) = test_of_small.parts
    calls = part.observed[..., 0]
    assert np.array_equal(part.cells[..., 0].mean(axis=0), calls)


def test_what_is_said_names_the_figures(test_of_small: Backtest) -> None:
    assert "abandoned" in headline(test_of_small)
    assert "band" in verdict(test_of_small)
    assert any("Redials and repeats are off" in line for line in background(test_of_small))


def test_its_pictures_are_drawn(test_of_small: Backtest, tmp_path: Path) -> None:
    paths = draw_backtest(test_of_small, tmp_path, ("svg",))
    assert [path.name for path in paths] == [
        "backtest-by-day.svg",
        "backtest-over-the-day.svg",
        "backtest-calibration.svg",
    ]
    assert all(path.stat().st_size > 5000 for path in paths)


def test_bins_of_the_calibration_hold_all_calls(test_of_small: Backtest) -> None:
    (part,) = test_of_small.parts
    made, seen = binned(part.scores["all"]["wait"].figure, part)
    assert len(made) == len(seen) == 8
    assert np.all(np.diff(made) > 0)


def test_a_fitted_scenario_is_accepted_and_runs(tmp_path: Path) -> None:
    records = recorded(small_centre(5))
    target = tmp_path / "centre.toml"
    written = write_fitted(records, target)
    names = (
        "centre.toml",
        "centre-agents.csv",
        "centre-logons.csv",
        "centre-resampled.csv",
    )
    assert written.files == tuple(tmp_path / name for name in names)
    scenario = load(target)
    contacts = simulate(scenario, 1, 0).contacts.as_dict()
    # A week of which five days have calls: 2,100 expected, the standard error is 46.
    assert len(contacts["queued"]) == pytest.approx(len(records), rel=0.12)
    with pytest.raises(FileExistsError, match="was not overwritten"):
        write_fitted(records, target)


@pytest.mark.long
def test_the_share_in_which_free_agents_are_there_is_found_again() -> None:
    fitted = fit_centre(Calls(recorded(true_centre(8, redial=0.0), 3)))
    found = availability.fit_availability(fitted, within_s=20.0)
    half = max(found.share.high - found.share.low, 0.06) / 2
    assert abs(found.share.value - 0.65) < 2.5 * half
    assert found.spread < 0.12


def test_of_many_days_the_latest_tell_how_much_agents_are_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fitted = fit_centre(Calls(recorded(small_centre(7))))
    monkeypatch.setattr(availability, "MOST_CALLS", 1)
    found = availability.fit_availability(fitted, within_s=20.0, replications=2)
    # Fewer than four would not tell how much days differ.
    assert found.dates.tolist() == fitted.dates[-4:].tolist()
    assert found.share.records == 4
    # A draw of none of these days says nothing of the share.
    nothing, last = found.drawn_anew(np.array([[0.0, 0, 0, 0], [0, 0, 0, 4]]))
    assert nothing == found.share.value
    assert last == list(found.by_day.values())[-1]


def with_error(test: Backtest, figure: str, bias: float, times: float) -> Backtest:
    """The same with the prediction of a figure off in all, and by half hour so many floors."""
    (part,) = test.parts
    all_of, half = part.scores["all"], part.scores["half_hour"]
    off = replace(all_of[figure], bias=bias, low=all_of[figure].observed + 1.0)
    far = replace(half[figure], rmse=times * half[figure].floor)
    scores = {**part.scores, "all": {**all_of, figure: off}, "half_hour": {**half, figure: far}}
    return replace(test, parts=(replace(part, scores=scores),))


@pytest.mark.parametrize(
    ("bias", "times", "good", "words"),
    [
        (0.5, 1.0, True, "well enough to ask what-ifs of"),
        (9.0, 1.0, False, "mean wait of all lies outside its band in all"),
        (0.5, 1.5, False, "further off in mean wait of all than by chance"),
    ],
)
def test_a_prediction_is_good_enough_when_chance_explains_what_it_misses(
    test_of_small: Backtest, bias: float, times: float, good: bool, words: str
) -> None:
    # Abandonment is as it should be, so that the wait alone decides.
    (part,) = test_of_small.parts
    test = with_error(with_error(test_of_small, "abandonment", 0.0, 1.0), "wait", bias, times)
    assert well_enough(test)[0] == good
    assert words in well_enough(test)[1]
    assert part.scores["half_hour"]["wait"].floor > 4.0, "or everything would be near"
