"""Part by part: where in the centre a policy makes its difference."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from results.charts import dots, sheets, style
from results.charts.lettering import mark
from results.charts.policy_key import draw_key, key_in
from results.charts.scales import inside, unit_axis, with_margin
from results.charts.view import Readings, View
from results.charts.wording import Told, headline, unmoved
from results.measures.registry import MEASURES
from results.measures.slice import Cut
from results.reading.by import By
from results.reading.changes import Subject, subject_of
from results.reading.listing import joined
from results.reading.parts import cuts_of, title_of
from results.reading.rows import defined
from results.reading.table import title_in

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SHOWN: dict[By, tuple[str, ...]] = {
    By.REASON: ("asa", "fcr", "time_to_resolution", "abandonment", "failure_demand"),
    By.CHANNEL: ("service_level", "asa", "response_time", "fcr", "abandonment"),
    By.GROUP: ("occupancy", "asa", "fcr", "aht"),
    By.CAUSE: ("failure_demand", "failure_contacts"),
}
"""By kind of part, the measures that may be drawn, the most important first."""
_WAITS = ("service_level", "asa", "abandonment")
"""Of any other kind of part."""
_MOST, _MOST_PARTS = 2, 12
_ROW_IN = 0.42


def draw(view: View) -> Figure | None:
    """A row for each part with a sign for each policy; None where nobody asked for parts."""
    if view.by is None:
        return None
    cuts = cuts_of(view.experiment, view.by)[:_MOST_PARTS]
    found = {
        name: {cut: view.measured(name, cut) for cut in cuts}
        for name in _SHOWN.get(view.by, _WAITS)
        if name in MEASURES and view.by.value in MEASURES[name].scope
    }
    shown = {name: one for name, one in found.items() if _says_something(one)}
    shown = dict(list(shown.items())[:_MOST])
    cuts = [cut for cut in cuts if any(_is_known(parts[cut]) for parts in shown.values())]
    shown = {name: {cut: parts[cut] for cut in cuts} for name, parts in shown.items()}
    if not cuts or not shown:
        return None
    key = key_in(view, view.policies)
    body = key + 1.0 + _ROW_IN * len(cuts)
    page = sheets.sheet(_message(view, shown), [_note(view), *view.foot], body)
    grid = page.grid(
        1,
        len(shown),
        left_in=dots.NAMES_IN,
        right_in=0.4,
        top_in=key + 0.35,
        bottom_in=0.5,
        gap_in=(0.5, 0.0),
    )
    for column, (name, parts) in enumerate(shown.items()):
        axes = page.figure.add_subplot(grid[0, column])
        _draw(axes, view, name, parts)
        axes.tick_params(labelleft=column == 0)
    draw_key(view, page, view.policies)
    return page.figure


def _is_known(readings: Readings) -> bool:
    """Whether a part has the number under any policy."""
    return any(not math.isnan(one.level.mean) for one in readings.values())


def _says_something(parts: dict[Cut, Readings]) -> bool:
    means = [one.level.mean for readings in parts.values() for one in readings.values()]
    return len(defined(means)) > 1


def _draw(axes: Axes, view: View, name: str, parts: dict[Cut, Readings]) -> None:
    measure = MEASURES[name]
    style.plain(axes, "x")
    means = [one.level.mean for readings in parts.values() for one in readings.values()]
    axes.set_xlim(*inside(with_margin(means, 0.08), measure.unit))
    titles = [style.wrapped(title_of(view.experiment.scenario, cut), 26, 2) for cut in parts]
    axes.set_ylim(len(parts) - 0.5, -0.5)
    axes.set_yticks(range(len(parts)), titles)
    unit_axis(axes.xaxis, measure.unit, view.currency, 4)
    dots.head(axes, title_in(view.comparison, name))
    for row, readings in enumerate(parts.values()):
        there = [one.level.mean for one in readings.values() if not math.isnan(one.level.mean)]
        if there:
            axes.plot(
                [min(there), max(there)],
                [row, row],
                color="#C4C4C4",
                linewidth=2.0,
                zorder=2,
                gid=mark("span", str(row)),
            )
        for policy in (*view.others, view.baseline):
            if not math.isnan(readings[policy].level.mean):
                dots.draw_sign(axes, view, policy, (readings[policy].level.mean, float(row)))


def _note(view: View) -> str:
    assert view.by is not None, "parts are drawn only where somebody asked for them"
    if not view.others:
        return f"Signs: the mean in each {view.by.value}."
    return f"Signs: the mean of each policy in each {view.by.value}; the line joins them."


def _inside(title: str) -> str:
    """A title inside a sentence."""
    return title[:1].lower() + title[1:]


def _message(view: View, shown: dict[str, dict[Cut, Readings]]) -> str:
    """The part in which the policy of the verdict moves most of what it moves at all."""
    hero = view.hero.policies[:1] if view.hero else view.others
    every: list[Told] = []
    for name, parts in shown.items():
        measure, subject = MEASURES[name], subject_of(name)

        def moved(cut: Cut, of: dict[Cut, Readings] = parts) -> float:
            shifts = [of[cut][policy].shift for policy in hero]
            return max((abs(one.mean) for one in shifts if one and one.n), default=0.0)

        for cut in sorted(parts, key=moved, reverse=True):
            part = title_of(view.experiment.scenario, cut)
            told = Told(
                parts[cut],
                Subject(f"{subject.noun} ({part})", subject.plural),
                measure.unit,
                measure.better,
            )
            if said := headline(view, [told], ""):
                return said
            every.append(told)
    names = joined(_inside(title_in(view.comparison, name)) for name in shown)
    assert view.by is not None, "parts are drawn only where somebody asked for them"
    said = f"By {view.by.value}: {names}"
    clear = view.others and view.has_intervals
    return f"{said}; {unmoved(view, every, 'them')}" if clear else said
