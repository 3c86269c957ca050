"""Predictions in sentences that a manager reads."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from results.ledger.days import Quantity
from results.ledger.forecast import Band, Forecast
from results.ledger.judged import Held, Judged, Tally, tally
from results.reading import format as numbers
from results.reading.listing import joined

PROMISED = "80 %"


def heading(forecast: Forecast) -> str:
    """What was predicted, in one line."""
    first, last = min(forecast.days), max(forecast.days)
    when = first if first == last else f"{first} to {last}"
    return f"{forecast.scenario or forecast.run}, {forecast.policy_title}: {when}"


def value(quantity: Quantity, number: float) -> str:
    """A quantity with its unit."""
    return numbers.value(number, quantity.unit)


def band(quantity: Quantity, found: Band | None) -> str:
    """A band as text: ``52 s to 1.4 min``; a dash where there is none."""
    if found is None:
        return numbers.UNDEFINED
    low, high = (value(quantity, end) for end in (found.low, found.high))
    return low if low == high else f"{low} to {high}"


def where(held: Held) -> str:
    """Where what came lies."""
    if held.inside:
        return "inside"
    return "above" if held.came > held.band.high else "below"


def verdict(found: Judged) -> str:
    """What has become of a prediction, in a sentence."""
    if not found.came:
        return "None of its days has come yet."
    days = tally(found.days)
    said = f"By day {days.inside} of {days.of} bands held."
    if not found.whole:
        of = len(found.prediction.forecast.days)
        return f"{found.came} of its {of} days have come. {said}"
    outside = [one.quantity.title.lower() for one in found.stretch if not one.inside]
    if not outside:
        return f"Everything measured lay inside its {PROMISED} band. {said}"
    return f"Outside its {PROMISED} band: {joined(outside)}. {said}"


def correction(found: Judged) -> str:
    """Which assumption to correct, in a sentence; empty where nothing has come."""
    if not found.came:
        return ""
    worst = found.to_correct
    if worst is not None:
        return f"Correct first: {_worst(worst, found.prediction.forecast)}"
    if all(one.inside for one in (*found.stretch, *found.days)):
        return "Nothing to correct: what went in came as it was assumed."
    seen = joined([one.quantity.title.lower() for one in found.inputs])
    return (
        f"Nothing that can be seen of what went in ({seen}) is off by more than chance. One band "
        "in five misses by chance; where the same one misses again, look at rules and routing."
    )


def _worst(worst: Held, forecast: Forecast) -> str:
    one = worst.quantity
    came, mean = value(one, worst.came), value(one, worst.band.mean)
    share = abs(worst.came / worst.band.mean - 1.0) if worst.band.mean else np.inf
    more = "more" if worst.came > worst.band.mean else "less"
    far = worst.how_far
    times = f", {far:.1f} times as far off as its band reaches" if np.isfinite(far) else ""
    off = f" ({numbers.share(share)} {more})" if np.isfinite(share) else ""
    return (
        f"{one.advice}. {one.title} came to {came}, not {mean}{off}{times}.{_range(one, forecast)}"
    )


def _range(one: Quantity, forecast: Forecast) -> str:
    """The ranges that the scenario gives for it."""
    given = [
        f"{key} from {low:g} to {high:g}"
        for key, (low, high) in forecast.ranges.items()
        if any(part in key for part in one.keys)
    ]
    if not given:
        return " The scenario gives no range for it: a row in [uncertain] would have said so."
    shown = given if len(given) <= _MOST_RANGES else [*given[:_MOST_RANGES], "others"]
    return f" Its range was {joined(shown)}."


_MOST_RANGES = 3


def overall(found: Sequence[Judged]) -> str:
    """How many bands held over all predictions that count, in sentences."""
    whole = [one for one in found if one.counts]
    stretch = tally(held for one in whole for held in one.stretch)
    days = tally(held for one in whole for held in one.days)
    said = []
    if stretch.of:
        said.append(f"Of {stretch.of} bands of whole predictions {_held(stretch)}")
    if days.of:
        said.append(f"Of {days.of} bands of single days {_held(days)}")
    late = sum(1 for one in found if one.came and not one.counts)
    if late:
        what = "prediction does" if late == 1 else "predictions do"
        said.append(f"{late} {what} not count: made when the first of its days had begun.")
    if not stretch.of and not days.of and not late:
        return "Nothing that was predicted has come yet."
    return " ".join(said)


def _held(counted: Tally) -> str:
    low, high = counted.interval
    share = numbers.share(counted.inside / counted.of)
    fits = low <= _PROMISE <= high
    judged = "as promised" if fits else "too few" if high < _PROMISE else "bands are too wide"
    return (
        f"{counted.inside} held: {share} (95 % interval {100 * low:.0f} to {100 * high:.0f} %), "
        f"{PROMISED} promised: {judged}."
    )


_PROMISE = 0.8
