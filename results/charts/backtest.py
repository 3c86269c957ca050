"""Predicted days against those that came: by day, over the day, and calibration."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from results.backtest.backtest import Backtest, Part
from results.backtest.cells import FIGURES, SLOTS, Figure, Numbers
from results.backtest.over_the_day import over_the_day
from results.backtest.scores import BAND
from results.backtest.words import headline
from results.charts import lettering, sheets, style
from scenarios.shares import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

SHOWN = FIGURES[:2]
"""Abandonment and mean wait."""
BINS = 8
SEEN, MADE = style.VERMILLION, style.BLUE
HOW = (
    "Dots: what the records say. Line and band: predicted, "
    f"{percent(BAND)} of what may come by chance."
)


def draw_backtest(
    test: Backtest, folder: Path, formats: Sequence[str] = ("png", "svg")
) -> list[Path]:
    """Draw the pictures of a backtest into a folder and return their files."""
    folder.mkdir(parents=True, exist_ok=True)
    part = test.parts[0]
    paths: list[Path] = []
    with lettering.as_written():
        for stem, picture in (
            ("backtest-by-day", _by_day(test, part)),
            ("backtest-over-the-day", _over_the_day(test, part)),
            ("backtest-calibration", _calibration(test, part)),
        ):
            paths += sheets.save(picture, folder, stem, formats)
    return paths


def _by_day(test: Backtest, part: Part) -> Picture:
    page, axes = _page(headline(test), [HOW, _source(test, part)], len(SHOWN))
    labels = [f"{date.day} {date:%b}" for date in part.dates.astype(object)]
    x = np.arange(len(labels), dtype=float)
    for axis, figure in zip(axes, SHOWN, strict=True):
        score = part.scores["day"][figure.name]
        scale = _scale(figure)
        low, high = scale * score.low, scale * score.high
        axis.vlines(x, low, high, color=MADE, alpha=0.35, linewidth=9)
        axis.plot(x, scale * score.predicted, "_", color=MADE, markersize=13, markeredgewidth=2)
        axis.plot(x, scale * score.observed, "o", color=SEEN, markersize=6)
        axis.set_xticks(x, labels)
        _finish(axis, figure)
    return page.figure


def _over_the_day(test: Backtest, part: Part) -> Picture:
    title = f"Over the day, all {part.title} together"
    page, axes = _page(title, [HOW, _source(test, part)], len(SHOWN))
    for axis, figure in zip(axes, SHOWN, strict=True):
        scale, found = _scale(figure), over_the_day(part, figure)
        hours = (found.slots + 0.5) / 2
        low, high = scale * found.low, scale * found.high
        axis.fill_between(hours, low, high, color=MADE, alpha=0.2, linewidth=0)
        axis.plot(hours, scale * found.predicted, color=MADE)
        axis.plot(hours, scale * found.came, "o", color=SEEN, markersize=4)
        ticks = np.arange(np.floor(hours.min()), np.ceil(hours.max()) + 1, 3)
        axis.set_xticks(ticks, [f"{int(tick):02}:00" for tick in ticks])
        _finish(axis, figure)
    return page.figure


def _calibration(test: Backtest, part: Part) -> Picture:
    title = "Half hours that were predicted alike, and what came in them"
    how = "Each dot is an eighth of the half hours, by predicted value; on the line they agree."
    page, axes = _page(title, [how, _source(test, part)], len(SHOWN))
    for axis, figure in zip(axes, SHOWN, strict=True):
        scale = _scale(figure)
        made, seen = binned(figure, part)
        top = 1.05 * scale * max(made.max(), seen.max(), 1e-9)
        axis.plot([0, top], [0, top], color=style.BASELINE, linewidth=0.9)
        axis.plot(scale * made, scale * seen, "o", color=SEEN)
        axis.set_xlabel("predicted", size=style.SMALL_PT)
        _finish(axis, figure)
    return page.figure


def binned(figure: Figure, part: Part) -> tuple[Numbers, Numbers]:
    """Predicted and observed of half hours in eight bins of equally many calls, by prediction."""
    made = part.cells.mean(axis=0).reshape(-1, part.cells.shape[-1])
    seen = part.observed.reshape(len(part.dates) * SLOTS, -1)
    value = figure.of(made)
    order = np.argsort(np.where(np.isnan(value), np.inf, value), kind="stable")
    order = order[~np.isnan(value[order])]
    calls = np.cumsum(seen[order, 0])
    edges = np.searchsorted(calls, calls[-1] * np.arange(1, BINS) / BINS)
    groups = [g for g in np.split(order, edges) if len(g)]
    pairs = [(figure.of(made[g].sum(axis=0)), figure.of(seen[g].sum(axis=0))) for g in groups]
    return np.array([p[0] for p in pairs]), np.nan_to_num(np.array([p[1] for p in pairs]))


def _page(title: str, notes: list[str], columns: int) -> tuple[sheets.Sheet, list[Axes]]:
    page = sheets.sheet(title, notes, 3.6)
    grid = page.grid(1, columns, left_in=0.6, gap_in=(0.7, 0.3), top_in=0.3)
    return page, [page.figure.add_subplot(grid[0, column]) for column in range(columns)]


def _finish(axis: Axes, figure: Figure) -> None:
    style.plain(axis, "y")
    unit = "%" if figure.percent else "s"
    axis.set_ylim(bottom=0.0)
    axis.set_title(f"{figure.title}, {unit}", size=style.LETTER_PT, loc="left", color=style.INK)
    axis.tick_params(axis="x", labelsize=style.SMALL_PT)


def _scale(figure: Figure) -> float:
    return 100.0 if figure.percent else 1.0


def _source(test: Backtest, part: Part) -> str:
    return (
        f"Fitted to {test.train[0]} to {test.train[-1]}; predicted: {len(part.dates)} {part.title} "
        f"of {test.test[0]} to {test.test[-1]}, {test.replications} replications, staffing as "
        "inferred."
    )
