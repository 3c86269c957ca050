"""What a chart says: its message in one sentence, and how to read its intervals.

Every message of a report speaks of one policy, that of the overall verdict; where that one moves
nothing in a picture, of the worst harm in it, then of the best. Only what is certain and large
enough to matter is said, and never with two equal numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from results.charts.view import Reading, Readings, View
from results.measures.registry import MEASURES
from results.reading import rows
from results.reading.changes import Subject, moved_words, subject_of
from results.reading.listing import joined
from results.reading.notation import notation

Better = Literal["lower", "higher"] | None


@dataclass(frozen=True)
class Told:
    """A number of which a headline may speak."""

    readings: Readings
    subject: Subject
    unit: str
    better: Better = None
    measure: str | None = None
    """Whose claim decides whether a difference is certain and matters."""

    @classmethod
    def of(cls, measure: str, readings: Readings) -> Told:
        """A measure of the whole centre."""
        found = MEASURES[measure]
        return cls(readings, subject_of(measure), found.unit, found.better, measure)


def headline(view: View, told: Sequence[Told], otherwise: str) -> str:
    """The message of a picture: what the policy of the verdict moves, or what else matters in it.

    Args:
        view: what is drawn.
        told: the numbers that may be spoken of, the most important first.
        otherwise: said where no policy moves any of them for certain by as much as matters.
    """
    policies = spoken_of(view, told)
    if not policies:
        return otherwise
    first = policies[0]
    parts = [
        moved_words(
            one.subject,
            one.readings[view.baseline].level.mean,
            one.readings[first].level.mean,
            one.unit,
            view.currency,
        )
        for one in told
        if _matters(view, one, first)
    ]
    return sent_off_first(view, first, f"{view.called_together(policies)}: {joined(parts)}")


def headline_of_all(view: View, told: Sequence[Told]) -> str:
    """The message where one policy moves all of these numbers; else empty."""
    policies = spoken_of(view, told)
    whole = policies and all(_matters(view, one, policies[0]) for one in told)
    return headline(view, told, "") if whole else ""


def spoken_of(view: View, told: Sequence[Told]) -> tuple[str, ...]:
    """The policies that a headline about these numbers speaks of, those that come out alike."""
    hero = view.hero
    if hero is not None and any(_matters(view, one, hero.policies[0]) for one in told):
        return _alike(view, told, hero.policies)
    for one in told:
        moved = [policy for policy in view.others if _matters(view, one, policy)]
        if not moved:
            continue
        harms = [policy for policy in moved if _gain(one, policy) < 0.0]
        helps = [policy for policy in moved if _gain(one, policy) > 0.0]
        chosen = harms or helps or moved
        first = max(chosen, key=lambda policy: abs(_shift(one.readings[policy])))
        return _alike(view, told, (first, *(policy for policy in chosen if policy != first)))
    return ()


def _alike(view: View, told: Sequence[Told], policies: Sequence[str]) -> tuple[str, ...]:
    """The first policy, and those whose figures are all written as its own."""
    first, *others = policies
    spoken = [one for one in told if _matters(view, one, first)]

    def written(policy: str) -> list[str]:
        return [
            notation((one.readings[first].level.mean,), one.unit, view.currency).value(
                one.readings[policy].level.mean
            )
            for one in spoken
        ]

    return (first, *(policy for policy in others if written(policy) == written(first)))


def _matters(view: View, told: Told, policy: str) -> bool:
    return view.known(policy, told.readings[policy], told.measure, told.unit) == "differs"


def unmoved(view: View, told: Sequence[Told], what: str = "that") -> str:
    """What is known where no policy is known to move numbers: that none does, or not even that.

    Args:
        view: what is drawn, with intervals.
        told: the numbers.
        what: they are called.
    """
    unknown = any(
        view.known(policy, reading, one.measure, one.unit) == "unknown"
        for one in told
        for policy in view.others
        for reading in [one.readings[policy]]
        if reading.shift is not None and reading.shift.n
    )
    if not unknown:
        return f"no policy changes {what} by as much as matters"
    count = len(view.experiment.replications)
    return f"{count} replications do not show whether a policy changes {what}"


def capital(text: str) -> str:
    """A sentence begins with a capital letter."""
    return text[:1].upper() + text[1:]


def is_open(readings: Readings) -> bool:
    """False where a number is undefined under some policy, or all of it under each."""
    return rows.is_open(reading.level.mean for reading in readings.values())


def written_level(told: Told, view: View) -> str:
    """The number under the baseline."""
    level = told.readings[view.baseline].level.mean
    return notation((level,), told.unit, view.currency).value(level)


def otherwise(view: View, told: Told) -> str:
    """The message where no policy is known to move the number."""
    said = f"{capital(told.subject.noun.rstrip(','))}: {written_level(told, view)}"
    if not view.others:
        return said
    said += f" with {view.called(view.baseline)}"
    if not view.has_intervals:
        return f"{said}, in a single replication"
    return f"{said}; {unmoved(view, [told])}"


def sent_off_first(view: View, policy: str, title: str) -> str:
    """A title about a policy; who is sent off under it comes first, and is missing in the rest."""
    gone = view.sent_off(policy)
    if not gone:
        return title
    name = f"{view.called(policy)}: "
    return f"{gone}; of the others: {title.removeprefix(name)}"


def how_to_read(view: View, *, levels: str = "", differences: str = "") -> str:
    """How intervals are read; each kind has a panel or a form of its own.

    Args:
        view: what is drawn.
        levels: what shows the interval of a level; empty where none is drawn.
        differences: what shows the interval of a difference; empty where none is drawn.
    """
    if not view.has_intervals:
        return "One replication: there are no intervals, and differences may be chance."
    said = [f"{levels}: {view.level_name} interval."] if levels else []
    if view.others and differences:
        count = len(view.others)
        together = f", adjusted so that all {count} hold together" if count > 1 else ""
        said.append(
            f"{differences}: {view.level_name} interval of the difference, with the same customers "
            f"under both{together}; where it does not touch zero, the difference is more than "
            "chance."
        )
    return " ".join(said)


def _gain(told: Told, policy: str) -> float:
    """How far a policy moves a number to the better; below zero to the worse, 0 where neither is.

    Nothing is gained by a policy that sends off more customers.
    """
    reading = told.readings[policy]
    if told.better is None:
        return 0.0
    gain = -_shift(reading) if told.better == "lower" else _shift(reading)
    return min(gain, 0.0) if reading.doubted else gain


def _shift(reading: Reading) -> float:
    return 0.0 if reading.shift is None else reading.shift.mean
