"""Staffing against load over the day: where agents are missing, and where they are too many."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from results.charts import sheets, style
from results.charts.scales import clock_axis
from results.charts.view import Floats, View
from results.formulas.staffing import Target, agents_needed
from results.measures.slice import Cut
from results.measures.summary import Summary
from results.reading import format as words
from results.reading.day import day_words, interval_s, open_hours
from results.reading.listing import joined
from results.reading.names import group_title
from scenarios.parts.clock import DAY_S, clock_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PANEL_IN = 2.6
_LIVE = ("voice", "chat")
_LONG = 90
_LAST = 0.05
"""Of the most agents: fewer at work while nobody calls belong to no line that is staffed."""
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
    from matplotlib.ticker import MaxNLocator

    groups = who_answers(view)
    hero = view.hero.policies[0] if view.hero else None
    shown = [view.baseline, *([hero] if hero else [])]
    days = {policy: day_of(view, policy, groups) for policy in shown}
    there = (np.where(_is_day(one), one.staffed, np.nan)[None] for one in days.values())
    hours = open_hours(there)
    if hours.start == hours.stop or not any(np.nansum(one.load) for one in days.values()):
        return None
    body = 0.45 + len(shown) * (_PANEL_IN + 0.35) + 0.25
    page = sheets.sheet(_message(view, days, hours), [_note(view, groups), view.source], body)
    grid = page.grid(len(shown), left_in=0.85, top_in=0.75, bottom_in=0.55, gap_in=(0.0, 0.45))
    most = max(float(np.nanmax(np.fmax(one.staffed, one.needed))) for one in days.values())
    for row, (policy, day) in enumerate(days.items()):
        axes = page.figure.add_subplot(grid[row, 0])
        _draw_panel(axes, view, policy, day, hours)
        axes.set_ylim(0.0, 1.1 * most)
        axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10], integer=True))
        axes.tick_params(labelbottom=row == len(shown) - 1)
    axes.set_xlabel(f"Time of day{day_words(view.experiment.scenario)}", color=style.INK)
    _key(page)
    return page.figure


def _is_day(day: Day) -> NDArray[np.bool_]:
    """When there is a line to staff, or more than a few who finish what they have begun."""
    return (day.load > 0.0) | (day.staffed > _LAST * np.max(day.staffed, initial=0.0))


def who_answers(view: View) -> tuple[str, ...]:
    """The groups to which a contact on a line may go first, under the baseline."""
    scenario = view.experiment.scenario
    first = {
        name
        for reason in scenario.reasons.values()
        if any(part > 0.0 for channel, part in reason.channels.items() if channel in _LIVE)
        for stage in reason.groups[:1]
        for name in stage.groups
    }
    lowest = min((scenario.groups[name].tier for name in first), default=1)
    return tuple(
        name for name, one in scenario.groups.items() if name in first and one.tier == lowest
    )


def day_of(view: View, policy: str, groups: Sequence[str]) -> Day:
    """Agents, work and need by time of day, the means of all days and replications."""
    length = interval_s(view.experiment.scenario)
    per_day = math.ceil(DAY_S / length)
    staffed, asked, work, days = (np.zeros(per_day) for _ in range(4))
    for summary in view.summaries[policy]:
        at_work = np.sum([_column(summary, ("group", name), "staffed") for name in groups], axis=0)
        place = np.arange(len(at_work)) % per_day
        staffed += np.bincount(place, at_work, per_day)
        days += np.bincount(place, at_work > 0, per_day)
        for channel in _LIVE:
            if ("channel", channel) in summary.intervals:
                offered = _column(summary, ("channel", channel), "offered")
                handle = _column(summary, ("channel", channel), "aht_s")
                # Where nobody was answered the handle time is that of the whole day.
                known = handle[handle > 0]
                usual = float(np.mean(known)) if len(known) else 0.0
                asked += np.bincount(place, offered, per_day)
                each = np.where(handle > 0, handle, usual) / _at_once(view, policy, groups, channel)
                work += np.bincount(place, offered * each, per_day)
    # A day on which nobody works is no day of the group.
    some = np.maximum(days, 1.0)
    load = np.where(days > 0, work / length / some, 0.0)
    needed = _needed(view, asked / some * 3_600.0 / length, work, asked, days)
    return Day(np.where(days > 0, staffed / some, 0.0), load, needed)


def _at_once(view: View, policy: str, groups: Sequence[str], channel: str) -> int:
    """How many contacts of a channel an agent handles at once."""
    known = view.experiment.under[policy].groups
    return max(known[name].chats_at_once for name in groups) if channel == "chat" else 1


def _column(summary: Summary, cut: Cut, name: str) -> Floats:
    """A column of an interval table, nothing where it is undefined."""
    return np.nan_to_num(summary.intervals[cut][name].astype(np.float64))


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
    # A stretch of steps ends before its last one in matplotlib, so nothing is left out: where
    # nobody is missing the area has no height.
    short = steps(day.gap) >= _MISSING
    axes.fill_between(
        edges,
        steps(day.staffed),
        np.where(short, steps(day.needed), steps(day.staffed)),
        step="post",
        facecolor="none",
        edgecolor="#B34700",
        hatch="////",
        linewidth=0.0,
        gid="gap",
    )
    axes.step(
        edges,
        steps(day.needed),
        where="post",
        color=style.INK,
        linewidth=1.2,
        linestyle=(0, (4, 2)),
        gid="needed",
    )
    axes.step(edges, steps(day.staffed), where="post", color=colour, linewidth=2.2, gid="staffed")
    axes.set_xlim(edges[0], edges[-1])
    clock_axis(axes.xaxis, 9)
    axes.set_ylabel("Agents", color=style.INK)
    title = style.wrapped(view.titles[policy], 80, 1)
    style.heading(axes, title, color=style.for_letters(colour))


def _key(page: sheets.Sheet) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    sheets.key(
        page,
        [
            Line2D([], [], color=style.INK, linewidth=2.2, label="agents at work or ready"),
            Line2D([], [], color=style.INK, linewidth=1.2, linestyle=(0, (4, 2)), label="needed"),
            Patch(
                facecolor="none", edgecolor="#B34700", hatch="////", linewidth=0.0, label="missing"
            ),
            Patch(color="#D9D9D9", label="work that arrives"),
        ],
        below_in=0.1,
        ncols=4,
        handlelength=1.6,
        columnspacing=1.8,
        fontsize=style.SMALL_PT + 0.5,
    )


def _note(view: View, groups: Sequence[str]) -> str:
    scenario = view.experiment.scenario
    titles = joined(group_title(scenario, name) for name in groups)
    target = f"{words.share(scenario.targets.service_level)} within "
    target += words.duration(scenario.targets.answer_within_s)
    return (
        f"{titles if len(titles) < _LONG else f'{len(groups)} groups'}. Work that arrives: calls "
        "and chats offered times their handle time, in agents kept busy all the time. Needed: by "
        f"Erlang C for {target}, a rule of thumb that knows no hanging up, no work in writing, no "
        "skills and no days that differ."
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
        hours_over = words.number(round(spare))
        return f"{name}: enough agents at any time of day, {hours_over} hours more than needed"
    short = np.flatnonzero(gaps >= _MISSING)
    first, last = _stretch(short, worst)
    missing = math.ceil(gaps[worst] - _MISSING)
    agents = "1 agent is" if missing == 1 else f"up to {words.number(missing)} agents are"
    said = (
        f"{name}: {agents} missing from "
        f"{clock_text(first * length)} to {clock_text((last + 1) * length)}"
    )
    for policy, day in days.items():
        if policy != view.baseline:
            gap = float(day.gap[worst])
            left = math.ceil(gap - _MISSING) if gap >= _MISSING else 0
            if left != missing:
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
