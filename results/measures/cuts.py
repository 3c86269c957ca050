"""Cuts: how the rows of a centre are divided into the parts for which measures are computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from results.facts.facts import TABLES, Facts
from results.facts.rows import Rows
from results.measures.slice import Codes, CutKind, Flags, Slice


def whole(facts: Facts, kind: CutKind = "all") -> Slice:
    """The whole centre, counted as the cuts of a kind are."""
    return Slice((kind, ""), facts, np.ones(len(facts.trace.groups), dtype=np.bool_))


def divided(
    facts: Facts,
    kind: CutKind,
    names: Sequence[str],
    cut_of: Callable[[Rows], Codes | None],
    groups: Flags | None = None,
) -> list[Slice]:
    """The cuts of one kind; the rows of every table are grouped once for all of them.

    Args:
        facts: of the whole centre.
        kind: of cut.
        names: of the cuts.
        cut_of: the number of the cut of each row, below zero for none; None where the rows belong
            to every cut.
        groups: groups whose agent time counts, shape (cuts, groups); none when left out.
    """
    tables: dict[str, Any] = {}
    for name in TABLES:
        rows: Rows = getattr(facts, name)
        cut = cut_of(rows)
        tables[name] = rows if cut is None else rows.grouped(cut, len(names))
    together = whole(replace(facts, **tables), kind)
    if groups is None:
        groups = np.zeros((len(names), len(together.groups)), dtype=np.bool_)
    return [
        Slice((kind, name), facts, groups[number], together, number)
        for number, name in enumerate(names)
    ]


def by_column(name: str, first: int = 0) -> Callable[[Rows], Codes]:
    """Each row belongs to the cut that a column of codes says; those without the column to none.

    Args:
        name: of the column.
        first: the code of the first cut.
    """
    return lambda rows: rows[name] - first if name in rows else np.full(len(rows), -1)


def slices(facts: Facts, kind: CutKind) -> list[Slice]:
    """Every cut of a kind: the whole, the complaints, or each reason, channel, queue and so on."""
    trace = facts.trace
    if kind == "all":
        return [whole(facts)]
    if kind == "complaints":
        return divided(facts, kind, ("",), by_column("complaint", first=1))
    if kind == "tier":
        return _tiers(facts)
    if kind == "queue":
        of_queues = replace(facts, contacts=facts.queue_legs)
        return divided(of_queues, kind, trace.groups, by_column(kind))
    names = {"reason": trace.reasons, "channel": trace.channels, "group": trace.groups}[kind]
    each = np.eye(len(trace.groups), dtype=np.bool_) if kind == "group" else None
    return divided(facts, kind, names, by_column(kind), each)


def _tiers(facts: Facts) -> list[Slice]:
    groups = facts.trace.groups
    tier_of = np.array([facts.scenario.groups[name].tier for name in groups], dtype=np.int64)
    tiers = np.unique(tier_of)
    # Tier 0 is that of nobody: it stands before all others.
    number_of = np.searchsorted(tiers, np.arange(tiers.max(initial=0) + 1))
    number_of[0] = -1
    names = [str(tier) for tier in tiers]
    of_tiers = tier_of == tiers[:, None]
    return divided(facts, "tier", names, lambda rows: number_of[rows["tier"]], of_tiers)
