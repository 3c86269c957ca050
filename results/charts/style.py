"""The look of every chart: colours, signs, letters, and the page around the picture.

Colours are those of Okabe & Ito (Color Universal Design, 2008), which people with colour-blind
eyes tell apart; yellow is left out because it vanishes on white. Every colour comes with a sign of
its own, so that a print in grey says the same.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from results.charts import lettering
from results.letters import counted, uncounted
from results.reading.signs import Sign

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.gridspec import GridSpec

INK = "#222222"
MUTED = "#5F5F5F"
GRID = "#E4E4E4"
GOOD = "#007A5C"
"""Okabe and Ito's bluish green, darkened until small letters in it can be read."""
BASELINE = "#6E6E6E"

BLUE, VERMILLION, GREEN = "#0072B2", "#D55E00", "#009E73"
PURPLE, ORANGE, SKY = "#CC79A7", "#E69F00", "#56B4E9"

TITLE_PT, LETTER_PT, SMALL_PT = 15.0, 10.0, 8.5
DPI = 150
_TITLE_LINE_IN, _SMALL_LINE_IN = 0.29, 0.165
_FONT = f"'{lettering.FONT}'"
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=%|(?:s|min|h|days|points|k|M)\b)|(?<=\bmin) (?=\d)")
_EDGE_IN = 0.3
_HEAD_GAP_IN, _FOOT_GAP_IN = 0.2, 0.2


def wrapped(name: str, width: int = 22, most: int | None = None) -> str:
    """A name in lines, broken after hyphens, underscores and blanks.

    Args:
        name: of a policy, say.
        width: most letters in a line; a letter of Chinese, say, is as wide as two.
        most: most lines; of a longer name the middle is left out. None is as many as it takes.
    """
    letters = counted(name)
    lines = _broken(letters, width)
    room = len(letters) if most is None else min(len(letters), most * width)
    while most is not None and len(lines) > most:
        room -= 1
        head = 2 * room // 3
        lines = _broken(f"{letters[:head]}…{letters[len(letters) - room + head :]}", width)
    return uncounted("\n".join(line.rstrip() for line in lines))


def _broken(name: str, width: int) -> list[str]:
    lines = [""]
    for word in re.findall(r"[^-_ ]*[-_ ]*", name):
        for piece in (word[at : at + width] for at in range(0, len(word), width)):
            if lines[-1] and len((lines[-1] + piece).rstrip()) > width:
                lines.append("")
            lines[-1] += piece
    return lines


@dataclass(frozen=True)
class Sheet:
    """A page: the message on top, the source at the foot, and the room between them."""

    figure: Figure
    width_in: float
    height_in: float
    head_in: float
    foot_in: float

    def grid(
        self,
        rows: int = 1,
        columns: int = 1,
        *,
        left_in: float = 0.95,
        right_in: float = 0.3,
        top_in: float = 0.0,
        bottom_in: float = 0.6,
        gap_in: tuple[float, float] = (0.35, 0.3),
        widths: Sequence[float] | None = None,
    ) -> GridSpec:
        """Divide the room into cells for axes; margins and gaps (across, down) in inches."""
        width = (self.width_in - left_in - right_in - gap_in[0] * (columns - 1)) / columns
        room = self.height_in - self.head_in - self.foot_in - top_in - bottom_in
        height = (room - gap_in[1] * (rows - 1)) / rows
        return self.figure.add_gridspec(
            rows,
            columns,
            left=left_in / self.width_in,
            right=1.0 - right_in / self.width_in,
            top=1.0 - (self.head_in + top_in) / self.height_in,
            bottom=(self.foot_in + bottom_in) / self.height_in,
            wspace=gap_in[0] / width,
            hspace=gap_in[1] / height,
            width_ratios=widths,
        )


def sheet(title: str, notes: Sequence[str], body_in: float, width_in: float = 10.0) -> Sheet:
    """Open a page for a picture of a given height.

    Args:
        title: the message in one sentence.
        notes: how to read the picture, then the source; a line or more each.
        body_in: height of the room for the picture in inches, axis labels included.
        width_in: of the page.
    """
    from results.charts.canvas import Canvas

    room = width_in - 2 * _EDGE_IN
    heading = _lines(title, _letters(room, TITLE_PT, bold=True))
    lines = [line for note in notes for line in _lines(note, _letters(room, SMALL_PT))]
    head = title_in(len(heading)) + _HEAD_GAP_IN
    foot = _EDGE_IN + len(lines) * _SMALL_LINE_IN + _FOOT_GAP_IN
    height = head + body_in + foot
    figure = lettering.figure(figsize=(width_in, height), dpi=DPI, facecolor="white")
    # Texts can be measured only on a canvas.
    Canvas(figure)
    left = _EDGE_IN / width_in
    figure.text(
        left,
        1.0 - _EDGE_IN / height,
        "\n".join(heading),
        size=TITLE_PT,
        weight="bold",
        color=INK,
        va="top",
        linespacing=1.2,
        gid="title",
    )
    figure.text(
        left,
        _EDGE_IN / height,
        "\n".join(lines),
        size=SMALL_PT,
        color=MUTED,
        va="bottom",
        linespacing=1.25,
        gid="notes",
    )
    return Sheet(figure, width_in, height, head, foot)


def title_in(lines: int) -> float:
    """Height of the title on top of a page in inches, with the edge above it."""
    return _EDGE_IN + lines * _TITLE_LINE_IN


def key(page: Sheet, handles: Sequence[Any], *, below_in: float = 0.12, **more: Any) -> None:
    """Write above the picture what its signs mean.

    Args:
        page: of the picture.
        handles: the signs, with their labels unless ``labels`` are given.
        below_in: from where the head of the page ends up to the key, in inches.
        more: as for a legend of matplotlib.
    """
    place = 0.22 / page.width_in, 1.0 - (page.head_in - below_in) / page.height_in
    looks = {"frameon": False, "borderpad": 0.0, "handlelength": 1.4, **more}
    page.figure.legend(handles=handles, loc="upper left", bbox_to_anchor=place, **looks)


def heading(axes: Axes, title: str, **more: Any) -> None:
    """Write above the axes what they show."""
    looks = {"size": LETTER_PT, "weight": "bold", "color": INK, **more}
    axes.set_title(title, loc="left", **looks)


def curve(axes: Axes, x: Any, band: tuple[Any, Any, Any], sign: Sign, policy: str) -> None:
    """Draw what a policy comes to along a factor: the low end, the mean and the high end."""
    low, mean, high = band
    colour = sign.on_paper
    axes.fill_between(
        x, low, high, color=colour, alpha=0.16, linewidth=0, gid=lettering.mark("band", policy)
    )
    axes.plot(
        x,
        mean,
        color=colour,
        marker=sign.marker,
        markersize=5,
        linewidth=1.8,
        gid=lettering.mark("curve", policy),
    )


def width_in(axes: Axes) -> float:
    """How wide axes are, in inches."""
    figure = axes.get_figure(root=True)
    assert figure is not None, "axes on no page have no size"
    return float(axes.get_position().width * figure.get_size_inches()[0])


def plain(axes: Axes, grid: str | None = None) -> None:
    """Take away the frame; grid lines stay along ``"x"``, ``"y"`` or both where they help."""
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    # Ticks of no length would still be drawn.
    axes.tick_params(length=0, left=False, bottom=False)
    axes.tick_params(labelsize=LETTER_PT, colors=INK, pad=5)
    axes.tick_params(axis="x", pad=8)
    axes.set_axisbelow(True)
    if grid == "both" or grid == "x":
        axes.xaxis.grid(visible=True, color=GRID, linewidth=0.8)
    if grid == "both" or grid == "y":
        axes.yaxis.grid(visible=True, color=GRID, linewidth=0.8)


def baseline_line(axes: Axes, x: float | None = None, y: float | None = None) -> None:
    """Draw the dashed line, upright at x or level at y, from which differences are read."""
    dashes = (0, (5, 4))
    if x is not None:
        axes.axvline(x, color=BASELINE, linewidth=0.9, linestyle=dashes, zorder=1, gid="baseline")
    if y is not None:
        axes.axhline(y, color=BASELINE, linewidth=0.9, linestyle=dashes, zorder=1, gid="baseline")


def whiskers(axes: Axes, point: tuple[float, float], colour: str, across: float, up: float) -> None:
    """Draw the intervals of a point, along x and along y.

    Args:
        axes: to draw on.
        point: in data coordinates.
        colour: of the policy.
        across: half the width of the interval along x; 0 draws none.
        up: the same along y.
    """
    if across or up:
        axes.errorbar(
            *point,
            xerr=across or None,
            yerr=up or None,
            fmt="none",
            ecolor=colour,
            elinewidth=2.0,
            zorder=3,
        )


def for_letters(colour: str) -> str:
    """The colour, darkened until letters in it can be read on white."""
    from matplotlib.colors import to_hex, to_rgb

    red, green, blue = to_rgb(colour)
    return to_hex((0.62 * red, 0.62 * green, 0.62 * blue))


def on_colour(colour: str) -> str:
    """Ink or white, whichever can be read on the colour (relative luminance of WCAG 2)."""
    from matplotlib.colors import to_rgb

    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return INK if (luminance + 0.05) ** 2 > 1.05 * 0.064 else "white"


def save(figure: Figure, folder: Path, stem: str, formats: Sequence[str]) -> list[Path]:
    """Write a figure in every format, the same bytes for the same numbers.

    Either format holds the message as its title and the notes as its description; in an SVG, text
    is text.
    """
    paths = [folder / f"{stem}.{format_}" for format_ in formats]
    title, notes = (_said(figure, gid) for gid in ("title", "notes"))
    try:
        for path, format_ in zip(paths, formats, strict=True):
            if format_ == "svg":
                path.write_text(_as_svg(figure, stem, title, notes), encoding="utf-8")
            else:
                said = {"Title": title, "Description": notes}
                with lettering.as_written():
                    figure.savefig(path, format=format_, metadata=said)
    except Exception:
        # Half a picture is none.
        with suppress(OSError):
            for path in paths:
                path.unlink(missing_ok=True)
        raise
    return paths


def _said(figure: Figure, gid: str) -> str:
    found = (text.get_text() for text in figure.texts if text.get_gid() == gid)
    return " ".join(next(found, "").split())


def _as_svg(figure: Figure, stem: str, title: str, notes: str) -> str:
    import matplotlib

    # The salt makes the marks inside an SVG the same each time; the date would not be.
    settings: Any = {"svg.hashsalt": stem, "svg.fonttype": "none"}
    drawn = StringIO()
    with lettering.as_written(), matplotlib.rc_context(settings):
        figure.savefig(drawn, format="svg", metadata={"Date": None})
    head, tag, rest = drawn.getvalue().partition("<svg ")
    attributes, end, body = rest.partition(">")
    named = f"<title>{escape(title)}</title>\n <desc>{escape(notes)}</desc>"
    # A reader without the font of the letters gets one as wide.
    body = body.replace(_FONT, f"{_FONT}, Verdana, sans-serif")
    return f'{head}{tag}role="img" {attributes}{end}\n {named}{body}'


def together(text: str) -> str:
    """A text in which no line ends between a number and its unit."""
    return _BEFORE_UNIT.sub("\N{NO-BREAK SPACE}", text)


def _lines(text: str, width: int) -> list[str]:
    """The text in lines; not broken at the hyphens of a name, nor between number and unit."""
    lines = textwrap.wrap(counted(together(text)), width, break_on_hyphens=False)
    return [uncounted(line) for line in lines]


def _letters(room_in: float, points: float, *, bold: bool = False) -> int:
    """How many letters of ordinary text fit; DejaVu Sans is as wide as 0.55 of its size."""
    return int(room_in * 72.0 / (points * (0.625 if bold else 0.535)))
