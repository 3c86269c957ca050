"""The roster of a group changed as a whole: more or fewer people over its shifts or intervals.

``groups.NAME.heads += 2`` changes how many people a group has, however they are planned. Where
there is one number, that number changes. Over shifts, two people more are hired: they go to the
shift lines in proportion to their people, the largest first, and the lines of a crew move together.
By interval, two more are on duty in every interval in which anybody is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from scenarios.policies.relative_changes import place_of, split

Roster = dict[str, Any]
"""A group as a document has it."""

HEADS = "heads"
_PERSONS = "persons"
_SHIFTS, _BY_INTERVAL = "shifts", "heads_by_interval"


def is_planned_in_parts(group: object) -> bool:
    """Whether a group's people are planned by shift or interval, and not as one number."""
    return isinstance(group, dict) and any(
        isinstance(group.get(key), dict) for key in (_SHIFTS, _BY_INTERVAL)
    )


def planned(group: Roster) -> str:
    """How many people a group has that is planned by shift or interval, as a phrase."""
    if isinstance(group.get(_SHIFTS), dict):
        return f"{sum(crews_of(group[_SHIFTS]).values())} people in shifts"
    return "its people by interval"


def persons_of(group: object) -> int:
    """How many people a group has that is a table of persons; 0 where it is none."""
    persons = group.get(_PERSONS) if isinstance(group, dict) else None
    return len(persons.get("by_name", ())) if isinstance(persons, dict) else 0


def reached_by(key: str) -> tuple[tuple[str, ...], ...]:
    """The key paths that a change reaches: with a sign, ``groups.NAME.heads`` is the whole roster.

    Empty when the key is no key path.
    """
    path = place_of(key)
    if path is None:
        return ()
    if split(key)[1] and path[0] == "groups" and path[2:] == (HEADS,):
        return path, (*path[:2], _SHIFTS), (*path[:2], _BY_INTERVAL)
    return (path,)


def crews_of(shifts: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """People by crew; the shift lines of a crew are worked by the same people."""
    crews: dict[str, int] = {}
    for line, shift in shifts.items():
        crew = shift.get("crew") or line
        crews[crew] = max(crews.get(crew, 0), shift.get(HEADS, 0))
    return crews


def spread(crews: Mapping[str, int], total: int) -> dict[str, int]:
    """So many people over crews, in proportion to what there is.

    One at a time, always to or from the crew that is farthest from its proportion (the method of
    Sainte-Laguë, begun at what there is), so that two more people are one more and another one.

    Args:
        crews: people by crew; where nobody is, all are alike.
        total: not below 0.
    """
    sizes = dict(crews)
    if not sizes:
        return sizes
    weights = crews if any(crews.values()) else dict.fromkeys(crews, 1)
    if total > sum(sizes.values()):
        each = total / sum(weights.values())
        sizes = {crew: max(size, int(weights[crew] * each) - 1) for crew, size in sizes.items()}
    while (missing := total - sum(sizes.values())) != 0:
        if missing > 0:
            sizes[max(sizes, key=lambda crew: weights[crew] / (sizes[crew] + 0.5))] += 1
        else:
            there = [crew for crew in sizes if sizes[crew]]
            sizes[max(there, key=lambda crew: (sizes[crew] - 0.5) / weights[crew])] -= 1
    return sizes


def change(group: Roster, by: Callable[[float], float]) -> None:
    """Change the people of a group in place.

    Args:
        group: planned by shift or interval.
        by: what a number of people becomes.

    Raises:
        ValueError: there would be fewer than nobody; says so.
    """
    if isinstance(group.get(_SHIFTS), dict):
        _change_shifts(group[_SHIFTS], by)
        return
    rows = group[_BY_INTERVAL][HEADS]
    for day, row in rows.items():
        rows[day] = [int(by(heads)) if heads else 0 for heads in row]
        if any(heads < 0 for heads in rows[day]):
            fewest = min(filter(None, row))
            raise ValueError(
                f"leaves {min(rows[day])} on duty in an interval: on {day} one has {fewest}"
            )


def _change_shifts(shifts: dict[str, dict[str, Any]], by: Callable[[float], float]) -> None:
    crews = crews_of(shifts)
    before = sum(crews.values())
    total = int(by(before))
    if total < 0:
        raise ValueError(f"leaves {total} people: there are {before} in its shifts")
    sizes = spread(crews, total)
    for line, shift in shifts.items():
        crew = shift.get("crew") or line
        if sizes[crew] != crews[crew]:
            shift[HEADS] = sizes[crew]
