"""Stacked bars, and the key to their colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from results.charts import style
from results.charts.lettering import mark
from results.charts.view import Readings

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BAR = 0.62
"""Height of a bar as a share of its row."""
_NUMBER_IN, _SMALL_NUMBER_IN = 0.44, 0.33
"""Width that a number needs, in ordinary and in small letters, if it is no longer than usual."""
_DEFAULT_LETTERS = 5
_SEEN = 0.004
"""A piece below this share of the bar is no wider than the line between its neighbours."""


class Piece(NamedTuple):
    """A piece of a bar."""

    name: str
    size: float
    colour: str
    value: str = ""
    """Written on the piece if it is wide enough."""
    margin: str = ""
    """Written below the value, smaller."""


def stack(axes: Axes, row: int, pieces: Sequence[Piece], inch: float) -> None:
    """Lay the pieces of a bar side by side.

    Args:
        axes: to draw on.
        row: y of the bar.
        pieces: from left to right.
        inch: how much of the x axis an inch of paper shows.
    """
    left = 0.0
    for piece in pieces:
        axes.barh(
            row,
            piece.size,
            height=BAR,
            left=left,
            color=piece.colour,
            edgecolor="white",
            linewidth=0.7,
            gid=mark("piece", piece.name),
        )
        letters = max(len(piece.value), _DEFAULT_LETTERS) / _DEFAULT_LETTERS
        if piece.size >= _SMALL_NUMBER_IN * letters * inch:
            size = 9.5 if piece.size >= _NUMBER_IN * letters * inch else 7.5
            _write(axes, left + piece.size / 2.0, row, piece, size)
        left += piece.size


def is_seen(readings: Readings, whole: float) -> bool:
    """Whether a piece is wide enough under any policy to need a name."""
    return any(reading.level.mean > _SEEN * whole for reading in readings.values())


def key(page: style.Sheet, names: Sequence[tuple[str, str]], columns: int) -> None:
    """Name the colours above the picture, in the order of the bars, row by row.

    Args:
        page: with room above the picture.
        names: title and colour of each piece.
        columns: names in a row.
    """
    from matplotlib.patches import Patch

    # The legend fills column by column, the reader reads row by row.
    order = [number for first in range(columns) for number in range(first, len(names), columns)]
    page.figure.legend(
        handles=[Patch(color=names[number][1]) for number in order],
        labels=[names[number][0] for number in order],
        ncols=columns,
        loc="upper left",
        bbox_to_anchor=(0.28 / page.width_in, 1.0 - (page.head_in - 0.08) / page.height_in),
        frameon=False,
        borderpad=0.0,
        borderaxespad=0.0,
        handlelength=0.9,
        handleheight=0.9,
        columnspacing=1.6,
        fontsize=style.LETTER_PT - 0.5,
        labelcolor=style.INK,
    )


def _write(axes: Axes, x: float, row: int, piece: Piece, size: float) -> None:
    colour = style.on_colour(piece.colour)
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
                color=colour,
            )
