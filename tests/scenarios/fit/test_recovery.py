"""What is fitted to the records of a simulated centre is what the centre was made of."""

import numpy as np
import pytest

from scenarios.fit.calls import Calls
from scenarios.fit.centre import FittedCentre, fit_centre
from scenarios.fit.estimate import Estimate
from tests.support.recorded import TRUE, recorded, true_centre


def fitted(seed: int, **true: float) -> FittedCentre:
    return fit_centre(Calls(recorded(true_centre(**true), seed)))


def near(estimate: Estimate, true: float) -> bool:
    """Within twice the 95 % interval: four standard errors, once in 16,000 beyond by chance."""
    half = (estimate.high - estimate.low) / 2
    return abs(estimate.value - true) <= 2 * half + 1e-9


@pytest.mark.parametrize("seed", [1, 2])
def test_handling_patience_redials_and_times_away_are_found_again(seed: int) -> None:
    fit = fitted(seed)
    assert near(fit.handling.all.mean, TRUE["talk"])
    assert fit.hang_ups.all is not None
    assert near(fit.hang_ups.all.exponential, TRUE["patience"])
    assert near(fit.hang_ups.all.curve.quantile(0.5), TRUE["patience"] * np.log(2))
    # A wait below half a second is recorded as none.
    assert fit.returns is not None
    assert near(fit.returns.redial, TRUE["redial"])
    assert fit.away.back_s.value == pytest.approx(TRUE["back"], rel=0.35)


def test_arrivals_are_found_again_redials_among_them() -> None:
    fit = fitted(3)
    (offered,) = fit.arrivals.per_day.values()
    abandoned = fit.calls.abandoned.sum() / fit.calls.asked.sum()
    # Five days of 1,500: the standard error of the mean is 17, and 40 with the redials' chain.
    first = offered.scaled(1 - TRUE["redial"] * abandoned)
    assert first.value == pytest.approx(TRUE["per_day"], abs=110)
    assert near(first, TRUE["per_day"])


def test_windows_hold_nearly_all_the_hours_that_agents_were_on_duty() -> None:
    fit = fitted(1)
    logged_on = sum(w.end - w.start for w in fit.windows) / 3600
    # Eight agents, twelve hours, five days; what is missing are lulls at the edges.
    assert 0.9 * 480 < logged_on < 1.05 * 480


def test_patience_that_does_not_depend_on_the_queue_is_written_as_one_curve() -> None:
    patience = fitted(4).hang_ups.all
    assert patience is not None
    assert patience.crowded == ()
