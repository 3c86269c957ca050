"""A backtest in sentences that a manager reads."""

from __future__ import annotations

import numpy as np

from results.backtest.backtest import Backtest
from results.backtest.cells import Figure
from results.backtest.scores import BAND, Score
from scenarios.fit.week import there_words
from scenarios.shares import percent


def headline(test: Backtest) -> str:
    """What the backtest found, in one sentence."""
    scores = test.parts[0].scores["all"]
    abandoned, wait = scores["abandonment"], scores["wait"]
    return (
        f"Predicted: {value(abandoned.figure, abandoned.predicted[0])} abandoned, "
        f"{value(wait.figure, wait.predicted[0])} mean wait. It was "
        f"{value(abandoned.figure, abandoned.observed[0])} and "
        f"{value(wait.figure, wait.observed[0])}."
    )


def background(test: Backtest) -> list[str]:
    """What was fitted, what was left out and how far to trust it."""
    fitted, share = test.fitted, test.availability.share
    lines = [
        (
            f"Fitted to {len(test.train)} days, {test.train[0]} to {test.train[-1]}: "
            f"{int(fitted.calls.asked.sum()):,} calls that asked for an agent."
        ),
        (
            there_words(test.availability.there, share)
            + f" From day to day it varies by {100 * test.availability.spread:.0f} points."
        ),
    ]
    late = test.availability.latest
    if not late.low <= share.value <= late.high:
        lines.append(
            f"On the latest {late.records} training days it is {percent(late.value)} "
            f"({percent(late.low)} to {percent(late.high)}): the centre has changed; fit later "
            "days."
        )
    lines += [f"Left out of the fit: {stretch.words}." for stretch in fitted.unusual]
    lines += [f"In the days predicted: {stretch.words}." for stretch in test.unusual]
    lines += [
        (
            "Staffing as inferred: when agents were logged on in the predicted days is read from "
            "their own calls, which tells some of the outcome. Training staff: the same, with the "
            "agents of the latest training day of the same weekday."
        ),
        "Redials and repeats are off: they are among the calls given.",
    ]
    return lines


def verdict(test: Backtest) -> str:
    """Whether what came lies within the band of the prediction, in all."""
    outside = [score.figure.title.lower() for score in _outside(test)]
    if not outside:
        return f"Every figure in all lies within its {percent(BAND)} band."
    return f"Outside its {percent(BAND)} band in all: {', '.join(outside)}."


AS_CHANCE = 1.1
"""Up to so many times what chance alone leaves, a half hour is predicted as well as it can be."""
NEAR = {"abandonment": 0.01, "wait": 4.0}
"""Nobody's plan turns on less: a point of those who hang up, and seconds of their wait."""


def well_enough(test: Backtest) -> tuple[bool, str]:
    """Whether a backtest predicts well enough to ask what-ifs of, and why, in a sentence.

    It does when abandonment and mean wait lie within their bands in all, and by half hour are no
    further off than by chance alone (`AS_CHANCE`); what is no further off than `NEAR` does anyhow.
    """
    part = test.parts[0]
    halves = [part.scores["half_hour"][name] for name in NEAR]
    outside = [
        one.figure.title.lower()
        for one in _outside(test)
        if abs(one.bias) > NEAR.get(one.figure.name, np.inf)
    ]
    far = [one for one in halves if one.rmse > max(AS_CHANCE * one.floor, NEAR[one.figure.name])]
    errors = " and ".join(
        f"{_error(one, one.rmse)} (chance alone {size(one.figure, one.floor)}, Erlang A "
        f"{size(one.figure, part.erlang_a['half_hour'][one.figure.name].rmse)})"
        for one in halves
    )
    if not outside and not far:
        totals = [part.scores["all"][name] for name in NEAR]
        off = " and ".join(_error(one, abs(one.bias)) for one in totals)
        return True, (
            "It predicts well enough to ask what-ifs of: in all, abandonment and mean wait are off "
            f"by {off}, and half hours by hardly more than chance leaves, {errors}."
        )
    lie = "lie outside their bands" if len(outside) > 1 else "lies outside its band"
    reasons = [f"{' and '.join(outside)} {lie} in all"] if outside else []
    if far:
        which = " and ".join(one.figure.title.lower() for one in far)
        reasons.append(f"half hours are further off in {which} than by chance")
    return False, (
        f"It does not predict well enough yet: {', and '.join(reasons)}. Half hours are off by "
        f"{errors}. Read the report for what was left out or inferred, or give more days."
    )


def _error(score: Score, number: float) -> str:
    return f"{size(score.figure, number)} {'points' if score.figure.percent else 's'}"


def verdict_holds(test: Backtest) -> bool:
    """Whether every figure in all lies within its band."""
    return not _outside(test)


def _outside(test: Backtest) -> list[Score]:
    scores = test.parts[0].scores["all"].values()
    return [score for score in scores if not score.low[0] <= score.observed[0] <= score.high[0]]


def value(figure: Figure, number: float) -> str:
    """A figure with its unit."""
    if number != number:
        return "–"
    return percent(number, 1) if figure.percent else f"{number:.1f} s"


def size(figure: Figure, number: float) -> str:
    """A size without a sign: points, or seconds."""
    if number != number:
        return "–"
    return f"{100 * number:.1f}" if figure.percent else f"{number:.1f}"


def covered(score: Score) -> str:
    """Share within the band."""
    return "–" if score.covered != score.covered else percent(score.covered)
