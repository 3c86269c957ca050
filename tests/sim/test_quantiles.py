"""Quantile functions, held against scipy's distributions."""

import math
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError
from scipy import stats

from scenarios.parts.distributions import AnyDistribution, Distribution
from scenarios.parts.figures import mean_of
from sim.draws.quantiles import quantile_of

MARKS = np.concatenate([[2.0**-53, 1e-9], np.linspace(0.0005, 0.9995, 1000), [1 - 2.0**-53]])


def _given(**figures: Any) -> AnyDistribution:
    made: AnyDistribution = TypeAdapter(Distribution).validate_python(figures)
    return made


def _lognormal(mean: float, cv: float) -> Any:
    sigma = math.sqrt(math.log(1 + cv**2))
    return stats.lognorm(sigma, scale=mean * math.exp(-(sigma**2) / 2))


Z90 = stats.norm.ppf(0.9)
SIGMA = math.log(150 / 60) / Z90
SHAPE = math.log(math.log(10) / math.log(2)) / math.log(150 / 60)
CASES: list[tuple[dict[str, Any], Any]] = [
    ({"distribution": "exponential", "mean": 180.0}, stats.expon(scale=180)),
    ({"distribution": "lognormal", "mean": 180.0, "cv": 0.8}, _lognormal(180, 0.8)),
    ({"distribution": "lognormal", "median": 60.0, "sigma": 1.5}, stats.lognorm(1.5, scale=60)),
    ({"distribution": "lognormal", "median": 60.0, "p90": 150.0}, stats.lognorm(SIGMA, scale=60)),
    ({"distribution": "gamma", "mean": 100.0, "cv": 0.5}, stats.gamma(4, scale=25)),
    ({"distribution": "gamma", "mean": 1.0, "cv": 2.0}, stats.gamma(0.25, scale=4)),
    ({"distribution": "erlang", "mean": 90.0, "phases": 3}, stats.erlang(3, scale=30)),
    ({"distribution": "uniform", "low": 5.0, "high": 80.0}, stats.uniform(5, 75)),
    (
        {"distribution": "triangular", "low": 10.0, "mode": 20.0, "high": 60.0},
        stats.triang(0.2, loc=10, scale=50),
    ),
    (
        {"distribution": "triangular", "low": 10.0, "mode": 10.0, "high": 60.0},
        stats.triang(0.0, loc=10, scale=50),
    ),
    (
        {"distribution": "triangular", "low": 10.0, "mode": 60.0, "high": 60.0},
        stats.triang(1.0, loc=10, scale=50),
    ),
    (
        {"distribution": "weibull", "shape": 1.5, "scale": 100.0},
        stats.weibull_min(1.5, scale=100),
    ),
    (
        {"distribution": "weibull", "shape": 0.7, "mean": 100.0},
        stats.weibull_min(0.7, scale=100 / math.gamma(1 + 1 / 0.7)),
    ),
    (
        {"distribution": "weibull", "median": 60.0, "p90": 150.0},
        stats.weibull_min(SHAPE, scale=60 / math.log(2) ** (1 / SHAPE)),
    ),
]


@pytest.mark.parametrize(("figures", "known"), CASES)
def test_quantiles_are_those_of_the_distribution(figures: dict[str, Any], known: Any) -> None:
    values = quantile_of(_given(**figures))(MARKS)
    assert values == pytest.approx(known.ppf(MARKS), rel=1e-8, abs=1e-12)


@pytest.mark.parametrize(("figures", "known"), CASES)
def test_the_mean_is_that_of_the_distribution(figures: dict[str, Any], known: Any) -> None:
    assert mean_of(_given(**figures)) == pytest.approx(known.mean(), rel=1e-9)


@pytest.mark.parametrize("cv", [1.001, 1.5, 4.0, 20.0])
def test_a_hyperexponential_has_its_mean_its_cv_and_balanced_phases(cv: float) -> None:
    mean = 120.0
    values = quantile_of(_given(distribution="hyperexponential", mean=mean, cv=cv))(MARKS)
    share = 0.5 * (1 + math.sqrt((cv**2 - 1) / (cv**2 + 1)))
    fast, slow = 2 * share / mean, 2 * (1 - share) / mean
    assert share / fast == pytest.approx((1 - share) / slow)
    assert share * 2 / fast**2 + (1 - share) * 2 / slow**2 == pytest.approx(mean**2 * (1 + cv**2))
    survival = share * np.exp(-fast * values) + (1 - share) * np.exp(-slow * values)
    assert survival == pytest.approx(1 - MARKS, rel=1e-9)


def test_empirical_values_are_all_equally_likely() -> None:
    given = _given(distribution="empirical", values=[30.0, 10.0, 20.0, 20.0])
    values = quantile_of(given)(MARKS)
    assert set(values) == {10.0, 20.0, 30.0}
    middle = (np.arange(1000) + 0.5) / 1000
    seen, counts = np.unique(quantile_of(given)(middle), return_counts=True)
    assert dict(zip(seen, counts, strict=True)) == {10.0: 250, 20.0: 500, 30.0: 250}
    assert mean_of(given) == pytest.approx(20.0)


def test_a_plain_number_is_a_constant() -> None:
    made: AnyDistribution = TypeAdapter(Distribution).validate_python(42)
    assert set(quantile_of(made)(MARKS)) == {42.0}
    assert mean_of(made) == 42.0


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 1.0])
def test_a_point_mass_takes_its_share_and_leaves_the_rest_of_the_distribution(share: float) -> None:
    given = _given(distribution="exponential", mean=100.0, point_share=share, point_at=5.0)
    middle = (np.arange(10_000) + 0.5) / 10_000
    values = quantile_of(given)(middle)
    at_the_point = values == 5.0
    assert at_the_point.mean() == pytest.approx(share)
    rest = np.sort(values[~at_the_point])
    if len(rest):
        expected = stats.expon(scale=100).ppf((np.arange(len(rest)) + 0.5) / len(rest))
        assert rest == pytest.approx(expected, rel=1e-6)
    assert mean_of(given) == pytest.approx(share * 5.0 + (1 - share) * 100.0)


@pytest.mark.parametrize(("figures", "_known"), CASES)
def test_a_higher_mark_never_gives_a_smaller_value(figures: dict[str, Any], _known: Any) -> None:
    values = quantile_of(_given(**figures))(np.sort(MARKS))
    assert np.all(np.diff(values) >= 0.0)
    assert np.all(np.isfinite(values))


EXTREMES = (1e-12, 1e-6, 0.02, 0.5, 1.0, 1.0001, 20.0, 60.0, 1e6, 1e12)
TWO_FIGURES = (
    *(
        ("lognormal", "mean", "cv"),
        ("lognormal", "median", "sigma"),
        ("lognormal", "median", "p90"),
    ),
    *(("gamma", "mean", "cv"), ("weibull", "mean", "shape"), ("weibull", "scale", "shape")),
    *(("weibull", "median", "p90"), ("hyperexponential", "mean", "cv"), ("uniform", "low", "high")),
)


@pytest.mark.parametrize(("name", "one", "other"), TWO_FIGURES)
def test_every_draw_of_figures_that_are_accepted_can_be_reckoned_with(
    name: str, one: str, other: str
) -> None:
    accepted = 0
    for first in EXTREMES:
        for second in EXTREMES:
            try:
                distribution = _given(**{"distribution": name, one: first, other: second})
            except ValidationError:
                continue
            drawn = quantile_of(distribution)(MARKS)
            assert np.all(drawn >= 0.0), (first, second)
            # Squares of what is drawn, and sums of them, have to be floats as well.
            assert max(drawn.max(), mean_of(distribution)) < 1e100, (first, second)
            accepted += 1
    assert accepted > 10


@pytest.mark.parametrize(
    "figures",
    [
        {"distribution": "exponential", "mean": 5e-324},
        {"distribution": "lognormal", "mean": 60.0, "cv": 1e300},
        {"distribution": "lognormal", "median": 60.0, "sigma": 100.0},
        {"distribution": "lognormal", "median": 1e-9, "p90": 1e9},
        {"distribution": "gamma", "mean": 60.0, "cv": 1e-300},
        {"distribution": "weibull", "shape": 1e-3, "mean": 60.0},
        {"distribution": "erlang", "mean": 60.0, "phases": 10**400},
    ],
)
def test_figures_beyond_reckoning_are_refused(figures: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        _given(**figures)
