"""A study of several factors in pictures: main effects, and a map of two factors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from results.charts import sheets, style
from results.charts.frontier import draw as draw_frontier
from results.charts.lettering import as_written
from results.charts.scales import unit_axis
from results.charts.sweep import draw as draw_curves
from results.charts.sweep import draw_key, source
from results.comparison.estimate import Estimate, estimate
from results.errors import writing
from results.measures.registry import MEASURES
from results.reading import format as words
from results.reading.signs import signs_in
from results.studies.choice import EFFECTS, FRONTIER, MAP, SWEEP
from results.studies.factor import Factor
from results.studies.goal import Goal
from results.studies.study import Study
from results.studies.words import title

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PANEL_IN, _KEY_IN = 2.2, 0.45


def draw_study(
    study: Study,
    measures: Sequence[str],
    folder: Path,
    *,
    goal: Goal | None = None,
    formats: Sequence[str] = ("png", "svg"),
    names: Sequence[str] = (),
) -> list[Path]:
    """Draw a study into a folder: curves of one factor; main effects, and maps of two factors.

    What all points trade between waits, first contact and money comes with either.

    Args:
        study: with at least one replication.
        measures: by name.
        folder: for the files; made when it is not there.
        goal: of a study of one factor, drawn as a line.
        formats: ``png`` and ``svg``, or one of them.
        names: of the pictures, in this order; what suits the factors when empty.

    Returns:
        The files that were written, picture by picture; one that has nothing to show has none.

    Raises:
        ExperimentError: a file cannot be written.
    """
    with as_written(), writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        files = []
        for name in names or suited(study):
            for stem, figure in _figures(name, study, measures, goal):
                files += sheets.save(figure, folder, stem, formats)
        return files


def suited(study: Study) -> tuple[str, ...]:
    """The pictures that a study has, the most telling first."""
    if len(study.plan.factors) == 1:
        return (SWEEP, FRONTIER)
    return (FRONTIER, EFFECTS, MAP)


def _figures(
    name: str, study: Study, measures: Sequence[str], goal: Goal | None
) -> Iterator[tuple[str, Figure]]:
    """A picture with the name of its file; a map for each measure, nothing where nothing fits."""
    one = len(study.plan.factors) == 1
    if name == SWEEP and one:
        yield name, draw_curves(study, measures, goal)
    elif name == EFFECTS:
        yield name, draw_effects(study, measures)
    elif name == FRONTIER and (figure := draw_frontier(study)) is not None:
        yield name, figure
    elif name == MAP and len(study.plan.factors) == 2 and is_grid(study):
        for measure in measures:
            yield f"{MAP}-{measure}", draw_map(study, measure)


def is_grid(study: Study) -> bool:
    """Whether every level of each factor is run with every level of the others."""
    count = int(np.prod([len(factor.levels) for factor in study.plan.factors]))
    return len(study.plan.points) == count


def effect(study: Study, policy: str, measure: str, factor: Factor) -> list[Estimate]:
    """The mean of a measure at each level of a factor, over all points with that level."""
    found = []
    for level in factor.levels:
        at = [n for n, point in enumerate(study.plan.points) if point[factor.key] == level]
        values = [study.values((policy, number), measure) for number in at]
        found.append(estimate(np.mean(values, axis=0) if values else np.array([])))
    return found


def draw_effects(study: Study, measures: Sequence[str]) -> Figure:
    """A row for each measure, a column for each factor: what each factor does by itself."""
    factors, policies = study.plan.factors, study.plan.policies
    body = _KEY_IN + _PANEL_IN * len(measures) + 0.7
    page = sheets.sheet(effects_message(study, measures), [_how(study), source(study)], body)
    grid = page.grid(
        len(measures),
        len(factors),
        left_in=1.0,
        top_in=_KEY_IN,
        bottom_in=0.6,
        gap_in=(0.35, 0.5),
    )
    signs = signs_in(study.plan.scenario, policies)
    for row, name in enumerate(measures):
        first: Axes | None = None
        for column, factor in enumerate(factors):
            axes = page.figure.add_subplot(grid[row, column], sharey=first)
            style.plain(axes, "y")
            places = np.arange(len(factor.levels), dtype=float)
            for policy in policies:
                _draw_effect(axes, study, policy, name, factor, places)
            if first is None:
                first = axes
                unit_axis(axes.yaxis, MEASURES[name].unit, study.plan.scenario.costs.currency)
                axes.set_title(title(study, name), loc="left", size=style.LETTER_PT, weight="bold")
            else:
                axes.tick_params(labelleft=False)
            step = max(1, -(-len(places) // 6))
            texts = [factor.written(level) for level in factor.levels]
            axes.set_xticks(places[::step], texts[::step])
            if row == len(measures) - 1:
                axes.set_xlabel(style.wrapped(factor.key, 34), color=style.INK)
    draw_key(page, study, signs)
    return page.figure


def _draw_effect(
    axes: Axes,
    study: Study,
    policy: str,
    measure: str,
    factor: Factor,
    places: NDArray[np.float64],
) -> None:
    sign = signs_in(study.plan.scenario, (policy,))[policy]
    found = effect(study, policy, measure, factor)
    mean = np.array([one.mean for one in found])
    half = np.nan_to_num(np.array([one.half_width for one in found]))
    style.curve(axes, places, (mean - half, mean, mean + half), sign, policy)


def effects_message(study: Study, measures: Sequence[str]) -> str:
    """Which factor moves the first measure most, in one sentence."""
    name, policy = measures[0], study.plan.policies[0]

    def span(factor: Factor) -> float:
        means = [one.mean for one in effect(study, policy, name, factor) if one.n]
        return max(means) - min(means) if means else 0.0

    factor = max(study.plan.factors, key=span)
    unit, currency = MEASURES[name].unit, study.plan.scenario.costs.currency
    moved = words.size(span(factor), unit, currency)
    under = study.plan.called(policy)
    return f"{factor.name} moves most: {title(study, name).lower()} by {moved}, under {under}"


def _how(study: Study) -> str:
    if study.replications < 2:
        return "One replication: differences may be chance."
    return (
        "Each panel: the mean over all points with that level of one factor, whatever the others. "
        "Bands: 95 % interval, level by level."
    )


def draw_map(study: Study, measure: str) -> Figure:
    """A map of one measure over two factors, one for each policy, lines of equal height on it."""
    policies = study.plan.policies
    columns = min(len(policies), 3)
    rows = -(-len(policies) // columns)
    note = "Darker is more. Lines join points of equal height. Each cell is a mean."
    page = sheets.sheet(_map_message(study, measure), [note, source(study)], 0.5 + 3.2 * rows + 0.6)
    grid = page.grid(rows, columns, left_in=1.1, top_in=0.4, bottom_in=0.6, gap_in=(0.4, 0.8))
    heights = {policy: _heights(study, policy, measure) for policy in policies}
    known = np.concatenate([found[~np.isnan(found)] for found in heights.values()])
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    for number, policy in enumerate(policies):
        axes = page.figure.add_subplot(grid[number // columns, number % columns])
        _draw_heights(axes, study, measure, heights[policy], (low, high))
        name = style.wrapped(study.plan.title_of(policy), 34, 1)
        axes.set_title(name, loc="left", size=style.LETTER_PT, weight="bold")
        first = number % columns == 0
        axes.set_xlabel(style.wrapped(study.plan.factors[1].name, 34), color=style.INK)
        axes.set_ylabel(study.plan.factors[0].name if first else "", color=style.INK)
        axes.tick_params(labelleft=first)
    return page.figure


def _heights(study: Study, policy: str, measure: str) -> NDArray[np.float64]:
    """The means, shape (levels of the first factor, levels of the second)."""
    shape = tuple(len(factor.levels) for factor in study.plan.factors)
    return np.array([one.mean for one in study.curve(policy, measure)]).reshape(shape)


def _draw_heights(
    axes: Axes,
    study: Study,
    measure: str,
    heights: NDArray[np.float64],
    limits: tuple[float, float],
) -> None:
    down, across = study.plan.factors
    low, high = limits
    # The darkest grey of all still lets ink be read.
    top = low + 2.2 * (high - low or 1.0)
    axes.imshow(heights, cmap="Greys", vmin=low, vmax=top, aspect="auto")
    axes.invert_yaxis()
    style.plain(axes)
    unit, currency = MEASURES[measure].unit, study.plan.scenario.costs.currency
    if heights.size <= 60:
        for (row, column), height in np.ndenumerate(heights):
            text = words.value(float(height), unit, currency)
            axes.text(column, row, text, ha="center", va="center", size=style.SMALL_PT)
    if min(heights.shape) > 1 and np.nanmax(heights) > np.nanmin(heights):
        axes.contour(heights, levels=5, colors=style.VERMILLION, linewidths=0.9, alpha=0.8)
    axes.set_xticks(range(len(across.levels)), [across.written(one) for one in across.levels])
    axes.set_yticks(range(len(down.levels)), [down.written(one) for one in down.levels])


def _map_message(study: Study, measure: str) -> str:
    """Where the measure is best, in one sentence."""
    better = MEASURES[measure].better
    name = title(study, measure)
    if better not in ("lower", "higher"):
        return f"{name}, by {study.plan.factors[0].name} and {study.plan.factors[1].name}"
    sign = 1.0 if better == "higher" else -1.0
    found = {
        place: one.mean for place in study.plan.names if (one := study.level(place, measure)).n
    }
    policy, at = max(found, key=lambda place: sign * found[place])
    levels = " and ".join(
        f"{factor.name} {factor.written(study.plan.points[at][factor.key])}"
        for factor in study.plan.factors
    )
    unit, currency = MEASURES[measure].unit, study.plan.scenario.costs.currency
    return f"{name} is best under {study.plan.called(policy)} with {levels}: " + words.value(
        found[policy, at], unit, currency
    )
