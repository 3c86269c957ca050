"""The accounts as they are read: a row for each part, written with its unit, the biggest first."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from results.reading import format as words
from results.reading.names import in_a_sentence
from results.reading.notation import Notation, row_notation
from results.why.account import Account, Accounting, Line

CERTAIN = "≠"
"""The sign of a part that differs for certain."""


@dataclass(frozen=True)
class Row:
    """A part with its amounts, ready to be read; they add up to the last row."""

    title: str
    base: str
    policy: str
    change: str
    margin: str
    """Of the change; empty without an interval."""
    mark: str
    """Empty where the change is not certain."""
    whole: bool = False
    """All parts together."""


def rows(found: Accounting, account: Account) -> Iterator[Row]:
    """The parts from the biggest difference to the smallest, those without one together, the whole.

    Args:
        found: why a policy differs.
        account: one of its accounts.
    """
    moved = moved_in(found, account)
    for line in sorted(moved, key=lambda line: -abs(line.difference.estimate.mean)):
        yield _row(found, account, line)
    still = [line for line in account.lines if line not in moved]
    if still:
        title = still[0].title if len(still) == 1 else f"The same: {len(still)} other parts"
        base, policy = (math.fsum(getattr(line, of) for line in still) for of in ("base", "policy"))
        yield Row(title, _amount(found, account, base), _amount(found, account, policy), "", "", "")
    yield _row(found, account, account.total)


def moved_in(found: Accounting, account: Account) -> list[Line]:
    """The parts whose difference is not written as nothing."""
    return [line for line in account.lines if not words.is_nothing(change_of(found, account, line))]


def legend(found: Accounting) -> str:
    """How the rows are read, in sentences."""
    if found.replications < 2:
        return "One replication: differences may be chance."
    base = in_a_sentence(found.baseline_title)
    return (
        f"Differences from {base} within the same replication, with paired intervals; in "
        f"each account the parts add up to the whole. {CERTAIN} differs for certain among "
        f"{found.claims} claims, and by as much as matters."
    )


def change_of(found: Accounting, account: Account, line: Line) -> str:
    """The difference of a part with its sign, without the unit that stands in the heading."""
    return words.change(line.difference.estimate.mean, _unit(account), found.currency)


def written_in(found: Accounting, account: Account, line: Line) -> Notation:
    """How the amounts of a part, its difference and its margin are written next to each other."""
    moved = line.difference.estimate.mean
    told = [] if words.is_nothing(change_of(found, account, line)) else [moved]
    return row_notation((line.base, line.policy), told, _unit(account), found.currency)


def _row(found: Accounting, account: Account, line: Line) -> Row:
    moved = line.difference.estimate
    written = written_in(found, account, line)
    return Row(
        title=line.title,
        base=written.value(line.base),
        policy=written.value(line.policy),
        change=written.change(moved.mean),
        margin=written.margin(moved.half_width) if moved.half_width > 0 else "",
        mark=CERTAIN if line.certain else "",
        whole=line is account.total,
    )


def _amount(found: Accounting, account: Account, amount: float) -> str:
    return words.value(amount, _unit(account), found.currency)


def _unit(account: Account) -> str:
    """Hours are numbers here: their unit is in the heading."""
    return "money" if account.unit == "money" else "count"
