"""Why a policy differs: the parts of its difference, one after the other from zero to the whole."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from results.charts import sheets, style
from results.charts.lettering import mark
from results.charts.scales import with_margin
from results.charts.view import View
from results.reading import format as words
from results.why.account import Account, Accounting, Line
from results.why.rows import moved_in, written_in

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LESS, MORE, WHOLE = style.BLUE, style.ORANGE, style.INK
_MOST = 5
"""Parts of an account that are drawn by themselves; the others are one bar."""
_ROW_IN, _HEAD_IN, _KEY_IN, _GAP_IN = 0.27, 0.34, 0.34, 0.16
_NAMES_IN, _VALUES_IN, _BETWEEN_IN = 2.2, 1.12, 0.3
_BAR = 0.62


@dataclass(frozen=True)
class Step:
    """One bar of a waterfall."""

    title: str
    size: float
    reach: float
    """Half the width of its interval; NaN without one."""
    value: str
    margin: str
    filled: bool
    """Certain, or all parts together."""
    whole: bool = False


def draw(view: View) -> Figure | None:
    """A waterfall for each account, hours on the left; None where nobody asked why."""
    found = view.why
    if found is None or not found.accounts:
        return None
    columns = _columns({account: steps_of(found, account) for account in found.accounts})
    body = _KEY_IN + max(sum(map(_height, column.values())) for column in columns)
    page = sheets.sheet(found.headline, [*_how_to_read(found), view.source], body)
    width = (page.width_in - 0.6 - _BETWEEN_IN * (len(columns) - 1)) / len(columns)
    for number, column in enumerate(columns):
        left = 0.3 + number * (width + _BETWEEN_IN)
        top = page.height_in - page.head_in - _KEY_IN
        for account, steps in column.items():
            top -= _HEAD_IN
            height = _ROW_IN * len(steps)
            axes = panel(page, left, top, width, len(steps))
            draw_panel(axes, account.title, steps)
            top -= height + _GAP_IN
    draw_key(page)
    return page.figure


def steps_of(found: Accounting, account: Account) -> list[Step]:
    """The bars of an account: the biggest parts, the others as one, and the whole.

    Args:
        found: why a policy differs.
        account: one of its accounts.
    """
    moved = moved_in(found, account)
    moved.sort(key=lambda line: (not line.certain, -abs(line.difference.estimate.mean)))
    shown = moved[: _MOST if len(moved) > _MOST + 1 else None]
    steps = [_step(found, account, line) for line in shown]
    if len(shown) < len(moved):
        rest = moved[len(shown) :]
        size = math.fsum(line.difference.estimate.mean for line in rest)
        value = words.change(size, "money" if account.unit == "money" else "count", found.currency)
        steps.append(Step(f"{len(rest)} other parts", size, math.nan, value, "", filled=False))
    return [*steps, _step(found, account, account.total)]


def _step(found: Accounting, account: Account, line: Line) -> Step:
    moved, whole = line.difference.estimate, line is account.total
    written = written_in(found, account, line)
    value = written.change(moved.mean)
    margin = written.margin(moved.half_width) if moved.half_width > 0.0 else ""
    filled = whole or line.certain
    return Step(line.title, moved.mean, moved.half_width, value, margin, filled, whole)


Panels = dict[Account, list[Step]]


def _columns(panels: Panels) -> list[Panels]:
    """Hours in a column of their own, where there is anything else."""
    left = {account: steps for account, steps in panels.items() if account.unit == "hours"}
    right = {account: steps for account, steps in panels.items() if account not in left}
    if left and right and "money" in {account.name for account in right}:
        # The money goes where there is room.
        money = next(account for account in right if account.name == "money")
        others = sum(_height(right[account]) for account in right if account != money)
        if sum(map(_height, left.values())) < others:
            left[money] = right.pop(money)
    return [column for column in (left, right) if column]


def _height(steps: Sequence[Step]) -> float:
    return _HEAD_IN + _ROW_IN * len(steps) + _GAP_IN


def panel(page: sheets.Sheet, left_in: float, top_in: float, width_in: float, rows: int) -> Axes:
    """Room for so many bars on a page, with their names on the left and sizes on the right."""
    height = _ROW_IN * rows
    return page.figure.add_axes(
        (
            (left_in + _NAMES_IN) / page.width_in,
            (top_in - height) / page.height_in,
            (width_in - _NAMES_IN - _VALUES_IN) / page.width_in,
            height / page.height_in,
        )
    )


def draw_panel(axes: Axes, title: str, steps: Sequence[Step]) -> None:
    """Draw bars that follow each other from zero to the whole."""
    style.plain(axes)
    axes.set_xticks([])
    axes.set_yticks(range(len(steps)), [step.title for step in steps])
    axes.tick_params(axis="y", labelsize=style.SMALL_PT, pad=7)
    axes.set_ylim(len(steps) - 0.5, -0.5)
    axes.annotate(
        title,
        (0.0, 1.0),
        xycoords="axes fraction",
        xytext=(-72.0 * _NAMES_IN, 5.0),
        textcoords="offset points",
        size=style.LETTER_PT,
        weight="bold",
        color=style.INK,
        va="bottom",
    )
    style.baseline_line(axes, x=0.0)
    reached, ends = 0.0, [0.0]
    for row, step in enumerate(steps):
        start = 0.0 if step.whole else reached
        reached = start + step.size
        _draw_bar(axes, row, step, start)
        if not step.whole:
            axes.plot(
                (reached, reached), (row, row + 1), color=style.MUTED, linewidth=0.7, zorder=2
            )
        reach = 0.0 if math.isnan(step.reach) else step.reach
        ends += [start, reached - reach, reached + reach]
        _write(axes, row, step)
    axes.set_xlim(*with_margin(ends, 0.04))
    axes.axhline(len(steps) - 1.5, color=style.GRID, linewidth=0.8, zorder=0)


def _draw_bar(axes: Axes, row: int, step: Step, start: float) -> None:
    colour = WHOLE if step.whole else LESS if step.size < 0.0 else MORE
    axes.barh(
        row,
        step.size,
        left=start,
        height=_BAR,
        facecolor=colour if step.filled else "white",
        edgecolor=colour,
        linewidth=1.1,
        zorder=3,
        gid=mark("step", step.title),
    )
    if step.reach > 0.0:
        axes.errorbar(
            start + step.size,
            row,
            xerr=step.reach,
            fmt="none",
            ecolor=style.MUTED if step.whole else style.INK,
            elinewidth=1.2,
            capsize=2.0,
            zorder=4,
        )


def _write(axes: Axes, row: int, step: Step) -> None:
    """Write the size of a bar to its right, with its ±."""
    axes.annotate(
        f"{step.value} {step.margin}".rstrip(),
        (1.0, row),
        xycoords=("axes fraction", "data"),
        xytext=(72.0 * _VALUES_IN, 0.0),
        textcoords="offset points",
        ha="right",
        va="center",
        size=style.SMALL_PT,
        weight="bold" if step.filled else "normal",
        color=style.INK if step.filled else style.MUTED,
    )


def draw_key(page: sheets.Sheet) -> None:
    """Say what colours and fillings mean."""
    from matplotlib.patches import Patch

    handles = [
        Patch(facecolor=LESS, edgecolor=LESS, label="less"),
        Patch(facecolor=MORE, edgecolor=MORE, label="more"),
        Patch(facecolor="white", edgecolor=LESS, label="less, chance or too small to matter"),
        Patch(facecolor="white", edgecolor=MORE, label="more, the same"),
        Patch(facecolor=WHOLE, edgecolor=WHOLE, label="in all"),
    ]
    sheets.key(
        page,
        handles,
        ncols=5,
        columnspacing=1.6,
        fontsize=style.SMALL_PT,
    )


def _how_to_read(found: Accounting) -> list[str]:
    certain = (
        f" A filled bar differs for certain among {found.claims} claims, and by as much as matters."
        if found.replications > 1
        else " One replication: differences may be chance."
    )
    said = (
        f"The difference from {found.baseline_title}, with the same customers: in each account the "
        "bars follow each other from zero to the difference in all. Lines: paired intervals."
    )
    return [said + certain]
