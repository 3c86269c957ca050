"""A centre that is simulated, recorded and fitted is found again, from either kind of records.

What is fitted lies within twice its 95 % interval, four standard errors, around what the centre was
made of: once in 16,000 it does not by chance.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from results.backtest.availability import fit_availability
from results.fitting import write_fitted
from scenarios import load, with_changes
from scenarios.fit.calls import Calls
from scenarios.fit.centre import fit_centre
from scenarios.fit.estimate import Estimate
from scenarios.schema import Scenario
from tests.support.examples import examples
from tests.support.recorded import recorded, reported, true_centre

HOURS_A_DAY = 12


class Made(NamedTuple):
    """What a centre is made of, and the load of those of its agents who are there."""

    talk: float
    patience: float
    redial: float
    per_day: float
    there: float
    load: float
    half_hours: float

    def centre(self, days: int, **more: float) -> Scenario:
        """The centre as a scenario."""
        figures = {
            "talk": self.talk,
            "patience": self.patience,
            "redial": self.redial,
            "per_day": self.per_day,
            "heads": self.heads,
            "there": self.there,
            "half_hours_differ": self.half_hours,
        }
        return true_centre(days, **(figures | more))

    @property
    def heads(self) -> int:
        """Agents for that load."""
        erlangs = self.per_day * self.talk / (HOURS_A_DAY * 3600)
        return max(round(erlangs / self.load / self.there), 3)


MADE = st.builds(
    Made,
    talk=st.floats(130, 220),
    patience=st.floats(80, 300),
    redial=st.floats(0.3, 0.8),
    per_day=st.integers(900, 1500),
    there=st.floats(0.55, 0.9),
    load=st.floats(0.95, 1.15),
    half_hours=st.sampled_from([0.0, 0.25]),
)


def near(estimate: Estimate, true: float) -> bool:
    half = (estimate.high - estimate.low) / 2
    return abs(estimate.value - true) <= 2 * half + 1e-9


def found_from_calls(made: Made, seed: int, days: int, replications: int) -> None:
    centre = made.centre(days)
    fit = fit_centre(Calls(recorded(centre, seed)))
    assert near(fit.handling.all.mean, made.talk)
    assert fit.hang_ups.all is not None
    assert near(fit.hang_ups.all.exponential, made.patience)
    assert near(fit.hang_ups.all.curve.quantile(0.5), made.patience * np.log(2))
    assert fit.returns is not None
    assert near(fit.returns.redial, made.redial)
    # The calls are first ones and redials: as many as of the abandoned call again.
    abandoned = fit.calls.abandoned.sum() / fit.calls.asked.sum()
    (per_day,) = fit.arrivals.per_day.values()
    assert near(per_day.scaled(1 - made.redial * abandoned), made.per_day)
    if np.isfinite(fit.arrivals.variation.half_hours.value):
        # Redials follow those who hang up in busy half hours, so that these get busier still.
        half_hours = fit.arrivals.variation.half_hours
        assert half_hours.low - 0.05 <= made.half_hours <= half_hours.high + 0.05
    # Windows end with contacts: a lull of a quarter of an hour is not there, 6 % at most.
    logged_on = sum(window.end - window.start for window in fit.windows) / 3600
    assert logged_on == pytest.approx(made.heads * HOURS_A_DAY * days, rel=0.06)
    found = fit_availability(fit, within_s=20.0, replications=replications)
    share = found.share
    # As many are on duty at any time: nothing says that some of them are always there.
    assert found.always == 0.0
    # The shares that are simulated are 0.2 apart, and those between are interpolated.
    assert near(Estimate(share.value, share.low - 0.02, share.high + 0.02, 0), made.there)


def test_a_small_centre_is_found_again_from_its_calls() -> None:
    found_from_calls(Made(200, 120, 0.5, 500, 0.7, 1.1, 0.0), 4, days=4, replications=2)


@pytest.mark.long
@settings(max_examples=examples(8), deadline=None, derandomize=True, phases=[Phase.generate])
@given(made=MADE, seed=st.integers(1, 10_000))
def test_random_centres_are_found_again_from_their_calls(made: Made, seed: int) -> None:
    found_from_calls(made, seed, days=8, replications=2)


def reported_centre(made: Made, days: int) -> Scenario:
    """With what interval reports show: no redials, and breaks that nobody is called back from."""
    return made.centre(days, redial=0.0, called_back=0.0, away_min=30.0, cv=1.2)


def found_from_intervals(made: Made, seed: int, days: int, folder: Path) -> None:
    centre = reported_centre(made, days)
    target = folder / f"{seed}-{made.talk:.6f}.toml"
    write_fitted(reported(centre, seed), target)
    fitted = load(target)
    reason, group = fitted.reasons["service"], fitted.groups["agents"]
    figures = fitted.uncertain

    def range_of(key: str, value: float) -> Estimate:
        return Estimate(value, figures[key].low, figures[key].high, 0)

    talk = reason.handling["voice"].talk_s
    assert near(range_of("reasons.service.handling.voice.talk_s.mean", talk.mean), made.talk)
    patience = reason.patience_s["voice"]
    assert near(range_of("reasons.service.patience_s.voice.mean", patience.mean), made.patience)
    counts = reason.volume.counts
    assert counts is not None
    a_day = np.mean([sum(of_day) for of_day in counts.values()])
    factor = range_of("reasons.service.volume.factor", 1.0)
    assert near(factor, made.per_day / a_day)
    # Heads are reported as they were.
    assert group.heads_by_interval is not None
    for of_day in group.heads_by_interval.heads.values():
        assert list(of_day[16:40]) == [made.heads] * 24
        assert sum(of_day[:16]) == 0
        # After closing some finish what they have in hand.
        assert sum(of_day[40:]) <= made.heads / 2
    assert group.availability is not None
    there = range_of("groups.agents.availability.share", group.availability.share)
    # What is left of a contact when its agent is to go away is not exponential: 0.02.
    assert near(Estimate(there.value, there.low - 0.02, there.high + 0.02, 0), made.there)
    if made.half_hours and days >= 21:
        half_hours = range_of("busyness_by_half_hour_cv", fitted.busyness_by_half_hour_cv)
        assert near(half_hours, made.half_hours)


def test_a_small_centre_is_found_again_from_its_interval_reports(tmp_path: Path) -> None:
    found_from_intervals(Made(200, 120, 0.0, 500, 0.7, 1.0, 0.0), 5, 7, tmp_path)


@pytest.mark.long
@settings(max_examples=examples(8), deadline=None, derandomize=True, phases=[Phase.generate])
@given(made=MADE, seed=st.integers(1, 10_000))
def test_random_centres_are_found_again_from_their_interval_reports(
    tmp_path_factory: pytest.TempPathFactory, made: Made, seed: int
) -> None:
    found_from_intervals(made, seed, 21, tmp_path_factory.mktemp("reports"))


@pytest.mark.long
def test_agents_who_are_always_there_are_found_where_the_number_logged_on_differs() -> None:
    """Three agents in the morning and evening, nine at noon, six days; three are always there."""
    made = true_centre(6, redial=0.0, per_day=1100, there=0.3)
    shifts = {
        "long": {"start": "08:00", "end": "20:00", "heads": 3},
        "short": {"start": "11:00", "end": "17:00", "heads": 6},
    }
    plain = made.groups["agents"].availability
    assert plain is not None
    away = plain.model_copy(update={"always_there": 3.0}).model_dump()
    group = {"shifts": shifts, "availability": away}
    centre = with_changes(made, {"groups.agents": group}, ["groups.agents.heads"])
    counts = [0.0] * 16 + [20.0] * 6 + [70.0] * 12 + [20.0] * 6
    volume = {"volume": {"counts": {"every_day": counts}}}
    centre = with_changes(centre, {"reasons.service": volume}, ["reasons.service.volume"])
    found = fit_availability(fit_centre(Calls(recorded(centre, 8))), within_s=20.0)
    # The levels that are tried lie a quarter of those logged on apart, 1.9 agents.
    assert found.always == pytest.approx(3.0, abs=1.9)
