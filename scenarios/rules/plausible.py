"""Rules about single figures: allowed, and beyond what is ever seen in a centre."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scenarios.checks.problems import Problem, found
from scenarios.files.toml_text import KeyPath
from scenarios.parts.channels import WRITTEN
from scenarios.parts.distributions import AnyDistribution, Lognormal, Weibull
from scenarios.parts.figures import log_figures, mean_of
from scenarios.parts.part import Part
from scenarios.rules.bounds import count, size_within_bounds
from scenarios.schema import Scenario

_HOUR_S = 3600.0
_LONG_TALK_S, _LONG_WORK_S = 4 * _HOUR_S, 24 * _HOUR_S
_TALK = ("talk_s", "wrap_up_s", "conference_s", "time_s", "look_up_s", "retell_s")
_WORK = ("work_s", "preparation_s", "decision_s")

_MOST_CV = 10.0
_MOST_SIGMA = 3.0
_LEAST_SHAPE = 0.2
_MOST_KNOWLEDGE, _EVERYTHING = 10.0, 100.0
_COUNTS = {
    "max_contacts": 100, "max_tries": 100, "tries": 100, "chats_at_once": 20, "waves": 100,
    "phases": 1_000, "lines": 100_000, "multiplier": 1_000, "tier": 20, "class_size": 1_000,
    "threshold": 1_000_000,
}  # fmt: skip
"""Counts above which a figure is worth a warning, by key."""

_SHARES = ("cv", "busyness_cv", "busyness_by_half_hour_cv", "speed_cv")
_SHIFTS = ("knowledge", "knowledge_sd", "knowledge_at_start", "empathy", "empathy_sd")


_BEYOND = 1e15
_NO_LIMITS = ("limit", "limits", "money_to")
"""Amounts of money that may be without end."""


def figures_within_measure(scenario: Scenario) -> Iterator[Problem]:
    """No figure is so large that sums of it are no numbers any more."""
    rule = f"is too large; at most {_BEYOND:.0e} can be simulated".replace("e+", "e")
    problems = [
        found(path, value, rule, "Leave the key out if there is no limit.")
        for path, value in _numbers(scenario, ())
        if abs(value) > _BEYOND and not set(_NO_LIMITS) & set(path)
    ]
    # How much it would make of the centre says more.
    sized = {problem.key for problem in size_within_bounds(scenario)} if problems else set()
    yield from (problem for problem in problems if problem.key not in sized)


def _numbers(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, float]]:
    """Every number in a part, with its key; those of policies are looked at when applied."""
    if isinstance(value, Part):
        keys = type(value).model_fields
        entries: Any = ((k, getattr(value, k)) for k in keys if path or k != "policies")
    elif isinstance(value, dict):
        entries = value.items()
    elif isinstance(value, tuple):
        entries = enumerate(value)
    else:
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield path, value
        return
    for key, entry in entries:
        yield from _numbers(entry, (*path, key))


def figures_ever_seen(scenario: Scenario) -> Iterator[Problem]:
    """Times, spreads, counts and knowledge are such as are seen in a centre."""
    yield from _inside(scenario, ())


def _inside(value: Any, path: KeyPath) -> Iterator[Problem]:
    if isinstance(value, Part):
        for key in type(value).model_fields:
            if path or key != "policies":
                yield from _inside(getattr(value, key), (*path, key))
        if isinstance(value, AnyDistribution):
            yield from _wide(value, path)
            yield from _long(mean_of(value), value, path)
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _inside(entry, (*path, key))
    elif isinstance(value, tuple) and value and isinstance(value[0], Part):
        for number, entry in enumerate(value):
            yield from _inside(entry, (*path, number))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _figure(value, path)


def _figure(value: float, path: KeyPath) -> Iterator[Problem]:
    key = str(path[-1])
    if key in _SHARES and value > _MOST_CV:
        yield _spread(path, value)
    elif key in _SHIFTS and _MOST_KNOWLEDGE < abs(value) < _EVERYTHING:
        unit = "standard deviations" if key.startswith("empathy") else "on the logit scale"
        what = "is a shift that leaves nothing to chance" if unit[0] == "o" else "is far too large"
        hint = "1 takes 70 % to 86 %; write 100 (or -100) for those who can do all (or nothing)."
        yield found(path, value, f"{what}: it counts {unit}", hint)
    elif key in _COUNTS and value > _COUNTS[key]:
        rule = f"is more than any centre has: more than {_COUNTS[key]:,} are rarely meant"
        yield found(path, value, rule)
    elif key in _TALK:
        yield from _long(value, value, path)


def _spread(path: KeyPath, value: float) -> Problem:
    rule = f"is {value:g} times the mean: nearly all values are close to 0, and a few are huge"
    return found(path, value, rule, "It is a factor, not a percentage: 0.5 is 50 %.")


def _wide(value: AnyDistribution, path: KeyPath) -> Iterator[Problem]:
    if isinstance(value, Lognormal) and value.cv is None:
        sigma = log_figures(value)[1]
        if sigma > _MOST_SIGMA:
            key = "p90" if value.sigma is None else "sigma"
            rule = "spreads so widely that one value in ten is more than 46 times the median"
            yield found((*path, key), getattr(value, key), rule)

    if isinstance(value, Weibull) and value.shape is not None and value.shape < _LEAST_SHAPE:
        rule = "spreads so widely that nearly all values are close to 0, and a few are huge"
        yield found((*path, "shape"), value.shape, rule)


def _long(mean_s: float, value: object, path: KeyPath) -> Iterator[Problem]:
    """A time of work that nobody spends in one go."""
    keys = [str(part) for part in path]
    key = next((one for one in reversed(keys) if one in (*_TALK, *_WORK)), "")
    writing = key in _WORK or bool(set(keys) & set(WRITTEN))
    if key and mean_s > (_LONG_WORK_S if writing else _LONG_TALK_S):
        hours = mean_s / _HOUR_S
        shown_h = f"{hours:.3g}" if hours < 1_000.0 else count(hours)
        rule = f"is {shown_h} hours on average"
        shown = value if isinstance(value, int | float) else None
        yield found(path, shown, rule, "The key is in seconds: 300 is five minutes.")
