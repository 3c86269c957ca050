"""Why a policy differs, in a sentence: only parts that are certain, the biggest of each first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from results.reading import format as words
from results.reading.names import in_a_sentence
from results.why.account import Account, Accounting, Line
from results.why.parts import PARTS, AccountName

_MOST: Mapping[AccountName, int] = MappingProxyType(
    {"agents": 2, "supervisors": 1, "contacts": 2, "cases": 1, "money": 2}
)
"""Parts of an account that are said; the table has the others."""

_OF_A_TITLE = ("agents", "contacts")
"""Accounts that a title speaks of, where anything in them is certain."""

_COUNTED = ("contacts", "cases")
"""Accounts whose total is said where it moves the other way."""

_WITHOUT_TENTHS = 10.0

NOTHING = "no part of the difference is certain and large enough to matter"


def why_differs(found: Accounting) -> str:
    """The question that the accounts answer, as a heading."""
    return f"Why {in_a_sentence(found.title)} differs from {in_a_sentence(found.baseline_title)}"


def sentence(found: Accounting) -> str:
    """What the difference comes from, in a manager's words."""
    name = in_a_sentence(found.title)
    if found.replications < 2:
        return f"{name}: with one replication a difference may be chance; run more."
    said = (_clause(found, account, _MOST[account.name]) for account in found.accounts)
    clauses = [clause for clause in said if clause]
    if not clauses:
        over = f"over {found.replications} replications, among {found.claims} claims"
        return f"{name}: {NOTHING} {over}."
    return f"{name}: {'; '.join(clauses)}."


def headline(found: Accounting) -> str:
    """The same in the few words of a title, the policy by its title."""
    in_order = sorted(found.accounts, key=lambda account: account.name not in _OF_A_TITLE)
    said = [clause for account in in_order if (clause := _clause(found, account, 1))]
    return f"{found.title} – {', '.join(said[:2]) or NOTHING}"


def certain(account: Account) -> list[Line]:
    """The parts that are certain, the biggest first."""
    there = [line for line in account.lines if line.certain and not _is_nothing(account, line)]
    return sorted(there, key=lambda line: -abs(line.difference.estimate.mean))


def _clause(found: Accounting, account: Account, most: int) -> str:
    """The biggest parts of an account; empty where none is certain."""
    if account.name == "money" and found.values_differ:
        return ""
    lines = certain(account)[:most]
    who = "supervisors and experts: " if account.name == "supervisors" and lines else ""
    said = [*_said(found, account, lines), *_in_all(account, lines)]
    return who + ", ".join(said)


def _said(found: Accounting, account: Account, lines: list[Line]) -> Iterator[str]:
    for number, line in enumerate(lines):
        part, moved = PARTS[account.name][line.part], line.difference.estimate.mean
        rounded = round(moved) if abs(moved) >= _WITHOUT_TENTHS else moved
        size = words.size(rounded, account.unit, found.currency)
        per = "" if number else f" {account.per}"
        yield part.said(size, per, less=moved < 0.0)


def _in_all(account: Account, lines: list[Line]) -> Iterator[str]:
    """The whole of a count, where it moves against its biggest certain part.

    "184 redials do not come" would mislead where other contacts come instead.
    """
    whole = account.total.difference
    if account.name not in _COUNTED or not lines or not whole.clear:
        return
    moved = whole.estimate.mean
    if (moved < 0.0) != (lines[0].difference.estimate.mean < 0.0):
        size = words.size(round(moved), account.unit)
        yield f"but in all {size} {'fewer' if moved < 0.0 else 'more'} {account.name}"


def _is_nothing(account: Account, line: Line) -> bool:
    return words.is_nothing(words.size(line.difference.estimate.mean, account.unit))
