"""The plan of a comparison: which policies, how often or how precisely, with which draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import typer

from results import Precision
from results.reading.signs import Face
from tui.terminal.precision import parse_precision

_COUNT = "How often these days are run, each time with other customers."
_PRECISION = "Run until the margins (±) are this narrow."
_SEED = "Which customers come: another number, other customers."


@dataclass(frozen=True)
class Setting:
    """Something about a run that can be set."""

    name: str
    label: str
    value: str
    """As a reader sees it."""
    about: str
    """What it is for, in a sentence."""


@dataclass
class Plan:
    """What is to be run."""

    faces: Mapping[str, Face] = field(default_factory=dict)
    """Title and sign of all policies of the scenario, the baseline first."""
    picked: set[str] = field(default_factory=set)
    replications: int = 10
    precision_text: str = ""
    seed: int = 1

    @property
    def chosen(self) -> tuple[str, ...]:
        """The picked ones, the baseline first."""
        return tuple(name for name in self.faces if name in self.picked)

    @property
    def precision(self) -> Precision | None:
        """Half-widths to be reached; None when replications are counted instead."""
        return parse_precision(self.precision_text, None) if self.precision_text else None

    @property
    def typed(self) -> list[str]:
        """Replications, precision and seed as texts, to be remembered."""
        return [str(self.replications), self.precision_text, str(self.seed)]

    def as_typed(self, texts: Sequence[str]) -> Plan:
        """The same with remembered settings; the usual ones where a text is none any more."""
        usual = Plan(self.faces, self.picked)
        if len(texts) != len(usual.typed):
            return usual
        count, precision, seed = texts
        if check_count(count) or check_seed(seed) or (precision and check_precision(precision)):
            return usual
        return replace(usual, replications=int(count), precision_text=precision, seed=int(seed))

    @property
    def settings(self) -> tuple[Setting, ...]:
        """The settings with their values, readable."""
        count = "until precise" if self.precision_text else str(self.replications)
        return (
            Setting("replications", "Replications", count, _COUNT),
            Setting("precision", "Precision", self.precision_text or "–", _PRECISION),
            Setting("seed", "Seed", str(self.seed), _SEED),
        )


def check_count(text: str) -> str:
    """Why a text is no number of replications; nothing when it is one."""
    return "" if text.isdecimal() and int(text) >= 1 else "Give a whole number, 1 or more."


def check_seed(text: str) -> str:
    """Why a text is no seed; nothing when it is one."""
    return "" if text.isdecimal() else "Give a whole number, 0 or more."


def check_precision(text: str) -> str:
    """Why a text is no precision; nothing when it is one, or "none"."""
    if text == "none":
        return ""
    try:
        parse_precision(text, None)
    except typer.BadParameter as error:
        return str(error)
    return ""
