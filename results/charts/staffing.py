"""Staffing against load over the day: where agents are missing, and where they are too many."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from results.charts import style
from results.charts.scales import clock_axis
from results.charts.view import Floats, View
from results.formulas.staffing import Target, agents_needed
from results.reading import format as words
from results.reading.day import day_words, interval_s, open_hours
from scenarios.parts.clock import DAY_S, clock_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PANEL_IN = 2.6
_MISSING = 0.5
"""Half an agent is the least that is called missing."""


@dataclass(frozen=True)
class Day:
    """A group over the day under one policy, each array of shape (intervals of a day,)."""

    staffed: Floats
    """Agents at work or ready."""
    load: Floats
    """Work that arrives, in agents that it would keep busy all the time."""
    needed: Floats
    """Agents that the target takes at that load; NaN where nobody works."""

    @property
    def gap(self) -> Floats:
        """Agents missing; below zero where there are more than needed."""
        return self.needed - self.staffed


def draw(view: View) -> Figure | None:
    """A panel for today and one for the policy of the verdict; None without a line to staff."""
    group = busiest(view)
    if group is None:
        return None
    hero = view.hero.policies[0] if view.hero else None
    shown = [view.baseline, *([hero] if hero else [])]
    days = {policy: day_of(view, policy, group) for policy in shown}
    hours = open_hours(np.where(one.staffed > 0, one.staffed, np.nan)[None] for one in days.values())
    if hours.start == hours.stop or not any(np.nansum(one.load) for one in days.values()):
        return None
    body = 0.45 + len(shown) * (_PANEL_IN + 0.35) + 0.25
    page = style.sheet(_message(view, days, hours), [_note(view, group), view.source], body)
    grid = page.grid(
        len(shown), left_in=0.85, top_in=0.75, bottom_in=0.55, gap_in=(0.0, 0.45)
    )
    most = max(float(np.nanmax(np.fmax(one.staffed, one.needed))) for one in days.values())
    for row, (policy, day) in enumerate(days.items()):
        axes = page.figure.add_subplot(grid[row, 0])
        _draw_panel(axes, view, policy, day, hours)
        axes.set_ylim(0.0, 1.1 * most)
        axes.tick_params(labelbottom=row == len(shown) - 1)
    scenario = view.experiment.scenario
    axes.set_xlabel(f"Time of day{day_words(scenario)}", color=style.INK)
    _key(page)
    return page.figure


def busiest(view: View) -> str | None:
    """The group that handles most contacts that wait on a line; None where nobody does."""
    scenario, found = view.experiment.scenario, {}
    first = view.summaries[view.baseline][0]
    if not any(
        np.nansum(first.intervals["channel", name]["offered"])
        for name in ("voice", "chat")
        if ("channel", name) in first.intervals
    ):
        return None
    for name in scenario.groups:
        table = first.intervals.get(("group", name))
        found[name] = float(np.nansum(table["handled"])) if table is not None else 0.0
    best = max(found, key=lambda name: found[name])
    return best if found[best] else None


def day_of(view: View, policy: str, group: str) -> Day:
    """A group's agents, work and need by time of day, the means of all days and replications."""
    length = interval_s(view.experiment.scenario)
    per_day = math.ceil(DAY_S / length)
    staffed, handled, work = np.zeros(per_day), np.zeros(per_day), np.zeros(per_day)
    days = np.zeros(per_day)
    for summary in view.summaries[policy]:
        table = summary.intervals["group", group]
        lost = _lost_share(summary.intervals)
        place = np.arange(len(table["staffed"])) % per_day
        there = np.nan_to_num(table["staffed"].astype(np.float64))
        at_work = there > 0
        count = np.nan_to_num(table["handled"].astype(np.float64)) * lost
        seconds = count * np.nan_to_num(table["aht_s"].astype(np.float64))
        staffed += np.bincount(place, there, per_day)
        handled += np.bincount(place, count, per_day)
        work += np.bincount(place, seconds, per_day)
        days += np.bincount(place, at_work, per_day)
    # A day on which nobody works is no day of the group.
    some = np.maximum(days, 1.0)
    load = np.where(days > 0, work / length / some, 0.0)
    needed = _needed(view, handled / some * 3_600.0 / length, work, handled, days)
    return Day(np.where(days > 0, staffed / some, 0.0), load, needed)


def _lost_share(tables: object) -> Floats:
    """What stands for who was not answered: offered for each answered, by interval."""
    assert isinstance(tables, dict), "interval tables by cut"
    offered, answered = np.zeros(0), np.zeros(0)
    for name in ("voice", "chat"):
        if ("channel", name) in tables:
            table = tables["channel", name]
            asked = np.nan_to_num(table["offered"].astype(np.float64))
            got = np.nan_to_num(table["answered"].astype(np.float64))
            offered = asked if not len(offered) else offered + asked
            answered = got if not len(answered) else answered + got
    return np.where(answered > 0, np.maximum(offered, answered) / np.maximum(answered, 1.0), 1.0)


def _needed(view: View, per_hour: Floats, work: Floats, handled: Floats, days: Floats) -> Floats:
    """Agents that the service level takes by Erlang C, interval by interval."""
    targets = view.experiment.scenario.targets
    level = min(targets.service_level, 0.999)
    target = Target(service_level=level, target_s=max(targets.answer_within_s, 0.0))
    found = np.full(len(per_hour), np.nan)
    for at in np.flatnonzero(days > 0):
        if handled[at] > 0 and work[at] > 0:
            need = agents_needed(float(per_hour[at]), float(work[at] / handled[at]), target)
            found[at] = need.agents
        else:
            found[at] = 0.0
    return found


def _draw_panel(axes: Axes, view: View, policy: str, day: Day, hours: slice) -> None:
    length = interval_s(view.experiment.scenario)
    edges = np.arange(hours.start, hours.stop + 1) * length
    style.plain(axes, "y")

    def steps(values: Floats) -> Floats:
        inside = np.nan_to_num(values[hours])
        return np.append(inside, inside[-1:])

    colour = view.signs[policy].on_paper
    axes.fill_between(edges, steps(day.load), step="post", color="#D9D9D9", gid="load", linewidth=0)
    short = steps(day.gap) >= _MISSING
    axes.fill_between(
        edges,
        steps(day.staffed),
        steps(day.needed),
        where=short.tolist(),
        step="post",
        facecolor="none",
        edgecolor="#B34700",
        hatch="////",
        linewidth=0.0,
        gid="gap",
    )
    axes.step(edges, steps(day.needed), where="post", color=style.INK, linewidth=1.2,
              linestyle=(0, (4, 2)), gid="needed")
    axes.step(edges, steps(day.staffed), where="post", color=colour, linewidth=2.2, gid="staffed")
    axes.set_xlim(edges[0], edges[-1])
    clock_axis(axes.xaxis, 9)
    axes.set_ylabel("Agents", color=style.INK)
    axes.set_title(
        style.wrapped(view.titles[policy], 80, 1),
        loc="left",
        size=style.LETTER_PT,
        weight="bold",
        color=style.for_letters(colour),
    )


def _key(page: style.Sheet) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    page.figure.legend(
        handles=[
            Line2D([], [], color=style.INK, linewidth=2.2, label="agents at work or ready"),
            Line2D([], [], color=style.INK, linewidth=1.2, linestyle=(0, (4, 2)), label="needed"),
            Patch(facecolor="none", edgecolor="#B34700", hatch="////", linewidth=0.0,
                  label="missing"),
            Patch(color="#D9D9D9", label="work that arrives"),
        ],
        loc="upper left",
        bbox_to_anchor=(0.22 / page.width_in, 1.0 - (page.head_in - 0.1) / page.height_in),
        ncols=4,
        frameon=False,
        borderpad=0.0,
        handlelength=1.6,
        columnspacing=1.8,
        fontsize=style.SMALL_PT + 0.5,
    )


def _note(view: View, group: str) -> str:
    scenario = view.experiment.scenario
    title = scenario.groups[group].title or group
    target = f"{words.share(scenario.targets.service_level)} within "
    target += words.duration(scenario.targets.answer_within_s)
    return (
        f"{title}. Work that arrives: contacts times their handle time, those who were not answered "
        f"counted alike, in agents kept busy all the time. Needed: by Erlang C for {target}, a rule "
        "of thumb that knows no hanging up, no breaks and no days that differ."
    )


def _message(view: View, days: dict[str, Day], hours: slice) -> str:
    """When most agents are missing under the baseline, and what the policy makes of it."""
    length = interval_s(view.experiment.scenario)
    base = days[view.baseline]
    gaps = np.where(np.isnan(base.gap), -np.inf, base.gap)
    gaps[: hours.start] = gaps[hours.stop :] = -np.inf
    worst = int(np.argmax(gaps))
    name = view.called(view.baseline)
    if gaps[worst] < _MISSING:
        spare = float(np.nansum(np.maximum(-base.gap[hours], 0.0)) * length / 3_600.0)
        return f"{name}: enough agents at any time of day; {words.number(round(spare))} hours a day more than needed"
    short = np.flatnonzero(gaps >= _MISSING)
    first, last = _stretch(short, worst)
    said = (
        f"{name}: up to {words.number(math.ceil(gaps[worst] - _MISSING))} agents are missing from "
        f"{clock_text(first * length)} to {clock_text((last + 1) * length)}"
    )
    for policy, day in days.items():
        if policy != view.baseline:
            gap = float(day.gap[worst])
            left = math.ceil(gap - _MISSING) if gap >= _MISSING else 0
            before = math.ceil(gaps[worst] - _MISSING)
            if left != before:
                said += f"; {words.number(left) if left else 'none'} with {view.called(policy)}"
    return said


def _stretch(short: NDArray[np.intp], worst: int) -> tuple[int, int]:
    """The stretch of neighbouring intervals around the worst one."""
    there = set(short.tolist())
    first = last = worst
    while first - 1 in there:
        first -= 1
    while last + 1 in there:
        last += 1
    return first, last
