"""A fitted centre as the document of a scenario: the days of a log replayed, or a usual week."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from scenarios.fit.calls import DAY_S, Calls, Dates
from scenarios.fit.centre import FittedCentre
from scenarios.fit.estimate import Estimate
from scenarios.fit.handling import HandlingTime
from scenarios.fit.patience import Patience, written
from scenarios.fit.priority import HeadStart
from scenarios.fit.staffing import Window
from scenarios.fit.survival import Survival

Document = dict[str, Any]
GROUP = "agents"


class There(NamedTuple):
    """How much agents who are logged on are there."""

    share: float
    """Of the time without a contact, of those who are not always there."""
    always: float = 0.0
    """So many of those logged on are always there."""
    spread: float = 0.0
    """Of the share, from day to day."""


AWAY_MIN = 30.0
"""Mean minutes in which an agent without a contact goes away again and again.

Records hardly show it: it says how alike the half hours of a day are, and with 30 minutes the
bands of half hours of January's training days held more of them than with 10.
"""
UNKNOWN_BACK_S = 60.0
LEAST_CLASS = 0.02
"""A class that fewer of a reason's customers have is not written: they are like the others."""
CLASS_SEED = 1999
"""Which callers of a class really have its head start is not recorded: drawn once."""


def replayed(
    fitted: FittedCentre, calls: Calls, dates: Dates, windows: tuple[Window, ...], there: There
) -> Document:
    """The document in which the calls of some dates come again, and these agents are logged on.

    Args:
        fitted: What was fitted, to other days.
        calls: Records of the dates: only when they came and what about is used.
        dates: The days that are replayed; those between them have neither calls nor agents.
        windows: Who is logged on when.
        there: How much agents without a contact are not away.
    """
    # Who was cut off and called again is among the calls: short ones stay with their reasons.
    fitted = replace(fitted, cut_offs=None)
    first = dates.min()
    reasons = {
        fitted.reason_names[code]: _replayed_reason(fitted, calls, code, first)
        for code in fitted.handled
    }
    return {
        "horizon": {
            "days": int((dates.max() - first).astype(int)) + 2,
            "first_date": str(first),
        },
        **_order_of_service(fitted),
        "reasons": {name: table for name, table in reasons.items() if table["volume"]["at_s"]},
        "groups": {
            GROUP: {
                "persons": {"by_name": persons(fitted, by_date(windows))},
                "availability": availability(fitted, there),
            }
        },
    }


def _replayed_reason(
    fitted: FittedCentre, calls: Calls, code: int, first: np.datetime64
) -> Document:
    rows = np.flatnonzero(calls.asked & (calls.reason == code))
    rows = rows[np.argsort(calls.came[rows], kind="stable")]
    at_s = (calls.date[rows] - first).astype(int) * DAY_S + calls.second[rows]
    volume: Document = {"at_s": at_s.tolist()}
    table = {"volume": volume, "groups": [GROUP], **customers(fitted, code)}
    if "priority_classes" in table:
        known = table["priority_classes"]
        names = _classes_of(fitted, calls, code, rows)
        # A class in which nobody waited on the days fitted is drawn like an unknown one.
        volume["class_of"] = [name if name in known else "" for name in names]
    return table


def _classes_of(fitted: FittedCentre, calls: Calls, code: int, rows: np.ndarray) -> list[str]:
    """The class of each call; empty where its priority is not recorded: drawn by the shares."""
    ahead = np.random.default_rng([CLASS_SEED, code]).random(len(rows))
    names = []
    for value, mark in zip(calls.contacts.priority[rows].tolist(), ahead, strict=True):
        start = _start_of(fitted, value)
        if value not in fitted.priorities:
            names.append("")
        elif start is not None and mark < start.share.value:
            names.append(_class_name(value, ahead=True))
        else:
            names.append(_class_name(value))
    return names


def customers(fitted: FittedCentre, code: int) -> Document:
    """Keys of a reason that say how its customers wait and how long they are worked on."""
    handling = fitted.handling_of(code)
    between = fitted.away.between_s.value
    voice = {"talk_s": talk(handling), "wrap_up_s": round(float(np.nan_to_num(between)), 2)}
    table: Document = {"handling": {"voice": voice}}
    curve = fitted.hang_ups.of(code)
    if curve is not None:
        table["patience_s"] = {"voice": patience(curve.alone, curve.tail_mean)}
        table |= {"patience_factor": 1.0, **_when_waiting(curve)}
    classes = _priority_classes(fitted, code)
    if classes:
        table["priority_classes"] = classes
    return table


def talk(handling: HandlingTime) -> Document:
    """The distribution of talk times, those cut short as a point mass."""
    law: Document = {
        "distribution": "lognormal",
        "mean": _rounded(handling.long_mean.value),
        "cv": _rounded(handling.long_cv.value),
    }
    if handling.short.value > 0:
        law |= {
            "point_share": _rounded(handling.short.value),
            "point_at": _rounded(handling.short_at),
        }
    return law


def patience(curve: Survival, tail_mean: float) -> Document:
    """The survival table of a curve."""
    times, shares, tail = written(curve, tail_mean)
    table: Document = {"distribution": "survival", "times": times, "survival": shares}
    # Where everybody who waited so long hung up, nobody is left for a tail.
    return table | ({"tail_mean": _rounded(tail)} if shares[-1] > 0 else {})


def _when_waiting(curve: Patience) -> Document:
    entries = [
        {"waiting": level, "patience_s": patience(part, curve.tail_mean)}
        for level, part in curve.crowded
        if level > 0
    ]
    return {"patience_when_waiting": entries} if entries else {}


def _priority_classes(fitted: FittedCentre, code: int) -> Document:
    """Classes by recorded priority, those who really have the head start apart."""
    calls = fitted.calls
    known = calls.contacts.priority[calls.waited & (calls.reason == code)]
    classes: Document = {}
    for value in fitted.priorities:
        share = float((known == value).sum() / max(np.isin(known, fitted.priorities).sum(), 1))
        if share < LEAST_CLASS:
            continue
        start = _start_of(fitted, value)
        own = _patience_of_class(fitted, code, value)
        ahead = start.share.value if start else 0.0
        classes[_class_name(value)] = {
            "share": _below(share * (1 - ahead)),
            "priority": 0.0,
            **own,
        }
        if start is not None:
            entry = {"share": _below(share * ahead), "priority": start.seconds, **own}
            classes[_class_name(value, ahead=True)] = entry
    return classes if len(classes) > 1 else {}


def _patience_of_class(fitted: FittedCentre, code: int, value: float) -> Document:
    own = fitted.hang_ups.by_class.get((code, value))
    if own is None:
        return {}
    return {"patience_s": patience(own.alone, own.tail_mean), **_when_waiting(own)}


def _start_of(fitted: FittedCentre, value: float) -> HeadStart | None:
    return next((start for start in fitted.head_starts if start.priority == value), None)


def _class_name(value: float, *, ahead: bool = False) -> str:
    return f"priority_{value:g}" + ("_ahead" if ahead else "")


def _order_of_service(fitted: FittedCentre) -> Document:
    return {"waiting": {"points_per_s": 1.0}} if fitted.head_starts else {}


def availability(fitted: FittedCentre, there: There) -> Document:
    """When logged-on agents are away: while nobody waits, until somebody does."""
    back = fitted.away.back_s.value
    table: Document = {
        "share": round(there.share, 4),
        **({"always_there": round(there.always, 2)} if there.always else {}),
        "away_min": {"distribution": "exponential", "mean": AWAY_MIN},
        "called_back": 1.0,
        "back_after_s": {
            "distribution": "exponential",
            "mean": _rounded(back if np.isfinite(back) else UNKNOWN_BACK_S),
        },
    }
    # More than twice the share away would leave most days with nobody away.
    spread = round(min(there.spread, 2 * (1 - there.share)), 4)
    return table | ({"spread_by_day": spread} if spread > 0 else {})


def cut_off(fitted: FittedCentre) -> Document:
    """How often customers are cut off; nothing where short calls are not seen to be that."""
    found = fitted.cut_offs
    if found is None or found.share.value <= 0:
        return {}
    return {"cut_off": {"share": round(found.share.value, 5), "after_s": round(found.after_s, 2)}}


def agent_name(code: int) -> str:
    """What an agent is called in the scenario: a number, never the name of the records."""
    return f"agent_{code + 1:02}"


def persons(fitted: FittedCentre, windows: Mapping[int, Document]) -> Document:
    """The table of persons: skills, factors and windows."""
    every = set(fitted.handled)
    table = {}
    for agent in sorted(windows):
        factor = fitted.handling.agents.get(agent, Estimate(1.0, 1.0, 1.0, 0))
        skills = [code for code in fitted.skills.get(agent, tuple(every)) if code in every]
        person: Document = {"talk_factor": _rounded(factor.value), "windows": windows[agent]}
        if fitted.cut_offs is not None and fitted.cut_offs.factors:
            own = fitted.cut_offs.factors.get(agent, 1.0)
            person["cut_off_factor"] = _rounded(own)
        if set(skills) != every:
            person["skills"] = [fitted.reason_names[code] for code in skills]
        table[agent_name(agent)] = person
    return table


Spans = dict[int, dict[str, list[tuple[int, int]]]]
"""By agent and day, stretches in whole seconds of the day, in order and apart."""


def by_date(windows: tuple[Window, ...]) -> dict[int, Document]:
    """Windows of each agent by date, cut at midnight."""
    spans = spans_of(windows, str)
    return {
        agent: {day: [_span(*span) for span in each] for day, each in days.items()}
        for agent, days in spans.items()
    }


def spans_of(windows: Iterable[Window], name: Callable[[np.datetime64], str]) -> Spans:
    """Windows of each agent by the name of the day, cut at midnight; those that touch are one."""
    table: Spans = {}
    for window in windows:
        start, end = int(window.start), max(int(np.ceil(window.end)), int(window.start) + 1)
        days = table.setdefault(window.agent, {})
        for offset in range(end // DAY_S + 1):
            low, high = max(start - offset * DAY_S, 0), min(end - offset * DAY_S, DAY_S)
            if high > low:
                days.setdefault(name(window.date + offset), []).append((low, high))
    return {a: {day: _merged(spans) for day, spans in d.items()} for a, d in table.items()}


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(spans):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def _span(low: int, high: int) -> str:
    return f"{clock(low)}-{clock(high)}"


def clock(second: int) -> str:
    """A second of the day as HH:MM:SS."""
    if second == DAY_S:
        return "24:00"
    return f"{second // 3600:02}:{second % 3600 // 60:02}:{second % 60:02}"


def _rounded(value: float) -> float:
    return float(f"{value:.5g}")


def _below(share: float) -> float:
    """Rounded down, so that shares never sum to more than one."""
    return float(np.floor(share * 1e5) / 1e5)
