"""Variants of policies: each assumption and driving figure at either end of its range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from scenarios import Scenario, with_changes
from scenarios.policies.driving_figures import DRIVING_FIGURES, DrivingFigure
from scenarios.register import REGISTER, Assumption
from scenarios.register.assumptions import Assumed, allows, assumptions, change_to

End = tuple[int, Literal["low", "high", ""]]
"""The number of a range and one end of it."""

AS_ASSUMED: End = (-1, "")
"""Everything as the scenario has it."""


@dataclass(frozen=True)
class Range:
    """An assumption in use, its ends widened to what the scenario says or cut to what it allows.

    A driving figure, which the scenario sets itself, has ends that are factors on it.
    """

    assumption: Assumption | DrivingFigure
    keys: tuple[str, ...]
    """Every place that has it, under any policy; they are moved together."""
    low: float
    high: float
    own: bool = False
    """The scenario sets one of them itself."""


@dataclass(frozen=True)
class Variants:
    """Policies, and the ranges of what is assumed in them."""

    scenarios: Mapping[str, Scenario]
    rows: Mapping[str, tuple[Assumed, ...]]
    """By policy, the register as it stands there."""
    ranges: tuple[Range, ...]
    levers: tuple[str, ...]
    """Key paths that the policies set differently: that is the question, not an assumption."""

    @property
    def policies(self) -> tuple[str, ...]:
        """The baseline first."""
        return tuple(self.scenarios)

    def simulations(
        self, policy: str
    ) -> Iterator[tuple[Scenario, tuple[tuple[End, Scenario], ...]]]:
        """What to simulate under a policy, each with the ends that its trace answers."""
        as_it_is = self.scenarios[policy]
        reads: list[tuple[End, Scenario]] = [(AS_ASSUMED, as_it_is)]
        for number, one in enumerate(self.ranges):
            low: End = (number, "low")
            for end, value in ((low, one.low), ((number, "high"), one.high)):
                changed = self._changed(policy, one, value)
                if changed is None:
                    continue
                if one.assumption.side == "answer":
                    reads.append((end, changed))
                else:
                    yield changed, ((end, changed),)
        yield as_it_is, tuple(reads)

    def _changed(self, policy: str, one: Range, value: float) -> Scenario | None:
        """The policy with an assumption at a value; None where that leaves it as it is."""
        scenario = self.scenarios[policy]
        if isinstance(one.assumption, DrivingFigure):
            return one.assumption.moved(scenario, value)
        changes: dict[str, Any] = {}
        for row in self.rows[policy]:
            if row.used and row.key in one.keys and row.assumption is one.assumption:
                changes |= change_to(row, scenario, value)
        changed = with_changes(scenario, changes) if changes else scenario
        return None if changed == scenario else changed


def variants_of(scenarios: Mapping[str, Scenario]) -> Variants:
    """Find what is assumed under any of the policies.

    Args:
        scenarios: by policy, its changes applied, the baseline first.
    """
    rows = {policy: assumptions(scenario) for policy, scenario in scenarios.items()}
    levers = _levers(rows)
    ranges = list(_assumed(scenarios, rows, levers))
    ranges += [
        Range(figure, (figure.key,), figure.low, figure.high, own=True)
        for figure in DRIVING_FIGURES
        if _drives(figure, scenarios)
    ]
    return Variants(scenarios, rows, tuple(ranges), levers)


def assumed_in(scenarios: Mapping[str, Scenario]) -> Variants:
    """The same without the driving figures, whose ranges are nobody's."""
    rows = {policy: assumptions(scenario) for policy, scenario in scenarios.items()}
    levers = _levers(rows)
    return Variants(scenarios, rows, tuple(_assumed(scenarios, rows, levers)), levers)


def _levers(rows: Mapping[str, tuple[Assumed, ...]]) -> tuple[str, ...]:
    values: dict[str, set[float]] = {}
    for found in rows.values():
        for row in found:
            if row.used:
                values.setdefault(row.key, set()).add(row.value)
    return tuple(key for key, given in values.items() if len(given) > 1)


def _assumed(
    scenarios: Mapping[str, Scenario],
    rows: Mapping[str, tuple[Assumed, ...]],
    levers: Sequence[str],
) -> Iterator[Range]:
    """The ranges of the register, each with the ends that every policy allows."""
    used = [row for found in rows.values() for row in found if row.used]
    for assumption in REGISTER:
        mine = [row for row in used if row.assumption is assumption and row.key not in levers]
        if mine:
            given = [float(row.value) for row in mine]
            low = min(assumption.low, *given)
            high = max(assumption.high, *given)
            if not _allowed(scenarios, rows, mine, low):
                low = min(given)
            if not _allowed(scenarios, rows, mine, high):
                high = max(given)
            keys = tuple(dict.fromkeys(row.key for row in mine))
            own = any(row.overridden for row in mine)
            yield Range(assumption, keys, low, high, own)


def _drives(figure: DrivingFigure, scenarios: Mapping[str, Scenario]) -> bool:
    """Whether any policy has the figure, and every policy that has it allows both ends."""
    there = [one for one in scenarios.values() if figure.make(one, figure.high)]
    return bool(there) and all(
        figure.moved(one, end) is not None for one in there for end in (figure.low, figure.high)
    )


def _allowed(
    scenarios: Mapping[str, Scenario],
    rows: Mapping[str, tuple[Assumed, ...]],
    mine: Sequence[Assumed],
    value: float,
) -> bool:
    """Whether every policy can have the value, next to what else it says."""
    return all(
        allows(row, scenarios[policy], value)
        for policy, found in rows.items()
        for row in found
        if row in mine
    )
