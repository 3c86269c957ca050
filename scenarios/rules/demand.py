"""Rules about customers: how many, when, on which channels, and why they come at all."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.calendar.calendar import calendar_of
from scenarios.checks.problems import Problem, found, listed
from scenarios.files.toml_text import KeyPath
from scenarios.parts.channels import WRITTEN
from scenarios.parts.clock import DAY_S, clock_text, seconds_of
from scenarios.parts.demand import Reason
from scenarios.parts.figures import mean_of
from scenarios.parts.volume import Volume
from scenarios.rules.reach import handled_as, takers
from scenarios.schema import Scenario


def within_the_horizon(scenario: Scenario) -> Iterator[Problem]:
    """What has a date happens within the days that are simulated."""
    days = scenario.horizon.days
    until = f"the horizon, which has {days} day{'s' if days > 1 else ''}"
    if scenario.horizon.warm_up_days >= days:
        path = ("horizon", "warm_up_days")
        yield found(path, scenario.horizon.warm_up_days, f"leaves nothing of {until}")
    for name, incident in scenario.incidents.items():
        if incident.day > days:
            yield found(("incidents", name, "day"), incident.day, f"lies beyond {until}")
    for name, reason in scenario.reasons.items():
        late = [at for at in reason.volume.at_s or () if at >= days * DAY_S]
        if late:
            rule = f"has arrivals beyond {until}, {days * DAY_S:.0f} seconds"
            yield found(("reasons", name, "volume", "at_s"), late, rule)


def shares_that_add_up(scenario: Scenario) -> Iterator[Problem]:
    """Shares of the same customers are at most all of them."""
    for name, reason in scenario.reasons.items():
        if sum(reason.channels.values()) <= 0.0:
            yield found(("reasons", name, "channels"), reason.channels, "must not sum to zero")
        classes = sum(each.share for each in reason.priority_classes.values())
        if classes > 1.0 + 1e-9:
            rule = f"has shares that sum to {classes:g}; together they must be at most 1"
            yield found(("reasons", name, "priority_classes"), None, rule)
        if reason.self_service + reason.hangs_up_in_menu > 1.0 + 1e-9:
            rule = f"plus hangs_up_in_menu ({reason.hangs_up_in_menu:g}) must be at most 1"
            yield found(("reasons", name, "self_service"), reason.self_service, rule)
        if reason.remedy is not None and reason.remedy.needed > 0.0 and not reason.remedy.kinds:
            rule = "must name the kinds of decision that are needed"
            yield found(("reasons", name, "remedy", "kinds"), {}, rule, "As in { refund = 1 }.")


def intervals_within_the_day(scenario: Scenario) -> Iterator[Problem]:
    """Counts and shares by interval end by midnight."""
    for name, profile in scenario.profiles.items():
        path: KeyPath = ("profiles", name, "shares")
        yield from past_midnight(path, profile.start, profile.interval_min, len(profile.shares))
    for name, reason in scenario.reasons.items():
        volume = reason.volume
        for weekday, counts in (volume.counts or {}).items():
            path = ("reasons", name, "volume", "counts", weekday)
            yield from past_midnight(path, volume.start, volume.interval_min, len(counts))


def past_midnight(path: KeyPath, start: str, interval_min: int, count: int) -> Iterator[Problem]:
    """A problem when so many intervals from ``start`` on reach into the next day."""
    room = int((DAY_S - seconds_of(start)) // (interval_min * 60))
    if count > room:
        rule = f"has {count} intervals of {interval_min} minutes from {start}, past midnight"
        last = clock_text(seconds_of(start) + room * interval_min * 60.0)
        yield found(path, None, rule, f"At most {room}, until {last}.")


def channels_handled(scenario: Scenario) -> Iterator[Problem]:
    """A channel that customers use has handle times."""
    for name, reason in scenario.reasons.items():
        for channel, weight in reason.channels.items():
            if weight > 0.0 and channel not in reason.handling:
                rule = (
                    f"sends contacts by {channel}, but [reasons.{name}.handling] has no {channel}"
                )
                yield found(("reasons", name, "channels", channel), weight, rule, _hint(reason))


def _hint(reason: Reason) -> str:
    return (
        f"There are handle times for {listed(reason.handling, 'and')}." if reason.handling else ""
    )


def callbacks_by_voice(scenario: Scenario) -> Iterator[Problem]:
    """A callback is offered to those who are on the telephone."""
    offer = scenario.callback_offer
    if offer is not None and set(offer.channels) != {"voice"}:
        rule = 'must be ["voice"]: a callback is offered to customers who wait on the telephone'
        yield found(("callback_offer", "channels"), offer.channels, rule)


def without_customers(scenario: Scenario) -> Iterator[Problem]:
    """A reason without any volume changes nothing."""
    calendar = calendar_of(scenario)
    passed_on = handled_as(scenario)
    for name, reason in scenario.reasons.items():
        if not calendar.volume(name) and name not in passed_on:
            yield found(("reasons", name, "volume"), _volume(reason.volume), "brings no customers")


def nothing_moves_given_times(scenario: Scenario) -> Iterator[Problem]:
    """Customers who come at given seconds come then, whatever else is said about volume."""
    given = [name for name, each in scenario.reasons.items() if each.volume.at_s is not None]
    for name in given:
        reason: Reason = scenario.reasons[name]
        path = ("reasons", name)
        if reason.volume.factor != 1.0:
            yield _no_effect((*path, "volume", "factor"), reason.volume.factor, name)
        for weekday, factor in reason.volume.weekdays.items():
            if factor != 1.0:
                yield _no_effect((*path, "volume", "weekdays", weekday), factor, name)
        if reason.busyness_cv > 0.0:
            yield _no_effect((*path, "busyness_cv"), reason.busyness_cv, name)
    everywhere = len(given) == len(scenario.reasons)
    for key in ("busyness_cv", "busyness_by_half_hour_cv"):
        if everywhere and getattr(scenario, key) > 0.0:
            yield _no_effect((key,), getattr(scenario, key), *given)
    for name, incident in scenario.incidents.items():
        met = [reason for reason in given if reason in incident.reasons]
        if met or (everywhere and not incident.reasons):
            key = "reasons" if met else "multiplier"
            value = met or incident.multiplier
            yield _no_effect(("incidents", name, key), value, *(met or given))


def _no_effect(path: KeyPath, value: object, *reasons: str) -> Problem:
    rule = f"has no effect on {listed(reasons, 'and')}, whose customers come at given seconds"
    return found(path, value, rule, "Give per_day or counts instead of volume.at_s.")


def _volume(volume: Volume) -> object:
    return volume.per_day if volume.per_day == 0.0 else None


def patience_in_writing(scenario: Scenario) -> Iterator[Problem]:
    """Written contacts wait for their answer, however long it takes."""
    for name, reason in scenario.reasons.items():
        for channel in reason.patience_s:
            if channel in WRITTEN:
                rule = "has no effect: written contacts are not abandoned"
                hint = f"A target can be set: channels.{channel}.response_target_h."
                yield found(("reasons", name, "patience_s", channel), None, rule, hint)


def rules_of_writing(scenario: Scenario) -> Iterator[Problem]:
    """What becomes of work in writing that was begun is said of channels in writing, once."""
    for name, channel in scenario.channels.items():
        for key, off in (("interrupted", True), ("at_shift_end", "finish")):
            value = getattr(channel, key)
            if value != off and name not in WRITTEN:
                rule = f"is about work in writing; on {name} the contact in hand is always finished"
                yield found(("channels", name, key), value, rule)
        if name in WRITTEN and not channel.interrupted and channel.at_shift_end != "finish":
            rule = "contradicts interrupted = false, by which it is finished"
            yield found(("channels", name, "at_shift_end"), channel.at_shift_end, rule)
        if mean_of(channel.hand_over_s) > 0.0 and channel.at_shift_end != "hand_over":
            rule = "has no effect: nothing is handed over"
            hint = f'Set channels.{name}.at_shift_end = "hand_over".'
            yield found(("channels", name, "hand_over_s"), None, rule, hint)


def desks_of_persons(scenario: Scenario) -> Iterator[Problem]:
    """What lies on a desk overnight is that person's; what is handed over needs a colleague."""
    for name in WRITTEN:
        channel = scenario.channels.get(name)
        if channel is None or channel.at_shift_end == "finish":
            continue
        reasons = [one for one in scenario.reasons.values() if one.channels.get(name, 0.0) > 0.0]
        groups = {group for one in reasons for group in takers(one)} & set(scenario.groups)
        numbers = [one for one in groups if scenario.groups[one].heads_by_interval is not None]
        if channel.at_shift_end == "hand_over":
            if groups and all(scenario.groups[one].places() < 2 for one in groups):
                rule = "hands writing over to nobody: no group that writes has a second agent"
                hint = f'Set channels.{name}.at_shift_end = "put_aside".'
                yield found(("channels", name, "at_shift_end"), "hand_over", rule, hint)
        elif numbers and len(numbers) == len(groups):
            rule = "has no effect: heads_by_interval names numbers, who finish what they began"
            hint = "Write the roster as shifts or heads."
            yield found(("channels", name, "at_shift_end"), channel.at_shift_end, rule, hint)


def one_cause_for_a_case(scenario: Scenario) -> Iterator[Problem]:
    """The causes of a reason bring at most all of its cases."""
    for name in scenario.reasons:
        shares = [(key, c.share) for key, c in scenario.root_causes.items() if name in c.reasons]
        total = sum(share for _, share in shares)
        if total > 1.0 + 1e-9:
            key, share = shares[-1]
            rule = f"brings the causes of {name} to {total:g}; together they must be at most 1"
            yield found(("root_causes", key, "share"), share, rule)


def survey_to_answer(scenario: Scenario) -> Iterator[Problem]:
    """A cause can be named in a survey only where there is one."""
    for name, cause in scenario.root_causes.items():
        if cause.named_in_survey > 0.0 and scenario.survey is None:
            rule = "counts answers to a survey, and there is no [survey]"
            hint = "Write [survey], or leave named_in_survey out."
            path = ("root_causes", name, "named_in_survey")
            yield found(path, cause.named_in_survey, rule, hint)


def complaints_to_note(scenario: Scenario) -> Iterator[Problem]:
    """Only complaints are noted, so a cause that is tracked brings some."""
    for name, cause in scenario.root_causes.items():
        known = [scenario.reasons[each] for each in cause.reasons if each in scenario.reasons]
        if cause.tracked and known and not any(reason.complaint for reason in known):
            rule = "is tracked, and none of its reasons is a complaint: nothing is ever noted"
            hint = "Set complaint = true for a reason, or leave tracked out."
            yield found(("root_causes", name, "tracked"), True, rule, hint)
