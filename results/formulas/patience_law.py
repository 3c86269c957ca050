"""How long callers are ready to wait, as the formulas of a queue with abandonment need it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Survival = Callable[[Values], Values]

NODES_PER_PANEL = 20


class PatienceLaw(Protocol):
    """A distribution of patience, in seconds. Arrays in, arrays of the same shape out."""

    @property
    def breaks_s(self) -> tuple[float, ...]:
        """Waits at which the law jumps or bends, so that no formula smooths over them."""

    def survival(self, waited_s: Values) -> Values:
        """Share of callers who are ready to wait longer than this."""

    def mean_wait_up_to(self, offered_s: Values) -> Values:
        """Mean wait of callers who would be answered after `offered_s` but may give up before."""


@dataclass(frozen=True, slots=True)
class ExponentialPatience:
    """Patience without memory: at any moment the same share of those waiting gives up."""

    mean_s: float
    breaks_s: tuple[float, ...] = ()

    def survival(self, waited_s: Values) -> Values:
        """Share of callers who are ready to wait longer than this."""
        return np.exp(-waited_s / self.mean_s)

    def mean_wait_up_to(self, offered_s: Values) -> Values:
        """Mean wait of callers offered this wait; expm1 keeps the digits of short ones."""
        return -self.mean_s * np.expm1(-offered_s / self.mean_s)


@dataclass(slots=True)
class PatienceFromSurvival:
    """Patience given by any survival function, integrated where asked.

    The integral is kept at knots that lie close enough for one Gauss panel between them: those on
    which SciPy's adaptive rule settled. They are laid over 0-1 s, 1-2 s, 2-4 s, …, so a law of any
    scale is met at its own.
    """

    given: Survival
    breaks_s: tuple[float, ...] = ()
    _knots: Values = field(init=False, default_factory=lambda: np.zeros(1))
    _areas: Values = field(init=False, default_factory=lambda: np.zeros(1))

    def survival(self, waited_s: Values) -> Values:
        """Share of callers who are ready to wait longer than this.

        Raises:
            ValueError: the function given leaves the range of a share.
        """
        shares = np.asarray(self.given(waited_s), dtype=np.float64)
        if shares.shape != waited_s.shape:
            raise ValueError(
                f"survival gives {shares.size} values for {waited_s.size} waits, but it must take "
                "an array of seconds and give one share for each."
            )
        if not ((shares >= 0) & (shares <= 1)).all():
            raise ValueError(
                f"survival gives values from {shares.min():.4g} to {shares.max():.4g}, but it must "
                "give shares from 0 to 1: of callers ready to wait longer."
            )
        return shares

    def mean_wait_up_to(self, offered_s: Values) -> Values:
        """Mean wait of callers offered this wait: the area under the survival curve up to it.

        Raises:
            ValueError: the function given rises, or leaves the range of a share.
        """
        while self._knots[-1] < offered_s.max(initial=0.0):
            self._extend()
        knot = np.searchsorted(self._knots, offered_s, side="right") - 1
        nodes, weights = panel_nodes(self._knots[knot], offered_s)
        past_knot: Values = np.sum(self.survival(nodes) * weights, axis=-1)
        return self._areas[knot] + past_knot

    def _extend(self) -> None:
        from scipy.integrate import quad_vec  # 0.6 s to load; Erlang A does without

        start = float(self._knots[-1])
        end = max(1.0, 2 * start)
        before, after = self.survival(np.array([start, end]))
        if after > before:
            raise ValueError(
                f"survival rises from {before:.4g} at {start:g} s to {after:.4g} at {end:g} s, but "
                "fewer and fewer callers can be ready to wait longer: give the survival function "
                "of patience, not its distribution function."
            )
        _, _, found = quad_vec(
            lambda waited: self.survival(np.array([waited])),
            start,
            end,
            epsrel=1e-12,
            limit=100,  # a curve of many steps, none of them named, would keep it busy for ever
            points=[wait for wait in self.breaks_s if start < wait < end],
            full_output=True,
        )
        order = np.argsort(found.intervals[:, 1])
        areas = self._areas[-1] + np.cumsum(found.integrals[order, 0])
        self._knots = np.concatenate([self._knots, found.intervals[order, 1]])
        self._areas = np.concatenate([self._areas, areas])


def panel_nodes(starts: Values, stops: Values) -> tuple[Values, Values]:
    """Gauss-Legendre nodes and weights, one row for each panel from a start to its stop."""
    places, shares = _unit_rule()
    widths = (stops - starts)[..., np.newaxis]
    return starts[..., np.newaxis] + widths * places, widths * shares


@cache
def _unit_rule() -> tuple[Values, Values]:
    places, weights = np.polynomial.legendre.leggauss(NODES_PER_PANEL)
    return (places + 1) / 2, weights / 2
