"""Distributions as they are written in a scenario: a name and the figures a manager knows.

A plain number stands for a constant. Every distribution may carry a point mass
(``point_share`` of the draws equal ``point_at``), for "one in ten hangs up immediately".
"""

from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from scenarios.parts.part import NotNegative, Part, Positive, Share

_MOST = 1e12
_MOST_SPREAD, _LEAST_SHAPE, _MOST_RATIO = 20.0, 0.02, 1e11
_MOST_PHASES = 1_000_000
"""Beyond these a draw would be no number any more that a computer can reckon with."""


_Cv = Annotated[float, Field(gt=0.0, le=_MOST)]


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
    if p90 is not None and median is not None and p90 > _MOST_RATIO * median:
        raise ValueError(f"p90 must be at most {_MOST_RATIO:g} times the median")


class Constant(_Spread):
    """Always the same value."""

    distribution: Literal["constant"] = "constant"
    value: NotNegative
    """The value, in the unit of the key."""


class Exponential(_Spread):
    """The memoryless distribution; its cv is 1."""

    distribution: Literal["exponential"]
    mean: Positive
    """Mean, in the unit of the key."""


class Lognormal(_Spread):
    """The usual shape of handle times: mean and cv, median and sigma, or median and p90."""

    distribution: Literal["lognormal"]
    mean: Positive | None = None
    """Mean, in the unit of the key; goes with ``cv``."""
    cv: _Cv | None = None
    """Standard deviation over mean."""
    median: Positive | None = None
    """Median, in the unit of the key; goes with ``sigma`` or ``p90``."""
    sigma: Annotated[float, Field(gt=0.0, le=_MOST_SPREAD)] | None = None
    """Standard deviation of the logarithm."""
    p90: Positive | None = None
    """Value that nine draws in ten stay below, in the unit of the key."""

    @model_validator(mode="after")
    def _given(self) -> Self:
        self._one_way(("mean", "cv"), ("median", "sigma"), ("median", "p90"))
        _above(self.p90, self.median)
        return self


class Gamma(_Spread):
    """A gamma distribution by mean and cv."""

    distribution: Literal["gamma"]
    mean: Positive
    """Mean, in the unit of the key."""
    cv: _Cv
    """Standard deviation over mean."""


class Weibull(_Spread):
    """A Weibull distribution by shape and mean, shape and scale, or median and p90."""

    distribution: Literal["weibull"]
    shape: Annotated[float, Field(ge=_LEAST_SHAPE, le=_MOST)] | None = None
    """Goes with ``mean`` or ``scale``; 1 is exponential, below 1 has more very short and very long
    values, above 1 fewer."""
    mean: Positive | None = None
    """Mean, in the unit of the key."""
    scale: Positive | None = None
    """Value that 63 % of the draws stay below, in the unit of the key."""
    median: Positive | None = None
    """Median, in the unit of the key; goes with ``p90``."""
    p90: Positive | None = None
    """Value that nine draws in ten stay below, in the unit of the key."""

    @model_validator(mode="after")
    def _given(self) -> Self:
        self._one_way(("shape", "mean"), ("shape", "scale"), ("median", "p90"))
        _above(self.p90, self.median)
        return self


class Erlang(_Spread):
    """The sum of ``phases`` exponential times."""

    distribution: Literal["erlang"]
    mean: Positive
    """Mean of the sum, in the unit of the key."""
    phases: Annotated[int, Field(ge=1, le=_MOST_PHASES)]
    """How many times are summed; 1 is exponential."""


class Uniform(_Spread):
    """Every value between low and high is equally likely."""

    distribution: Literal["uniform"]
    low: NotNegative
    """Least value, in the unit of the key."""
    high: NotNegative
    """Greatest value, in the unit of the key."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.high <= self.low:
            raise ValueError("high must be above low")
        return self


class Triangular(_Spread):
    """Between low and high, most likely at mode."""

    distribution: Literal["triangular"]
    low: NotNegative
    """Least value, in the unit of the key."""
    mode: NotNegative
    """Most likely value, in the unit of the key."""
    high: NotNegative
    """Greatest value, in the unit of the key."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.mode <= self.high or self.high <= self.low:
            raise ValueError("low, mode and high must come in this order, high above low")
        return self


class Hyperexponential(_Spread):
    """Two exponential phases with balanced means, by mean and cv; the cv is above 1."""

    distribution: Literal["hyperexponential"]
    mean: Positive
    """Mean, in the unit of the key."""
    cv: Annotated[float, Field(gt=1.0, le=_MOST)]
    """Standard deviation over mean; above 1."""


class Empirical(_Spread):
    """Values seen in the past, each as likely as the others: a list, or a column of a CSV."""

    distribution: Literal["empirical"]
    values: Annotated[tuple[NotNegative, ...], Field(strict=False)] = ()
    """The values, in the unit of the key."""
    csv: str | None = None
    """File next to the scenario; read when the scenario is loaded."""
    column: str | None = None
    """Column of the file; the first one when left out."""

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.values:
            raise ValueError("give values, or csv (and column) to read them from")
        return self


class Survival(_Spread):
    """A table of the share who wait longer than some times, as Kaplan and Meier estimate it.

    Between two times the hazard is constant: the share falls by the same proportion each second.
    """

    distribution: Literal["survival"]
    times: Annotated[tuple[NotNegative, ...], Field(strict=False)] = ()
    """Rising times, in the unit of the key; one of 0 holds the share who leave at once."""
    survival: Annotated[tuple[Share, ...], Field(strict=False)] = ()
    """The share of draws that are longer, for each of the times; it falls. Where it is 0 at the
    last, it falls evenly to there."""
    tail_mean: Positive | None = None
    """Mean of what is left beyond the last time, exponential; by the hazard before the last time
    when left out."""
    csv: str | None = None
    """File next to the scenario with the columns time and survival; read when it is loaded."""

    @model_validator(mode="after")
    def _falls(self) -> Self:
        if not self.times or len(self.times) != len(self.survival):
            raise ValueError("give times and survival of the same length, or csv to read them from")
        if any(after <= before for before, after in pairwise(self.times)):
            raise ValueError("times must rise")
        if any(after > before for before, after in pairwise((1.0, *self.survival))):
            raise ValueError("survival must fall from at most 1, or stay")
        if 0.0 in self.survival[:-1] or (self.times[-1] == 0.0 and self.survival[-1] == 0.0):
            raise ValueError("survival must be above 0 before its last time")
        before = (1.0, *self.survival)[-2]
        flat = self.survival[-1] == before or self.times[-1] == 0.0
        if self.survival[-1] > 0.0 and flat and self.tail_mean is None:
            raise ValueError(
                "tail_mean must be given where nobody leaves just before the last time"
            )
        if self.survival[-1] == 0.0 and self.tail_mean is not None:
            raise ValueError("tail_mean has nothing to say of where survival ends at 0")
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
    | Survival
)

Distribution = Annotated[
    Annotated[AnyDistribution, Field(discriminator="distribution")],
    BeforeValidator(_number_is_constant, json_schema_input_type=NotNegative | AnyDistribution),
]
"""A distribution by name, or a plain number for a constant; the unit stands in the key."""
