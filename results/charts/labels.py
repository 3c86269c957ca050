"""Names next to points, so that no name lies on a point or on another name.

Every name tries places around its point, near ones first, and takes the one that costs least:
lying on something costs most, then being far away. The names move in turns until none wants to.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from results.charts.style import INK, LETTER_PT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation

_DISTANCES_PT = (9.0, 16.0, 26.0, 40.0, 58.0, 80.0, 110.0, 150.0)
_DIRECTIONS = 16
_POINT_PT = 6.0
"""Half the side of the square that a point's sign fills."""
_LEADER_FROM_PT = 20.0
_LEADER = {
    "arrowstyle": "-",
    "color": "#9A9A9A",
    "linewidth": 0.7,
    "shrinkA": 0.0,
    "shrinkB": _POINT_PT,
}
_TURNS = 6
_FORBIDDEN = 1e6
_ON_A_LINE = 60.0
"""Lying on a whisker is as bad as being so many points further away."""
_AIR_PT = 4.0
"""A name closer than this to the whisker of another point seems to be that point's."""

Line = tuple[tuple[float, float], tuple[float, float]]
"""Two ends in data coordinates."""


class Box(NamedTuple):
    """A rectangle in points, from the lower left corner of the axes."""

    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: Box) -> bool:
        """True when the two share any room."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def inside(self, other: Box) -> bool:
        """True when no part lies outside the other."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.bottom >= other.bottom
            and self.top <= other.top
        )


class Name(NamedTuple):
    """What is written next to a point; may have several lines."""

    text: str
    colour: str = INK
    bold: bool = False


class Spot(NamedTuple):
    """A point to be named: where it is, how large its name is, and its own whiskers."""

    x: float
    y: float
    width: float
    height: float


def name_points(
    axes: Axes,
    points: Sequence[tuple[float, float]],
    names: Sequence[Name],
    lines: Sequence[Line] = (),
    other: Annotation | None = None,
) -> list[Annotation]:
    """Write each name next to its point; a line leads to a name that had to stand further off.

    Args:
        axes: with its limits final.
        points: in data coordinates, shape (n, 2).
        names: one for each point.
        lines: whiskers, upright or level, that names should not lie on; in data coordinates.
        other: a text that is there already.
    """
    spots = [
        Spot(*_in_points(axes, point), *_measured(axes, name))
        for point, name in zip(points, names, strict=True)
    ]
    scale = _points_per_pixel(axes)
    frame = axes.get_window_extent()
    room = Box(0.0, 0.0, frame.width * scale, frame.height * scale)
    half = _POINT_PT
    marks = [Box(s.x - half, s.y - half, s.x + half, s.y + half) for s in spots]
    marks += [] if other is None else [_extent(axes, other)]
    places = _places(room, spots, marks, [_box_of(axes, line) for line in lines])
    return [
        _written(axes, name, point, spot, place)
        for name, point, spot, place in zip(names, points, spots, places, strict=True)
    ]


def _written(
    axes: Axes, name: Name, point: tuple[float, float], spot: Spot, place: tuple[float, float]
) -> Annotation:
    return axes.annotate(
        name.text,
        point,
        xytext=(place[0] - spot.x, place[1] - spot.y),
        textcoords="offset points",
        ha="center",
        va="center",
        color=name.colour,
        arrowprops=_LEADER if _is_led(spot, place) else None,
        zorder=7,
        **_letters(name),
    )


def _letters(name: Name) -> dict[str, Any]:
    weight = "bold" if name.bold else "normal"
    return {"size": LETTER_PT, "weight": weight, "linespacing": 1.05}


def _measured(axes: Axes, name: Name) -> tuple[float, float]:
    """Width and height that a name takes, in points, with a little air around it."""
    text = axes.text(0.0, 0.0, name.text, **_letters(name))
    extent = text.get_window_extent()
    text.remove()
    scale = _points_per_pixel(axes)
    return extent.width * scale + 4.0, extent.height * scale + 2.0


def _points_per_pixel(axes: Axes) -> float:
    figure = axes.get_figure(root=True)
    assert figure is not None, "axes on no page have no size"
    return 72.0 / figure.dpi


def _in_points(axes: Axes, point: tuple[float, float]) -> tuple[float, float]:
    """Where a point of the data lies, in points from the lower left corner of the axes."""
    frame, scale = axes.get_window_extent(), _points_per_pixel(axes)
    x, y = axes.transData.transform(point)
    return (x - frame.x0) * scale, (y - frame.y0) * scale


def _extent(axes: Axes, text: Annotation) -> Box:
    """The room that a text with its arrow takes, in points."""
    frame, scale, extent = axes.get_window_extent(), _points_per_pixel(axes), text.get_tightbbox()
    assert extent is not None, "a text that is shown has a size"
    left, bottom = (extent.x0 - frame.x0) * scale, (extent.y0 - frame.y0) * scale
    return Box(left, bottom, left + extent.width * scale, bottom + extent.height * scale)


def _box_of(axes: Axes, line: Line) -> Box:
    (x0, y0), (x1, y1) = (_in_points(axes, end) for end in line)
    air = _AIR_PT
    return Box(min(x0, x1) - air, min(y0, y1) - air, max(x0, x1) + air, max(y0, y1) + air)


def _places(
    room: Box, spots: Sequence[Spot], marks: Sequence[Box], lines: Sequence[Box]
) -> list[tuple[float, float]]:
    """Where the middle of each name goes, in points; the marks are the signs, then other things."""
    places = [_candidates(spot)[0] for spot in spots]
    for _ in range(_TURNS):
        before = list(places)
        for number, spot in enumerate(spots):
            taken = [_box(other, place) for other, place in zip(spots, places, strict=True)]
            others = [*taken[:number], *taken[number + 1 :], *marks[:number], *marks[number + 1 :]]
            places[number] = min(
                _candidates(spot),
                key=lambda place: (
                    _cost(spot, _box(spot, place), room, [*others, marks[number]], lines)
                    + _ON_A_LINE * _led_across(spot, place, others)
                ),
            )
        if places == before:
            break
    return places


def _candidates(spot: Spot) -> list[tuple[float, float]]:
    """Places around a point, so that the name's edge is at one of the distances; right first."""
    places = []
    for distance in _DISTANCES_PT:
        for number in range(_DIRECTIONS):
            angle = 2.0 * math.pi * number / _DIRECTIONS
            x = spot.x + math.cos(angle) * (distance + spot.width / 2.0)
            y = spot.y + math.sin(angle) * (distance + spot.height / 2.0)
            places.append((x, y))
        # Between two whiskers of the point, close to where they cross.
        off = distance / math.sqrt(2.0)
        places += [
            (spot.x + right * (off + spot.width / 2.0), spot.y + up * (off + spot.height / 2.0))
            for right, up in ((1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0))
        ]
    return places


def _cost(spot: Spot, box: Box, room: Box, taken: Sequence[Box], lines: Sequence[Box]) -> float:
    cost = _gap(spot, box)
    cost += _FORBIDDEN * sum(box.overlap(other) for other in taken)
    cost += _FORBIDDEN * (not box.inside(room))
    return cost + _ON_A_LINE * sum(box.overlap(line) for line in lines)


def _is_led(spot: Spot, place: tuple[float, float]) -> bool:
    """Whether a name stands so far off that a line leads to it."""
    return _gap(spot, _box(spot, place)) > _LEADER_FROM_PT


def _led_across(spot: Spot, place: tuple[float, float], others: Sequence[Box]) -> int:
    """How many other names and signs the line from a point to its name runs across."""
    if not _is_led(spot, place):
        return 0
    steps = [step / 8.0 for step in range(1, 8)]
    way = [(spot.x + s * (place[0] - spot.x), spot.y + s * (place[1] - spot.y)) for s in steps]
    return sum(
        any(other.left < x < other.right and other.bottom < y < other.top for x, y in way)
        for other in others
    )


def _box(spot: Spot, middle: tuple[float, float]) -> Box:
    (x, y), width, height = middle, spot.width / 2.0, spot.height / 2.0
    return Box(x - width, y - height, x + width, y + height)


def _gap(spot: Spot, box: Box) -> float:
    """Distance from a point to the nearest edge of its name."""
    across = max(box.left - spot.x, spot.x - box.right, 0.0)
    up = max(box.bottom - spot.y, spot.y - box.top, 0.0)
    return math.hypot(across, up)
