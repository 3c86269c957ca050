"""Rules about records: what they say of a customer is something that the reason knows."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.checks.problems import Problem, found, nearest
from scenarios.schema import Scenario


def classes_and_channels_there_are(scenario: Scenario) -> Iterator[Problem]:
    """The class and the channel of a recorded customer are among those of the reason."""
    for name, reason in scenario.reasons.items():
        there: dict[str, list[str]] = {
            "class_of": [*reason.priority_classes],
            "channel_of": [*reason.channels],
        }
        nouns = {"class_of": "priority class", "channel_of": "channel"}
        for key, known in there.items():
            entries = getattr(reason.volume, key)
            for wrong in dict.fromkeys(one for one in entries if one and one not in known):
                path = ("reasons", name, "volume", key, entries.index(wrong))
                rule = f"is no {nouns[key]} of the reason"
                yield found(path, wrong, rule, nearest(wrong, known, "It has"))
