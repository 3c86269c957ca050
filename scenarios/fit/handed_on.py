"""Tickets that another group went on with: to whom, by the group that had each of them last."""

from dataclasses import dataclass

import numpy as np

from scenarios.fit.document import Document
from scenarios.fit.estimate import Estimate, share_of
from scenarios.records.columns import Flags
from scenarios.records.tickets import Tickets

PATH = "handed_on"
"""Name of the path of escalation."""
LEAST = 20
"""Fewer tickets handed on do not make a path."""
LEAST_ENTRY = 0.9
"""All tickets are taken to come into one group where it has so many of those not handed on."""
LEAST_TARGET = 0.05
"""Groups with a smaller share of those handed on are left out."""


@dataclass(frozen=True)
class HandedOn:
    """Where tickets of one reason come in, and who continues with them.

    Attributes:
        entry: Code of the group that takes them first.
        stays: Share that no other group continues.
        kept: Tickets of which this is known.
        stayed: Those of them that no other group went on with.
        targets: By code of the group, its share of the others, the largest first.
    """

    entry: int
    stays: Estimate
    kept: Flags
    stayed: Flags
    targets: dict[int, float]


def handed_on_of(records: Tickets, rows: Flags) -> HandedOn | None:
    """Where tickets go; None where the log does not show it.

    A log has the group that had a ticket last and how often it was handed on. Those that nobody
    handed on show into which group they come; where that is not one group, to whom a ticket was
    handed cannot be told from who had it at first.
    """
    known = rows & ~np.isnan(records.reassigned) & (records.group >= 0)
    first = known & (records.reassigned == 0)
    if len(records.group_names) < 2 or first.sum() < LEAST:
        return None
    entries = np.bincount(records.group[first])
    entry = int(entries.argmax())
    if entries[entry] < LEAST_ENTRY * first.sum():
        return None
    kept = known & ((records.reassigned > 0) | (records.group == entry))
    gone = kept & (records.group != entry)
    if gone.sum() < LEAST:
        return None
    counts = np.bincount(records.group[gone], minlength=len(records.group_names)) / gone.sum()
    targets = {int(code): float(counts[code]) for code in np.argsort(-counts, kind="stable")}
    targets = {code: share for code, share in targets.items() if share >= LEAST_TARGET}
    total = sum(targets.values())
    return HandedOn(
        entry,
        share_of(float(kept.sum() - gone.sum()), int(kept.sum())),
        kept,
        kept & ~gone,
        {code: share / total for code, share in targets.items()},
    )


def steps_of(handed: HandedOn, reason: str, names: tuple[str, ...]) -> list[Document]:
    """The steps of the path for one reason: each group's chance is of what those before leave."""
    steps: list[Document] = []
    left = 1.0
    for code, share in handed.targets.items():
        chance = min(share / left, 1.0)
        step: Document = {"step": "cold_transfer", "group": names[code], "reasons": [reason]}
        steps.append(step if chance > 0.9999 else step | {"chance": round(chance, 4)})
        left -= share
    if "chance" in steps[-1]:
        del steps[-1]["chance"]
    return steps
