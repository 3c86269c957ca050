"""Distributions as they are written in a scenario: a name and the figures a manager knows.

A plain number stands for a constant. Every distribution may carry a point mass
(``point_share`` of the draws equal ``point_at``), for "one in ten hangs up at once".
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from scenarios.parts.part import NotNegative, Part, Positive, Share


class _Spread(Part):
    point_share: Share = 0.0
    """Share of draws that equal ``point_at`` instead of following the distribution."""
    point_at: NotNegative = 0.0
    """Value of the point mass, in the unit of the key."""

    def _one_way(self, *ways: tuple[str, ...]) -> None:
        """Refuse figures that are not exactly one of the ``ways`` to give this distribution."""
        names = {name for way in ways for name in way}
        given = {name for name in names if getattr(self, name) is not None}
        if given not in [set(way) for way in ways]:
            raise ValueError("give " + ", or ".join(" and ".join(way) for way in ways))


def _above(p90: float | None, median: float | None) -> None:
    if p90 is not None and median is not None and p90 <= median:
        raise ValueError("p90 must be above the median")


class Constant(_Spread):
    """Always the same value."""

    distribution: Literal["constant"] = "constant"
    value: NotNegative


class Exponential(_Spread):
    """The memoryless distribution; its cv is 1."""

    distribution: Literal["exponential"]
    mean: Positive


class Lognormal(_Spread):
    """The usual shape of handle times: mean and cv, median and sigma, or median and p90."""

    distribution: Literal["lognormal"]
    mean: Positive | None = None
    cv: Positive | None = None
    median: Positive | None = None
    sigma: Positive | None = None
    p90: Positive | None = None

    @model_validator(mode="after")
    def _given(self) -> Self:
        self._one_way(("mean", "cv"), ("median", "sigma"), ("median", "p90"))
        _above(self.p90, self.median)
        return self


class Gamma(_Spread):
    """A gamma distribution by mean and cv."""

    distribution: Literal["gamma"]
    mean: Positive
    cv: Positive


class Weibull(_Spread):
    """A Weibull distribution by shape and mean, shape and scale, or median and p90."""

    distribution: Literal["weibull"]
    shape: Positive | None = None
    mean: Positive | None = None
    scale: Positive | None = None
    median: Positive | None = None
    p90: Positive | None = None

    @model_validator(mode="after")
    def _given(self) -> Self:
        self._one_way(("shape", "mean"), ("shape", "scale"), ("median", "p90"))
        _above(self.p90, self.median)
        return self


class Erlang(_Spread):
    """The sum of ``phases`` exponential times."""

    distribution: Literal["erlang"]
    mean: Positive
    phases: Annotated[int, Field(ge=1)]


class Uniform(_Spread):
    """Every value between low and high is equally likely."""

    distribution: Literal["uniform"]
    low: NotNegative
    high: NotNegative

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.high <= self.low:
            raise ValueError("high must be above low")
        return self


class Triangular(_Spread):
    """Between low and high, most likely at mode."""

    distribution: Literal["triangular"]
    low: NotNegative
    mode: NotNegative
    high: NotNegative

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.mode <= self.high or self.high <= self.low:
            raise ValueError("low, mode and high must come in this order, high above low")
        return self


class Hyperexponential(_Spread):
    """Two exponential phases with balanced means, by mean and cv; the cv is above 1."""

    distribution: Literal["hyperexponential"]
    mean: Positive
    cv: Annotated[float, Field(gt=1.0)]


class Empirical(_Spread):
    """Values seen in the past, each as likely as the others: a list, or a column of a CSV."""

    distribution: Literal["empirical"]
    values: Annotated[tuple[NotNegative, ...], Field(strict=False)] = ()
    csv: str | None = None
    """File beside the scenario; read when the scenario is loaded."""
    column: str | None = None
    """Column of the file; the first one when left out."""

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.values:
            raise ValueError("give values, or csv (and column) to read them from")
        return self


def _number_is_constant(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"distribution": "constant", "value": value}
    return value


AnyDistribution = (
    Constant
    | Exponential
    | Lognormal
    | Gamma
    | Weibull
    | Erlang
    | Uniform
    | Triangular
    | Hyperexponential
    | Empirical
)

Distribution = Annotated[
    Annotated[AnyDistribution, Field(discriminator="distribution")],
    BeforeValidator(_number_is_constant, json_schema_input_type=NotNegative | AnyDistribution),
]
"""A distribution by name, or a plain number for a constant; the unit stands in the key."""
