"""Fitted figures in words: what each is, and from where to where it may be."""

from __future__ import annotations

from scenarios.files.toml_text import key_text
from scenarios.fit.figure import Uncertain

_PERCENT, _SECONDS, _NUMBER = "%", "s", ""
_WORDS: dict[tuple[str, ...], tuple[str, str]] = {
    ("busyness_cv",): ("How much days differ beyond their weekday", _PERCENT),
    ("busyness_by_half_hour_cv",): ("How much half hours differ within their day", _PERCENT),
    ("redial", "after_abandoning"): ("Of those who hang up, call again", _PERCENT),
    ("repeat", "after_cut_off", "probability"): ("Of those cut off, call again", _PERCENT),
    ("reasons", "*", "volume", "factor"): ("volume, times the counts", _NUMBER),
    ("reasons", "*", "hangs_up_in_menu"): ("hang up in the menu", _PERCENT),
    ("reasons", "*", "handling", "voice", "talk_s", "mean"): ("handling time", _SECONDS),
    ("reasons", "*", "handling", "voice", "talk_s", "cv"): ("spread of handling times", _NUMBER),
    ("reasons", "*", "handling", "voice", "talk_s", "point_share"): (
        "calls shorter than 10 s",
        _PERCENT,
    ),
    ("reasons", "*", "further_business", "probability"): ("come with further business", _PERCENT),
    ("reasons", "*", "patience_factor"): ("patience, times the curves", _NUMBER),
    ("reasons", "*", "patience_s", "voice", "mean"): ("patience, mean", _SECONDS),
    ("reasons", "*", "solve"): ("solved by the group that takes it first", _PERCENT),
    ("reasons", "*", "false_resolution"): ("reopened without a hand-off", _PERCENT),
    ("groups", "*", "availability", "share"): ("there while nobody waits", _PERCENT),
    ("groups", "*", "cut_off", "share"): ("customers cut off", _PERCENT),
    ("groups", "*", "availability", "back_after_s", "mean"): (
        "back after somebody begins to wait",
        _SECONDS,
    ),
    ("groups", "*", "talk_factor"): ("heads inferred, factor on the work", _NUMBER),
}


def figure_words(figure: Uncertain) -> tuple[str, str, str, str]:
    """What a fitted figure is, its value, its 95 % interval, and what it rests on.

    A figure of a kind that has no words is called by its key.
    """
    words, unit = _named(figure.key)
    estimate = figure.estimate
    value, low, high = (_written(n, unit) for n in (estimate.value, estimate.low, estimate.high))
    sign = {"%": " %", "s": " s", "": ""}[unit]
    return words, f"{value}{sign}", f"{low}–{high}", f"{estimate.records:,} {figure.source}"


def _named(key: tuple[str, ...]) -> tuple[str, str]:
    if key in _WORDS:
        return _WORDS[key]
    found = _WORDS.get((key[0], "*", *key[2:])) if len(key) > 2 else None
    if found is None:
        return key_text(key), _NUMBER
    words, unit = found
    return f"{key[1].replace('_', ' ')}: {words}", unit


def _written(number: float, unit: str) -> str:
    if unit == _PERCENT:
        return f"{100 * number:.1f}"
    return f"{number:.0f}" if unit == _SECONDS and number >= 10 else f"{number:.2f}"
