"""Rules about size: what no computer simulates is refused, what takes long is a warning."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf, prod

from scenarios.calendar.volume import MOST_A_DAY, busy_factor, first_contacts, widest_spread
from scenarios.checks.problems import Problem, found
from scenarios.checks.size import Size, most_tries, size_of, within
from scenarios.files.toml_text import KeyPath
from scenarios.rules.reach import is_whole
from scenarios.schema import Scenario

MOST_CONTACTS = 50_000_000
"""Contacts of one replication."""
MOST_AGENTS = 100_000
MOST_AGENT_DAYS = 10_000_000
MOST_DAYS = 3_660
MOST_MB = 8_000.0

MUCH_CONTACTS = 2_000_000
MUCH_MB = 1_000.0
MUCH_S = 600.0
"""From here on a warning says that one replication is large."""

_REPLICATIONS = 10
_ORDINARY_TRIES = 100

_HINT = "Simulate fewer days, or a tenth of the customers with a tenth of the agents."

Factors = list[tuple[KeyPath, object, float]]
"""What a figure is the product of: key, value, and the factor it stands for."""


def size_within_bounds(scenario: Scenario) -> Iterator[Problem]:
    """A replication ends, in the memory that a computer has."""
    problems = [*_days(scenario), *_agents(scenario), *_a_day(scenario), *_chains(scenario)]
    yield from problems
    # What is absurd by itself would be blamed again for all that follows from it.
    if not problems:
        yield from _in_all(scenario, size_of(scenario))


def much_to_simulate(scenario: Scenario) -> Iterator[Problem]:
    """A replication takes long, or much memory."""
    size = size_of(scenario)
    much = size.contacts > MUCH_CONTACTS or size.memory_mb > MUCH_MB or size.seconds > MUCH_S
    if much:
        path, value = _blamed(scenario, size)
        yield found(
            path, value, f"makes a large simulation: {in_words(size)} for one replication", _HINT
        )


def in_words(size: Size) -> str:
    """What one replication takes, as text."""
    return (
        f"about {count(size.contacts)} contacts, {_time(size.seconds)} and "
        f"{_about(size.memory_mb):,.0f} MB of memory"
    )


def count(number: float) -> str:
    """A number of people or contacts, as a reader takes it in."""
    if number == inf:
        return "endlessly many"
    if number >= 1e9:
        digits, _, power = f"{number:.2e}".partition("e+")
        return f"{float(digits):g}e{int(power)}"
    return f"{_about(number):,.0f}"


def _about(number: float) -> float:
    """The number with three figures."""
    return float(f"{number:.3g}")


def _time(seconds: float) -> str:
    if seconds < 1.0:
        return "less than a second"
    if seconds < 100.0:
        return f"{seconds:.0f} s"
    return f"{seconds / 60.0:,.0f} min" if seconds < 6_000.0 else f"{seconds / 3600.0:,.0f} h"


def _days(scenario: Scenario) -> Iterator[Problem]:
    days = scenario.horizon.days
    if days > MOST_DAYS:
        rule = f"would be {count(days)} days; at most {MOST_DAYS:,} can be simulated"
        yield found(("horizon", "days"), days, rule, "That is ten years.")


def _agents(scenario: Scenario) -> Iterator[Problem]:
    for name, group in scenario.groups.items():
        if group.places() > MOST_AGENTS:
            path, value = _heads(scenario, name)
            rule = f"would be {count(group.places())} agents; at most {MOST_AGENTS:,}"
            yield found(path, value, f"{rule} can be simulated")


def _heads(scenario: Scenario, name: str) -> tuple[KeyPath, object]:
    """The largest number of heads in a group's roster, and its key."""
    group, path = scenario.groups[name], ("groups", name)
    if group.heads is not None:
        return (*path, "heads"), group.heads
    if group.heads_by_interval is not None:
        plan = group.heads_by_interval.heads
        weekday = max(plan, key=lambda key: max(plan[key]))
        return (*path, "heads_by_interval", "heads", weekday), max(plan[weekday])
    if group.persons is not None:
        return (*path, "persons", "by_name"), None
    shifts = group.shifts or {}
    if not shifts:
        return (*path, "shifts"), None
    shift = max(shifts, key=lambda key: shifts[key].heads)
    return (*path, "shifts", shift, "heads"), shifts[shift].heads


def _a_day(scenario: Scenario) -> Iterator[Problem]:
    for name, reason in scenario.reasons.items():
        if not is_whole(scenario, reason) or not sum(reason.channels.values()):
            continue
        busiest = first_contacts(scenario, name).busiest_day
        if busiest > MOST_A_DAY:
            path, value = _first_above(_factors(scenario, name), MOST_A_DAY)
            rule = f"would be {count(busiest)} contacts a day"
            if path[-1] in ("busyness_cv", "busyness_by_half_hour_cv"):
                rule = f"would bring {count(busiest)} contacts on a busy day"
            yield found(path, value, f"{rule}; at most {MOST_A_DAY:,} can be simulated")


def _factors(scenario: Scenario, name: str) -> Factors:
    """What the customers of a reason on its busiest day are the product of."""
    volume, path = scenario.reasons[name].volume, ("reasons", name, "volume")
    found_here = [_base(scenario, name), ((*path, "factor"), volume.factor, volume.factor)]
    if volume.weekdays:
        weekday = max(volume.weekdays, key=lambda key: volume.weekdays[key])
        most = volume.weekdays[weekday]
        found_here.append(((*path, "weekdays", weekday), most, max(1.0, most)))
    for key, one in scenario.incidents.items():
        if not one.reasons or name in one.reasons:
            place: KeyPath = ("incidents", key, "multiplier")
            found_here.append((place, one.multiplier, max(1.0, one.multiplier)))
    return [*found_here, (*widest_spread(scenario, name), busy_factor(scenario, name))]


def _base(scenario: Scenario, name: str) -> tuple[KeyPath, object, float]:
    volume, path = scenario.reasons[name].volume, ("reasons", name, "volume")
    if volume.at_s is not None:
        return (*path, "at_s"), None, float(len(volume.at_s))
    if volume.counts is None:
        return (*path, "per_day"), volume.per_day, volume.per_day or 0.0
    counts = volume.counts
    weekday = max(counts, key=lambda key: sum(counts[key]))
    return (*path, "counts", weekday), max(counts[weekday]), sum(counts[weekday])


def _first_above(factors: Factors, limit: float) -> tuple[KeyPath, object]:
    """The factor with which the product comes to lie above the limit."""
    for number, (path, value, _) in enumerate(factors):
        if prod(factor for *_, factor in factors[: number + 1]) > limit:
            return path, value
    return max(factors, key=lambda one: one[2])[:2]


def _chains(scenario: Scenario) -> Iterator[Problem]:
    """Customers who come back again and again, beyond what anybody does."""
    for name, reason in scenario.reasons.items():
        if not is_whole(scenario, reason) or not sum(reason.channels.values()):
            continue
        repeat, redial = reason.repeat or scenario.repeat, reason.redial or scenario.redial
        first = first_contacts(scenario, name).total
        repeats, redials = most_tries(scenario, reason)
        place: KeyPath = () if reason.repeat is None else ("reasons", name)
        if repeat and repeat.max_contacts > _ORDINARY_TRIES and first * repeats > MOST_CONTACTS:
            path = (*place, "repeat", "max_contacts")
            yield _endless(path, repeat.max_contacts, first * repeats)
        place = () if reason.redial is None else ("reasons", name)
        if redial and redial.max_tries > _ORDINARY_TRIES and first * redials > MOST_CONTACTS:
            yield _endless((*place, "redial", "max_tries"), redial.max_tries, first * redials)
    offer = scenario.callback_offer
    if offer is not None and offer.tries > _ORDINARY_TRIES:
        tries = min(offer.tries, within(scenario, offer.retry_after_min))
        calls = tries * sum(_first(scenario, name) for name in scenario.reasons)
        if calls > MOST_CONTACTS:
            yield _endless(("callback_offer", "tries"), offer.tries, calls)


def _first(scenario: Scenario, name: str) -> float:
    whole = is_whole(scenario, scenario.reasons[name])
    return first_contacts(scenario, name).total if whole else 0.0


def _endless(path: KeyPath, value: object, contacts: float) -> Problem:
    rule = f"would allow {count(contacts)} contacts of customers who try again"
    return found(path, value, f"{rule}; at most {MOST_CONTACTS:,} can be simulated")


def _in_all(scenario: Scenario, size: Size) -> Iterator[Problem]:
    """Nothing is absurd by itself, and all of it together is too much."""
    answers = size.answer_mb * _REPLICATIONS * (1 + len(scenario.policies))
    if size.agents > MOST_AGENTS or size.agent_days > MOST_AGENT_DAYS:
        rule, path, value = _too_many_agents(scenario, size)
    elif size.contacts > MOST_CONTACTS or size.busiest_day > MOST_A_DAY:
        path, value = _blamed(scenario, size)
        rule = f"would be {count(size.contacts)} contacts in {count(size.days)} days; at most "
        rule += f"{MOST_CONTACTS:,}, and {MOST_A_DAY:,} a day, can be simulated"
    elif size.memory_mb > MOST_MB:
        path, value = _blamed(scenario, size)
        rule = f"would take {in_words(size)} for one replication; "
        rule += f"more than {MOST_MB:,.0f} MB are not simulated"
    elif answers > MOST_MB:
        path, value = ("horizon", "days"), size.days
        rule = f"would make answers of {_about(answers):,.0f} MB with {_REPLICATIONS} replications"
        rule += f" of each policy; at most {MOST_MB:,.0f} can be kept"
    else:
        return
    yield found(path, value, rule, _HINT)


def _too_many_agents(scenario: Scenario, size: Size) -> tuple[str, KeyPath, object]:
    largest = max(scenario.groups, key=lambda name: scenario.groups[name].places())
    path, value = _heads(scenario, largest)
    if size.agents > MOST_AGENTS:
        rule = f"would be {count(size.agents)} agents with the other groups; at most"
        return f"{rule} {MOST_AGENTS:,} can be simulated", path, value
    rule = f"would be {count(size.agent_days)} days of duty of {count(size.agents)} agents; at most"
    if size.days > size.agents:
        path, value = ("horizon", "days"), size.days
    return f"{rule} {MOST_AGENT_DAYS:,} can be simulated", path, value


def _blamed(scenario: Scenario, size: Size) -> tuple[KeyPath, object]:
    """The key that makes a scenario large: its days, its agents or a reason's volume."""
    if size.answer_mb > size.memory_mb / 2.0 or size.days > max(size.contacts / size.days, 100.0):
        return ("horizon", "days"), size.days
    if size.agents > size.contacts:
        name = max(scenario.groups, key=lambda each: scenario.groups[each].places())
        return _heads(scenario, name)
    most = max(scenario.reasons, key=lambda name: _first(scenario, name))
    factors = _factors(scenario, most)
    base = factors[0]
    worst = max(factors[1:], key=lambda one: one[2])
    path, value, _ = worst if worst[2] > max(base[2] / 100.0, 100.0) else base
    return path, value
