"""Every case that is shipped, by group and by name."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache

from results.validation import (
    callbacks,
    days,
    erlang_c,
    handle_times,
    histories,
    limited,
    patience,
    priorities,
    queue_rules,
    returns,
    skills,
    tiers,
    transfers,
)
from results.validation.case import Case, Group, History

GROUPS = (
    Group("Erlang B: who finds no line is lost", limited.BLOCKING),
    Group("Erlang C: customers wait until they are answered", erlang_c.CASES),
    Group("Limited lines: some wait, some find no line", limited.LINES),
    Group("Other handle times: the spread lengthens the wait", handle_times.CASES),
    Group("Erlang A: customers hang up when their patience is over", patience.CASES),
    Group("Priority: the more important, the shorter the wait", priorities.CASES),
    Group("Returns: redials and repeat calls", returns.CASES),
    Group("Callbacks: they wait as a lower class", callbacks.CASES),
    Group("Skills: groups that help out, agents who differ", skills.CASES),
    Group("Tiers: transfers, gatekeepers, authority", (*tiers.CASES, *transfers.CASES)),
    Group("Rules on the queue: help, agents kept free, places, mail", queue_rules.CASES),
    Group("From empty to full: exact transients", days.FILLING),
    Group("Whole days: as others computed or simulated them", days.PUBLISHED),
    Group("Short histories: event by event, as others tell them", histories.CASES),
)


@cache
def cases() -> Mapping[str, Case | History]:
    """Every case by its name, in the order in which they are shown."""
    return {case.name: case for group in GROUPS for case in group.cases}


def group_of(name: str) -> str:
    """The heading under which a case is shown."""
    return next(g.title for g in GROUPS if any(case.name == name for case in g.cases))


def is_run(case: Case | History, *, long: bool) -> bool:
    """Whether there is anything to compare in a set."""
    if isinstance(case, History) or case.compute is not None:
        return True
    return case.length(long=long) is not None


def chosen(pattern: str, *, long: bool) -> list[str]:
    """The names of a set that are meant by a name or a pattern with ``*``, in any case of letters.

    Args:
        pattern: a name, or a beginning with ``*``.
        long: of the long set.
    """
    return [
        name
        for name, case in cases().items()
        if is_run(case, long=long) and fnmatchcase(name.lower(), pattern.lower())
    ]


@cache
def figures_simulated(*, long: bool) -> int:
    """How many figures a set simulates: those that its false alarms are shared among."""
    return sum(
        len(case.simulated())
        for case in cases().values()
        if isinstance(case, Case) and case.length(long=long) is not None
    )
