"""How far a run has come, as text."""

from __future__ import annotations

import math
from typing import Literal

from results.measures.registry import MEASURES
from results.reading import format as numbers
from tui.shell.requests import Update

Tone = Literal["muted", "marked", "better", "worse"]

WATCHED = "asa"
"""The measure whose ± says how close the answer is."""

_TONES: dict[str, Tone] = {
    "running": "marked",
    "done": "better",
    "stopped": "muted",
    "failed": "worse",
}


def run_words(update: Update | None) -> tuple[str, Tone]:
    """The state of a run in one line, and how it is to be coloured."""
    if update is None:
        return "○ nothing has run yet", "muted"
    return " · ".join(_parts(update)), _TONES[update.state]


def _parts(update: Update) -> list[str]:
    planned, there = update.planned, update.comparable
    margin = _margin(update)
    if update.centres_planned and update.state in ("running", "stopped"):
        sign, said = ("▶", "running") if update.state == "running" else ("■", "stopped at")
        count = f"{update.centres_done} of {update.centres_planned} centres that fit the figures"
        left = [] if update.left_s is None else [f"{numbers.duration(update.left_s)} left"]
        return [f"{sign} {said} {count}", *left]
    if update.state == "done":
        centres = [f"{update.centres_planned} centres"] if update.centres_planned else []
        return [f"✓ {there} replication{'s' if there != 1 else ''}", *centres, *margin]
    if update.state == "failed":
        return ["✗ failed", update.words]
    if update.state == "stopped":
        return [f"■ stopped at {there} of {planned}", *margin]
    left = [] if update.left_s is None else [f"{numbers.duration(update.left_s)} left"]
    return [f"▶ running {there} of {planned}", *_to_come(update), *margin, *left]


def _to_come(update: Update) -> list[str]:
    """How many policies are not compared yet, where some are."""
    known = update.comparison
    missing = len(update.done) - len(known.policies) if known is not None else 0
    if missing <= 0:
        return []
    return ["a policy to come" if missing == 1 else f"{missing} policies to come"]


def _margin(update: Update) -> list[str]:
    """How far off the wait, or its difference, may be: "wait ±4 s"."""
    comparison = update.comparison
    if comparison is None or WATCHED not in comparison.measures:
        return []
    found = comparison.findings[comparison.policies[-1], WATCHED]
    estimate = found.difference.estimate if found.difference else found.mean
    if math.isnan(estimate.half_width):
        return []
    return [f"wait {numbers.margin(estimate.half_width, MEASURES[WATCHED].unit)}"]
