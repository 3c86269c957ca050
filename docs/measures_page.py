"""Write docs/measures.md from the registry of measures: `python docs/measures_page.py`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from results.measures.definition import Measure
from results.measures.registry import ROOMS, summarise
from scenarios import load
from scenarios.parts.channels import CHANNELS
from sim import Trace

PAGE = Path(__file__).with_name("measures.md")

HEAD = """# Measures

Every measure with its equation, made from the registry (`python docs/measures_page.py`); `firstline
measures NAME` shows one, and [measures that have changed](measures-changed.md) says what meant
something else before.

A contact belongs to the interval in which it arrived, and everything that arrived during the
warm-up is left out. A case counts when it began after the warm-up. *Over* says for which parts of
a centre a measure exists: the **whole** centre, all **complaints**, each **reason**, **channel**,
**queue**, **group** and **tier**, and each **cause** of failure demand; outside of these it is
undefined. A *group* or tier has what its agents answered. A *queue* has what was offered to a
group, no matter who answered: the first group of a reason, or the target of a transfer or promise.
Who overflows and is answered elsewhere is offered and answered in the own queue, with the whole
wait; who hangs up has abandoned in the own queue only; a leg that keeps a promise is in no
service level, wait or abandonment. A warm transfer that nobody answers is hold of the agent who
asked, and in no queue.

*Undefined* says when a measure is "–" (an empty cell in files) although it exists: *of nothing*,
where there is nothing to take the share or the mean of, or the section of the scenario that it
needs is left out. One that is *never* undefined is 0 then; how many wait is undefined as well
where neither voice nor chat is ever open, or nobody comes by them. Means over replications leave
out those in which a measure is undefined. What follows cases to their end is not shown *over part
of a horizon* (`horizon.part_of_days`, a what-if over one day) that cases can outlast.
"""

UNITS = {"s": "seconds", "hours": "hours", "share": "share", "count": "number", "money": "money"}
PARTS = {"all": "whole"}


def page() -> str:
    """The whole page as Markdown."""
    empty = _values_of_nothing()
    lines = [HEAD]
    for room in ROOMS:
        lines += [*_heading(room), "| measure | equation | unit | over | undefined |"]
        lines += ["| --- | --- | --- | --- | --- |"]
        lines += [_measure(one, undefined=math.isnan(empty[one.name])) for one in room.MEASURES]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _heading(room: ModuleType) -> list[str]:
    """What a module of measures says of itself: a heading, and who and what is counted."""
    first, *more = (room.__doc__ or "").strip().split("\n\n")
    title, _, rest = " ".join(first.split()).partition(": ")
    said = [f"{rest[:1].upper()}{rest[1:]}", *(" ".join(each.split()) for each in more)]
    return [f"## {title}", "", *(line for each in said if each for line in (each, ""))]


def _measure(one: Measure, *, undefined: bool) -> str:
    better = f"; {one.better} is better" if one.better else ""
    cells = (
        f"`{one.name}` {one.title}",
        f"{one.equation} ({one.source})",
        UNITS[one.unit] + better,
        ", ".join(PARTS.get(kind, kind) for kind in one.scope),
        "; ".join(
            [
                "of nothing" if undefined else "never",
                *(["over part of a horizon"] if one.follows_cases else []),
                *([f"over less than {one.least_days:g} days"] if one.least_days else []),
            ]
        ),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _values_of_nothing() -> Mapping[str, float]:
    """Every measure of a centre, open day and night, in which nothing happens."""
    scenario = load("textbook")
    names = tuple(scenario.reasons), CHANNELS, tuple(scenario.groups)
    nothing = Trace(*names, kinds=(), agents=(), horizon_s=86_400.0, warm_up_s=0.0)
    return summarise(scenario, nothing, kinds=("all",)).values["all", ""]


def write() -> None:
    """Write the page next to this script."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
