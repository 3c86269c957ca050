"""A sweep as curves: a panel for each measure, the factor across, a curve for each policy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from results.charts import sheets, style
from results.charts.lettering import mark
from results.charts.scales import unit_axis
from results.measures.registry import MEASURES
from results.reading.signs import Sign, signs_in
from results.studies.goal import Goal
from results.studies.study import Study
from results.studies.turning import turning_of
from results.studies.words import title

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PANEL_IN, _KEY_IN = 2.3, 0.45


def draw(study: Study, measures: Sequence[str], goal: Goal | None = None) -> Figure:
    """A panel under the other for each measure, all over the same levels."""
    shown = [name for name in measures if _is_known(study, name)]
    body = _KEY_IN + _PANEL_IN * len(shown) + 0.7
    page = sheets.sheet(message(study, shown), _notes(study), body)
    grid = page.grid(len(shown), left_in=1.0, top_in=_KEY_IN, bottom_in=0.6, gap_in=(0.3, 0.5))
    signs = signs_in(study.plan.scenario, study.plan.policies)
    first: Axes | None = None
    for row, name in enumerate(shown):
        axes = page.figure.add_subplot(grid[row], sharex=first)
        first = first or axes
        _draw_panel(axes, study, name, signs, goal)
        axes.tick_params(labelbottom=row == len(shown) - 1)
    if first is not None:
        axes.set_xlabel(_across(study), color=style.INK)
        draw_key(page, study, signs)
    return page.figure


def _is_known(study: Study, measure: str) -> bool:
    return any(one.n for policy in study.plan.policies for one in study.curve(policy, measure))


def _levels(study: Study) -> list[float]:
    (factor,) = study.plan.factors
    if factor.is_ordered:
        return [float(level) for level in factor.levels]
    return [float(number) for number in range(len(factor.levels))]


def _across(study: Study) -> str:
    return study.plan.factors[0].key


def _draw_panel(
    axes: Axes, study: Study, measure: str, signs: dict[str, Sign], goal: Goal | None
) -> None:
    style.plain(axes, "y")
    x = np.array(_levels(study))
    unit, currency = MEASURES[measure].unit, study.plan.scenario.costs.currency
    for policy in study.plan.policies:
        curve = study.curve(policy, measure)
        mean = np.array([one.mean for one in curve])
        half = np.nan_to_num(np.array([one.half_width for one in curve]))
        sign = signs[policy]
        bounded = np.clip(mean - half, 0.0 if np.nanmin(mean) >= 0.0 else None, None)
        top = mean + half if unit != "share" else np.clip(mean + half, None, 1.0)
        style.curve(axes, x, (bounded, mean, top), sign, policy)
        _draw_turning(axes, study, policy, measure, x, mean, sign)
    if goal is not None and goal.measure == measure:
        axes.axhline(goal.value, color=style.GOOD, linewidth=1.1, linestyle=(0, (2, 2)), gid="goal")
    unit_axis(axes.yaxis, unit, currency)
    style.heading(axes, title(study, measure))
    (factor,) = study.plan.factors
    if len(factor.levels) <= 12 or not factor.is_ordered:
        axes.set_xticks(x, [factor.written(level) for level in factor.levels])


def _draw_turning(
    axes: Axes,
    study: Study,
    policy: str,
    measure: str,
    x: np.ndarray[tuple[int], np.dtype[np.float64]],
    mean: np.ndarray[tuple[int], np.dtype[np.float64]],
    sign: Sign,
) -> None:
    """Ring the level from which on no further one is better by as much as matters."""
    found = turning_of(study, policy, measure) if study.plan.factors[0].is_ordered else None
    if found is None or found.enough == len(x) - 1:
        return
    axes.plot(
        x[found.enough],
        mean[found.enough],
        marker="o",
        markersize=13,
        markerfacecolor="none",
        markeredgecolor=sign.on_paper,
        markeredgewidth=1.6,
        gid=mark("turning", policy),
    )


def draw_key(page: sheets.Sheet, study: Study, signs: dict[str, Sign]) -> None:
    """Say above the panels which curve is which policy's."""
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], color=sign.on_paper, marker=sign.marker, linewidth=1.8)
        for sign in signs.values()
    ]
    sheets.key(
        page,
        handles,
        labels=[style.wrapped(study.plan.title_of(policy), 30, 1) for policy in signs],
        ncols=min(len(signs), 5),
        handlelength=1.8,
        fontsize=style.LETTER_PT,
    )


def message(study: Study, measures: Sequence[str]) -> str:
    """Where more of the factor stops to matter, in one sentence."""
    (factor,) = study.plan.factors
    if not factor.is_ordered or study.replications < 2:
        return f"What {factor.key} does, level by level"
    levels = [factor.written(level) for level in factor.levels]
    for name in measures:
        turns = {p: turning_of(study, p, name) for p in study.plan.policies}
        found = {p: turn.enough for p, turn in turns.items() if turn is not None}
        inside = {p: at for p, at in found.items() if at < len(levels) - 1}
        if not inside:
            continue
        first = title(study, name)
        if len(set(inside.values())) == 1 and len(inside) == len(study.plan.policies):
            at = next(iter(inside.values()))
            return f"{first}: from {factor.name} {levels[at]} on, more brings nothing that matters"
        called = study.plan.called
        parts = [f"from {levels[at]} on under {called(policy)}" for policy, at in inside.items()][
            :3
        ]
        return f"{first}: more {factor.name} brings nothing that matters {', '.join(parts)}"
    return f"{factor.name}: every further level still matters, up to {levels[-1]}"


def _notes(study: Study) -> list[str]:
    if study.replications < 2:
        return ["One replication: differences may be chance.", source(study)]
    reading = (
        "Bands: 95 % interval of each mean, level by level. "
        "Ring: from here on no further level is known to be better by as much as matters."
    )
    return [reading, source(study)]


def source(study: Study) -> str:
    """What the picture is made from."""
    scenario, count = study.plan.scenario, study.replications
    days = scenario.horizon.days
    return " · ".join(
        (
            scenario.title or "Scenario without a title",
            f"{count} replication{'s' if count > 1 else ''} of {days} day{'s' if days > 1 else ''}",
            f"seed {study.experiment.seed}",
            "the same customers at every level",
        )
    )
