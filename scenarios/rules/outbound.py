"""Rules about lists of customers to call: somebody has time for them, and keys have an effect."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.calendar.calendar import Calendar, calendar_of
from scenarios.calendar.spans import Span, parts_within, total, union
from scenarios.checks.problems import Problem, found, listed
from scenarios.parts.clock import DAY_S, planned_for, span_of
from scenarios.parts.figures import mean_of
from scenarios.parts.outbound import Outbound
from scenarios.rules.load import agent_seconds
from scenarios.schema import Scenario

_HOUR_S = 3600.0


def lists_worked(scenario: Scenario) -> Iterator[Problem]:
    """Somebody of a list's groups is on duty while its calls are begun, and not kept free."""
    calendar = calendar_of(scenario)
    for name, section in scenario.outbound.items():
        groups = [one for one in section.groups if one in scenario.groups]
        if len(groups) < len(section.groups):
            continue
        duties = [span for one in groups for span in calendar.duty(one)]
        window = _window(calendar, section)
        if not any(parts_within(span, window) for span in duties):
            rule = "are never on duty in the hours in which calls are begun"
            yield found(("outbound", name, "groups"), section.groups, rule)
        elif section.reserve >= (most := sum(scenario.groups[one].places() for one in groups)):
            rule = f"keeps all agents of {listed(groups, 'and')} free: there are {most}"
            yield found(("outbound", name, "reserve"), section.reserve, rule)


def dialled_ahead(scenario: Scenario) -> Iterator[Problem]:
    """Pace and abandoned calls are of a dialler, reading the record is of a preview."""
    for name, section in scenario.outbound.items():
        preview = section.mode == "preview"
        about = {
            "pace": (section.pace != 1.0, "progressive"),
            "abandoned_at_most": (section.abandoned_at_most is not None, "progressive"),
            "preview_s": (mean_of(section.preview_s) > 0.0, "preview"),
        }
        for key, (given, mode) in about.items():
            if given and preview == (mode == "progressive"):
                value = None if key == "preview_s" else getattr(section, key)
                rule = f"is about {mode} mode, and mode is {section.mode}"
                hint = f'Set outbound.{name}.mode = "{mode}", or leave it out.'
                yield found(("outbound", name, key), value, rule, hint)


def lists_of_somebody(scenario: Scenario) -> Iterator[Problem]:
    """Somebody is on a list, and somebody answers."""
    for name, section in scenario.outbound.items():
        path = ("outbound", name)
        if not (section.records_per_day or section.records_at_start):
            hint = f"Give outbound.{name}.records_per_day or records_at_start."
            yield found(path, None, "has nobody to be called", hint)
        rates = [section.contact_rate, *(one.contact_rate for one in section.contact_rate_by_time)]
        if max(rates) == 0.0:
            yield found((*path, "contact_rate"), 0.0, "lets every customer be called in vain")


def lists_within_hours(scenario: Scenario) -> Iterator[Problem]:
    """What is put on a list in a week can be called once with the hours of its groups."""
    calendar = calendar_of(scenario)
    for name, section in scenario.outbound.items():
        if not set(section.groups) <= set(scenario.groups):
            continue
        window, groups = _window(calendar, section), scenario.groups
        spans = [s for one in section.groups for s in agent_seconds(calendar, one, groups[one])]
        hours = total(part for span in spans for part in parts_within(span, window)) / _HOUR_S
        new = sum(_new_on(section, day.names) for day in calendar.laid_out)
        work = new * _seconds_of_a_call(section) / _HOUR_S
        if work > hours > 0.0:
            days = len(calendar.laid_out)
            rule = (
                f"brings {work:.1f} hours of calls in {days} day{'s' if days > 1 else ''} if each "
                f"customer is called once, and {listed(section.groups, 'and')} have {hours:.1f}"
            )
            hint = "The list grows; give fewer records, or more agents."
            yield found(("outbound", name, "records_per_day"), section.records_per_day, rule, hint)


def _window(calendar: Calendar, section: Outbound) -> list[Span]:
    """When calls are begun, on the days that are laid out."""
    own = span_of(section.hours) if section.hours is not None else None
    found: list[Span] = []
    for number, day in enumerate(calendar.laid_out):
        span = day.opening("voice")
        if span is not None and section.hours is not None:
            span = own
        if span is not None:
            found.append(Span(*span).later(number * DAY_S))
    return union(found)


def _new_on(section: Outbound, names: tuple[str, ...]) -> float:
    factor = planned_for(names, section.weekdays)
    return section.records_per_day * (1.0 if factor is None else factor)


def _seconds_of_a_call(section: Outbound) -> float:
    """Seconds of an agent for one call: in progressive mode only of those that are answered."""
    reached, right = section.contact_rate, section.right_party
    talk = right * (mean_of(section.talk_s) + mean_of(section.wrap_up_s))
    spoken = reached * (talk + (1.0 - right) * mean_of(section.wrong_party_s))
    if section.mode == "progressive":
        return spoken
    return mean_of(section.preview_s) + mean_of(section.ring_s) + spoken
