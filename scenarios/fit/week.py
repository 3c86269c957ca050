"""A usual week of a fitted centre, with the keys that are not known for certain."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from scenarios.fit.arrivals import Variation
from scenarios.fit.calls import WEEKDAYS, Calls, weekday_of
from scenarios.fit.calls_resampled import put_figures
from scenarios.fit.centre import FittedCentre
from scenarios.fit.coming_back import (
    coming_back_of,
    first_share,
    further_business,
    written_further,
)
from scenarios.fit.cut_off import LEAST_SHORT
from scenarios.fit.document import (
    GROUP,
    Document,
    There,
    agent_name,
    availability,
    customers,
    cut_off,
    persons,
    spans_of,
)
from scenarios.fit.estimate import Estimate, share_of
from scenarios.fit.figure import Uncertain, shown
from scenarios.fit.first_counts import first_counts
from scenarios.fit.resampled import Drawn, Sets
from scenarios.records.columns import Numbers
from scenarios.shares import percent

LEAST_OPEN = 0.1
"""Answers in a half hour, against the busiest of the weekday, from which the centre is open."""


Window = tuple[str, str, int, int]
"""Name, weekday, start and end in seconds."""
SHORT_CALLS = {True: "calls shorter than 10 s", False: "calls under 10 s, cut off by no agent"}
FURTHER = "calls within a day after an answer, beyond the usual rate; taken for new business"
FILLED_S = 1800
"""Shorter stretches without anybody are filled."""


@dataclass
class Week:
    """A usual week.

    Attributes:
        document: The scenario, but for its table of persons, which stands in CSV files.
        persons: By name, what a person's row holds.
        windows: Rows of name, weekday, start and end in seconds.
        uncertain: Figures with their intervals.
        notes: What a reader should know, by the table that it is about ("" for all).
        sets: Figures estimated again from days drawn anew.
    """

    document: Document
    persons: Document
    windows: list[Window]
    uncertain: list[Uncertain] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)
    sets: Sets = field(default_factory=Sets)

    def settle(self) -> None:
        """Let intervals hold what was estimated again from other days, and that reach as far."""
        self.uncertain = [
            replace(one, estimate=self.sets.settled(one.key, one.estimate))
            for one in self.uncertain
        ]


def usual_week(fitted: FittedCentre) -> Week:
    """The week that the training days show, but for its staff."""
    week = Week({}, {}, [], sets=Sets(Drawn.of(fitted.calls.dates)))
    names = {fitted.reason_names[code]: code for code in fitted.handled}
    # Keys of the scenario first, then its tables, as they are written.
    week.document |= {
        "title": "Fitted centre",
        "story": f"A usual week, fitted to {_records(fitted)}.",
        **_busyness(week, fitted),
        "horizon": _horizon(fitted),
        **_opening(fitted.calls),
    }
    if fitted.head_starts:
        week.document["waiting"] = {"points_per_s": 1.0}
    coming_back = coming_back_of(fitted)
    week.document |= coming_back.tables
    week.uncertain += coming_back.uncertain
    week.notes.setdefault("", []).extend(_not_written(fitted))
    week.document["reasons"] = {
        name: _reason(week, fitted, name, code) for name, code in names.items()
    }
    believed = latest_level(fitted) != 1.0
    put_figures(week.sets, week.document, fitted, _ahead(fitted) if believed else 0.0)
    return week


def _horizon(fitted: FittedCentre) -> Document:
    """A week; where customers call about the day before, with a day to warm up."""
    if fitted.returns is None or not fitted.returns.further:
        return {"days": 7, "first_weekday": "monday"}
    return {"days": 8, "first_weekday": "sunday", "warm_up_days": 1}


def _records(fitted: FittedCentre) -> str:
    calls = fitted.calls
    return (
        f"{int(calls.asked.sum()):,} calls that asked for an agent, "
        f"{calls.dates[0]} to {calls.dates[-1]}"
    )


def latest_level(fitted: FittedCentre) -> float:
    """Volume of the latest day of each weekday against the mean of all days, by the trend.

    The agents of the week are those of these days: where volume has fallen, staff has as well. 1
    where the trend may be none.
    """
    trend = fitted.arrivals.variation.trend
    if not np.isfinite(trend.value) or 1.0 in trend:
        return 1.0
    return float(trend.value ** _ahead(fitted))


def _ahead(fitted: FittedCentre) -> float:
    """Weeks from the middle of all days to that of the latest day of each weekday."""
    latest = {weekday_of(date): date for date in fitted.dates}
    days = [np.mean([d.astype(int) for d in each]) for each in (fitted.dates, latest.values())]
    return float(days[1] - days[0]) / 7


def _not_written(fitted: FittedCentre) -> list[str]:
    """What was found and stands in no key, because the records do not say what it means."""
    notes = []
    if fitted.returns is not None and fitted.returns.further:
        notes.append(
            "Who calls again within a day after an answer, beyond the usual rate of the same "
            "customers, has further business (further_business of the reasons): no column says "
            "that a case was not resolved. If it was not, take further_business out and write "
            "false_resolution and repeat in its place. The first day only warms up: on it nobody "
            "calls about a day before."
        )
    transferred = fitted.calls.contacts.transferred & fitted.calls.answered
    if transferred.any():
        count = share_of(float(transferred.sum()), int(fitted.calls.answered.sum()))
        notes.append(
            f"Transferred: {shown(count, '%')}. To whom is not recorded, and nothing "
            "is written: their time is in the handling time. Where another group continues, write "
            "it as [escalation]."
        )
    return notes


def _busyness(week: Week, fitted: FittedCentre) -> Document:
    variation = fitted.arrivals.variation
    if np.isfinite(variation.trend.value):
        week.notes.setdefault("", []).append(
            "Volume from one week to the next: "
            f"{shown(variation.trend, 'x')}. The counts are means of all days; "
            "volume.factor brings them to the latest of each weekday (times "
            f"{latest_level(fitted):.2f})."
        )
    return busyness(week, variation)


def busyness(week: Week, variation: Variation) -> Document:
    """How much days and half hours vary, where the records tell."""
    table: Document = {}
    figures = {
        "busyness_cv": (variation.days, "variation of days around weekday and trend"),
        "busyness_by_half_hour_cv": (variation.half_hours, "of half hours around their day"),
    }
    for key, (figure, source) in figures.items():
        if np.isfinite(figure.value) and figure.value > 0:
            week.uncertain.append(Uncertain((key,), figure, source))
            table[key] = round(figure.value, 4)
    if "busyness_by_half_hour_cv" in table:
        week.notes.setdefault("", []).append(
            f"Half hours of a weekday have a variance of {variation.dispersion:.1f} times their "
            f"mean, {variation.dispersion_within:.1f} times around the level of their day."
        )
    return table


def _opening(calls: Calls) -> Document:
    """Opening hours of each weekday by its answers; none for a centre that never closes."""
    hours = {}
    for date in calls.dates:
        name = weekday_of(date)
        if name in hours:
            continue
        same = np.array([d for d in calls.dates if weekday_of(d) == name])
        began = calls.began[np.isin(calls.date, same) & calls.answered]
        counts = np.bincount((began // 1800).astype(int).clip(0, 47), minlength=48) / len(same)
        open_slots = counts >= LEAST_OPEN * counts.max()
        peak = int(np.argmax(counts))
        first, last = peak, peak
        while first > 0 and open_slots[first - 1]:
            first -= 1
        while last < 47 and open_slots[last + 1]:
            last += 1
        hours[name] = f"{_clock(first)}-{_clock(last + 1)}"
    if set(hours.values()) == {"00:00-24:00"}:
        return {}
    usual = max(set(hours.values()), key=list(hours.values()).count)
    others: dict[str, Any] = {n: h for n, h in hours.items() if h != usual}
    table: Document = {"hours": usual}
    return {"opening": table | ({"days": others} if others else {})}


def _clock(slot: int) -> str:
    return f"{slot // 2:02}:{slot % 2 * 30:02}"


def _reason(week: Week, fitted: FittedCentre, name: str, code: int) -> Document:
    calls = fitted.calls
    mine = calls.asked & (calls.reason == code)
    abandoned = float(calls.abandoned[mine].mean())
    first = first_share(week.document, fitted, abandoned)
    menu = fitted.hang_ups.menu[code]
    counts = {
        weekday: _trimmed(fitted.arrivals.counts[code, weekday]) for weekday in fitted.arrivals.days
    }
    further = further_business(fitted, code)
    if further is not None:
        share, begun = further.probability, 1 - further.probability.value
        shaped = first_counts(
            {day: fitted.arrivals.counts[code, day] for day in fitted.arrivals.days},
            week.document.get("opening", {}),
            share.value,
            further.delay_min,
        )
        counts = {day: _trimmed(shaped[day] / begun) for day in counts}
        first *= begun
        at = ("reasons", name, "further_business", "probability")
        week.uncertain.append(Uncertain(at, share, FURTHER))
    factor = latest_level(fitted) * first / max(1 - menu.value, 0.05)
    per_day = fitted.arrivals.per_day[code]
    if per_day.value > 0:
        figure = _with_trend(per_day, fitted).scaled(factor / per_day.value)
        level = ("reasons", name, "volume", "factor")
        week.uncertain.append(Uncertain(level, figure, "days counted, and chance in them"))
    table: Document = {"groups": [GROUP]}
    if menu.value > 0:
        table["menu_time_s"] = round(float(calls.in_menu_s[mine].mean()), 1)
        table["hangs_up_in_menu"] = round(menu.value, 4)
        key = ("reasons", name, "hangs_up_in_menu")
        week.uncertain.append(Uncertain(key, menu, "calls that ended in the menu"))
    fitted_keys = customers(fitted, code)
    table |= {key: value for key, value in fitted_keys.items() if key != "priority_classes"}
    table["volume"] = {
        "factor": round(factor, 4),
        "interval_min": 30,
        "counts": {day: values for day, values in counts.items() if any(values)}
        or {"every_day": [0.0]},
    }
    if further is not None:
        table["further_business"] = written_further(further)
    if "priority_classes" in fitted_keys:
        table["priority_classes"] = fitted_keys["priority_classes"]
    _uncertain_reason(week, fitted, name, code)
    week.notes[f"reasons.{name}"] = _reason_notes(fitted, code, abandoned, first)
    return table


def _with_trend(level: Estimate, fitted: FittedCentre) -> Estimate:
    """A mean of all days as that of the latest, known no better than the trend between them."""
    if latest_level(fitted) == 1.0:
        return level
    trend = fitted.arrivals.variation.trend
    half = np.log(trend.high / trend.low) / 2 * _ahead(fitted) * level.value
    low, high = np.hypot([level.value - level.low, level.high - level.value], half)
    return replace(level, low=max(level.value - low, 0.0), high=level.value + high)


def _trimmed(counts: Numbers) -> list[float]:
    last = int(np.flatnonzero(counts)[-1]) + 1 if counts.any() else 0
    return [round(float(count), 2) for count in counts[:last]]


def _uncertain_reason(week: Week, fitted: FittedCentre, name: str, code: int) -> None:
    handling = fitted.handling_of(code)
    talk = ("reasons", name, "handling", "voice", "talk_s")
    count = f"{handling.long_mean.records:,} calls of 10 s and more"
    week.uncertain.append(Uncertain((*talk, "mean"), handling.long_mean, count))
    week.uncertain.append(
        Uncertain((*talk, "cv"), handling.long_cv, f"{count}, agents' own pace taken out")
    )
    if handling.short.value > 0:
        week.uncertain.append(
            Uncertain((*talk, "point_share"), handling.short, SHORT_CALLS[fitted.cut_offs is None])
        )
    patience = fitted.hang_ups.of(code)
    if patience is not None:
        mean = patience.exponential
        source = "hang-ups over all time waited; for all times of the curves"
        factor = replace(mean.scaled(1 / mean.value), value=1.0)
        week.uncertain.append(Uncertain(("reasons", name, "patience_factor"), factor, source))


def _reason_notes(fitted: FittedCentre, code: int, abandoned: float, first: float) -> list[str]:
    handling = fitted.handling.by_reason.get(code)
    notes = []
    if handling is None:
        notes.append("Too few calls for a handling time of its own: that of all reasons.")
    else:
        notes.append(f"Handling time {shown(handling.mean, 's')}, cv {handling.cv:.2f}.")
    patience = fitted.hang_ups.by_reason.get(code)
    if patience is None:
        notes.append("Too few hang-ups for patience of its own: that of all reasons.")
    else:
        law = patience.weibull
        weibull = f"; Weibull shape {law.shape.value:.2f}, mean {law.mean:.0f} s" if law else ""
        notes.append(
            f"Patience: median {shown(patience.curve.quantile(0.5), 's')}; "
            f"{percent(patience.at_once.value, 1)} hang up within a second{weibull}. Those "
            f"who hung up had waited {patience.naive:.0f} s on average, which is not their "
            "patience."
        )
    menu = fitted.hang_ups.menu[code]
    notes.append(
        f"Abandoned {percent(abandoned, 1)} of those who asked for an agent; in the menu end "
        f"{shown(menu, '%')}, which is no abandonment."
    )
    if first < 1.0:
        notes.append(
            f"factor: of those counted {percent(1 - first, 1)} call because of an earlier call: "
            "it came to nothing, or there is further business. The simulation makes these itself."
        )
    return notes


def add_log_ons(week: Week, fitted: FittedCentre, there: There, share: Estimate) -> None:
    """Write who is logged on when: as on the latest training day of each weekday.

    Args:
        week: The week without staff.
        fitted: What was fitted.
        there: The fitted availability.
        share: Its share, with its interval.
    """
    latest = {weekday_of(date): date for date in fitted.dates}
    spans = spans_of((w for w in fitted.windows if w.date in latest.values()), weekday_of)
    windows = [
        (agent_name(agent), weekday, *span)
        for agent, days in spans.items()
        for weekday, each in days.items()
        for span in each
    ]
    week.windows = [
        window
        for weekday in WEEKDAYS
        for window in _covered(
            [each for each in windows if each[1] == weekday], *_hours(week.document, weekday)
        )
    ]
    week.persons = persons(fitted, {agent: {} for agent in spans})
    week.document["groups"] = {
        GROUP: {**cut_off(fitted), "availability": availability(fitted, there)}
    }
    if fitted.cut_offs is not None:
        source = "calls of known agents; shorter than 10 s, and not by their reason"
        week.uncertain.append(
            Uncertain(("groups", GROUP, "cut_off", "share"), fitted.cut_offs.share, source)
        )
    keys = ("groups", GROUP, "availability")
    week.uncertain.append(
        Uncertain((*keys, "share"), share, f"fitted by simulating {share.records} days")
    )
    week.uncertain.append(
        Uncertain(
            (*keys, "back_after_s", "mean"),
            fitted.away.back_s,
            "calls taken by agents who came back",
        )
    )
    days = ", ".join(f"{weekday} {date}" for weekday, date in latest.items())
    handling = fitted.handling
    week.notes[f"groups.{GROUP}"] = [
        (
            "No roster in the records: logged on from the first to the last contact, a gap of 15 "
            f"minutes without one ends a window. The windows are those of {days}; where nobody is "
            "there for less than half an hour of the opening hours, who was there last stays."
        ),
        f"Agents differ: talk_factor has a standard deviation of {handling.spread:.2f}; "
        + _short_words(fitted),
        f"Of agents who are free while nobody waits, {shown(fitted.away.when_idle, '%')} are away.",
        there_words(there, share),
        f"Who is away comes back {shown(fitted.away.back_s, 's')} after somebody begins to wait.",
    ]


def _hours(document: Document, weekday: str) -> tuple[int, int]:
    """Opening and closing of a weekday in seconds."""
    opening = document.get("opening", {"hours": "00:00-24:00"})
    hours = opening.get("days", {}).get(weekday, opening["hours"])
    start, end = (int(clock[:2]) * 3600 + int(clock[3:]) * 60 for clock in hours.split("-"))
    return start, end


def _covered(windows: list[Window], opens: int, closes: int) -> list[Window]:
    """The windows of a weekday so that somebody is there while it is open.

    Stretches of less than half an hour without anybody are shared out to who was there last before
    or first after them; longer ones stay.
    """
    ordered = sorted(windows, key=lambda window: window[2])
    reached, last = opens, -1
    for place, (name, weekday, start, end) in enumerate(ordered):
        if reached < start < min(reached + FILLED_S, closes):
            if last < 0:
                ordered[place] = (name, weekday, reached, end)
            else:
                ordered[last] = (*ordered[last][:3], start)
        if end > reached:
            reached, last = end, place
    if last >= 0 and reached < closes < reached + FILLED_S:
        ordered[last] = (*ordered[last][:3], closes)
    return ordered


def _short_words(fitted: FittedCentre) -> str:
    shares = [e.value for e in fitted.handling.short.values() if e.records >= 100]
    if not shares:
        return "too few calls to tell who cuts calls short."
    said = (
        f"calls under 10 s are {percent(np.median(shares))} of those of the median agent "
        f"and {percent(max(shares))} of those of one."
    )
    return said + _after_short(fitted)


def _after_short(fitted: FittedCentre) -> str:
    """Whether customers of short calls call again as if nobody had helped them."""
    found, cut = fitted.returns, fitted.cut_offs
    if found is None or found.after_short.records < LEAST_SHORT:
        return " What follows them is not known: their share is that of the reason (point_share)."
    short, longer = found.after_short, found.after_longer
    said = (
        f" After them {shown(short, '%')} call again within an hour, after longer calls "
        f"{shown(longer, '%')}"
    )
    if cut is None:
        return said + ": too few to be called cut off, and their share is that of the reason."
    differ = " cut_off_factor is each agent's own." if cut.factors else " Agents do not differ."
    return (
        f"{said}: they were cut off. Of the calls of known agents {shown(cut.share, '%')} are, "
        f"what their reasons explain left out.{differ}"
    )


def there_words(there: There, share: Estimate) -> str:
    """How much agents are there, in a sentence for people."""
    of_time = f"{shown(share, '%', 'days')} of the time while nobody waits"
    if there.always:
        return f"Of those logged on {there.always:g} are always there, the others {of_time}."
    return f"Free agents are there {of_time}."
