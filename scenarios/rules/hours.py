"""A rule about policies on opening hours: who comes in the hours that are left."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.calendar.week import main_channel, open_spans
from scenarios.checks.problems import Problem, found, listed
from scenarios.files.toml_text import KeyPath
from scenarios.parts.demand import ChannelName
from scenarios.schema import Scenario


def same_callers_in_other_hours(scenario: Scenario, under: Scenario) -> Iterator[Problem]:
    """A policy changes the hours over which a volume without a profile is spread evenly.

    Args:
        scenario: the scenario without the policy.
        under: the scenario under the policy.
    """
    squeezed: dict[KeyPath, list[str]] = {}
    for name, reason in under.reasons.items():
        channel = main_channel(reason)
        evenly = reason.volume.per_day and reason.volume.profile is None
        moved = open_spans(scenario, channel) != open_spans(under, channel)
        if evenly and moved and name in scenario.reasons:
            squeezed.setdefault(_place(under, channel), []).append(name)
    for path, names in squeezed.items():
        channel = main_channel(under.reasons[names[0]])
        before, after = (_open_s(each, channel) for each in (scenario, under))
        how = "other" if before == after else "fewer" if after < before else "more"
        rule = f"brings the same number of customers of {listed(names, 'and')} into {how} hours"
        hint = (
            "A volume without a profile is spread evenly over the opening hours. Give it a "
            "profile, and those who would come at another time find the centre closed."
        )
        yield found(path, None, rule, hint)


def _place(under: Scenario, channel: ChannelName) -> KeyPath:
    section = under.channels.get(channel)
    if section is not None and section.opening is not None:
        return ("channels", channel, "opening")
    return ("opening",)


def _open_s(scenario: Scenario, channel: ChannelName) -> float:
    return sum(span.end - span.start for span in open_spans(scenario, channel))
