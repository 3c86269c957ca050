"""Stacked bars in greys and one accent, and the key to them.

Colours belong to policies. Kinds of cost and ways of ending are told apart by lightness, dark next
to light, and by hatching, so that a print in grey and colour-blind eyes read the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from results.charts import sheets, style
from results.charts.lettering import mark
from results.charts.view import Readings

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BAR = 0.62
"""Height of a bar as a share of its row."""
ACCENT = "#005A8C"
_DARK, _LIGHT = "#4A4A4A", "#D2D2D2"
_HATCHES = ("", "///", "---", "\\\\\\", "xxx", "|||")
_LETTER_IN, _SMALL_LETTER_IN = 0.088, 0.07
"""Width that a letter of a number needs, in ordinary and in small letters."""
_SEEN = 0.004
"""A piece below this share of the bar is no wider than the line between its neighbours."""
_TOLD = 0.01
"""A piece of at least this share whose number does not fit has it above."""


class Shade(NamedTuple):
    """How the pieces of one name look."""

    colour: str
    hatch: str = ""

    @property
    def lines(self) -> str:
        """The colour of the hatching."""
        return _LIGHT if self.colour != _LIGHT else "#6A6A6A"


class Piece(NamedTuple):
    """A piece of a bar."""

    name: str
    size: float
    shade: Shade
    value: str = ""
    """Written on the piece if it is wide enough, else above it if it is no splinter."""
    margin: str = ""
    """Written below the value, smaller."""


def shades(names: Sequence[str], accent: str) -> Mapping[str, Shade]:
    """A shade for each name, neighbours dark and light; the accent for one of them.

    Args:
        names: in the order of the bars.
        accent: the name that matters most; may be missing.
    """
    # The accent is dark: what lies next to it is light.
    first = names.index(accent) % 2 if accent in names else 1
    found, used = {}, {_DARK: 0, _LIGHT: 0}
    for place, name in enumerate(names):
        if name == accent:
            found[name] = Shade(ACCENT)
            continue
        colour = _DARK if place % 2 == first else _LIGHT
        found[name] = Shade(colour, _HATCHES[used[colour] % len(_HATCHES)])
        used[colour] += 1
    return found


def stack(axes: Axes, row: int, pieces: Sequence[Piece], inch: float) -> None:
    """Lay the pieces of a bar side by side.

    Args:
        axes: to draw on.
        row: y of the bar.
        pieces: from left to right.
        inch: how much of the x axis an inch of paper shows.
    """
    left, written, whole = 0.0, -1.0, sum(piece.size for piece in pieces)
    for piece in pieces:
        _draw(axes, row, left, piece)
        middle = left + piece.size / 2.0
        letters = max(len(piece.value), 4)
        if piece.size >= (letters * _SMALL_LETTER_IN + 0.05) * inch:
            size = 9.5 if piece.size >= (letters * _LETTER_IN + 0.05) * inch else 7.5
            _write(axes, middle, row, piece, size)
        elif piece.value and piece.size >= _TOLD * whole:
            half = 0.5 * letters * 0.062 * inch
            if middle - half > written:
                _write_above(axes, middle, row, piece)
                written = middle + half
        left += piece.size


def _draw(axes: Axes, row: int, left: float, piece: Piece) -> None:
    axes.barh(
        row,
        piece.size,
        height=BAR,
        left=left,
        color=piece.shade.colour,
        edgecolor="white",
        linewidth=0.7,
        gid=mark("piece", piece.name),
    )
    if piece.shade.hatch and piece.size > 0.0:
        axes.barh(
            row,
            piece.size,
            height=BAR,
            left=left,
            facecolor="none",
            edgecolor=piece.shade.lines,
            hatch=piece.shade.hatch,
            linewidth=0.0,
            gid=mark("hatch", piece.name),
        )


def is_seen(readings: Readings, whole: float) -> bool:
    """Whether a piece is wide enough under any policy to need a name."""
    return any(reading.level.mean > _SEEN * whole for reading in readings.values())


def key(page: sheets.Sheet, names: Sequence[tuple[str, Shade]], columns: int) -> None:
    """Name the shades above the picture, in the order of the bars, row by row.

    Args:
        page: with room above the picture.
        names: title and shade of each piece.
        columns: names in a row.
    """
    from matplotlib.patches import Patch

    # The legend fills column by column, the reader reads row by row.
    order = [number for first in range(columns) for number in range(first, len(names), columns)]
    handles = [
        Patch(
            facecolor=shade.colour,
            hatch=shade.hatch or None,
            edgecolor=shade.lines if shade.hatch else shade.colour,
            linewidth=0.0,
        )
        for shade in (names[number][1] for number in order)
    ]
    page.figure.legend(
        handles=handles,
        labels=[names[number][0] for number in order],
        ncols=columns,
        loc="upper left",
        bbox_to_anchor=(0.28 / page.width_in, 1.0 - (page.head_in - 0.08) / page.height_in),
        frameon=False,
        borderpad=0.0,
        borderaxespad=0.0,
        handlelength=1.3,
        handleheight=0.9,
        columnspacing=1.6,
        fontsize=style.LETTER_PT - 0.5,
        labelcolor=style.INK,
    )


def _write(axes: Axes, x: float, row: int, piece: Piece, size: float) -> None:
    ground = {"facecolor": piece.shade.colour, "edgecolor": "none", "pad": 1.0}
    for text, up, points in (
        (piece.value, 5 if piece.margin else 0, size),
        (piece.margin, -6, 7.0),
    ):
        if text:
            axes.annotate(
                text,
                (x, row),
                xytext=(0, up),
                textcoords="offset points",
                ha="center",
                va="center",
                size=points,
                color=style.on_colour(piece.shade.colour),
                bbox=ground if piece.shade.hatch else None,
            )


def _write_above(axes: Axes, x: float, row: int, piece: Piece) -> None:
    axes.annotate(
        piece.value,
        (x, row - BAR / 2.0),
        xytext=(0, 1.5),
        textcoords="offset points",
        ha="center",
        va="bottom",
        size=7.0,
        color=style.INK,
        annotation_clip=False,
    )
