"""The look of every chart: colours, signs, letters, lines.

Colours are those of Okabe & Ito (Color Universal Design, 2008), which people with colour-blind
eyes tell apart; yellow is left out because it vanishes on white. Every colour comes with a sign of
its own, so that a print in grey says the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from results.charts import lettering
from results.letters import counted, uncounted
from results.reading.signs import Sign

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK = "#222222"
MUTED = "#5F5F5F"
GRID = "#E4E4E4"
GOOD = "#007A5C"
"""Okabe and Ito's bluish green, darkened until small letters in it can be read."""
BASELINE = "#6E6E6E"

BLUE, VERMILLION, GREEN = "#0072B2", "#D55E00", "#009E73"
PURPLE, ORANGE, SKY = "#CC79A7", "#E69F00", "#56B4E9"

TITLE_PT, LETTER_PT, SMALL_PT = 15.0, 10.0, 8.5


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
