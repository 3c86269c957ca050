"""Rules about the answer: what is expected or asked can be measured, and counts once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scenarios.answer_targets import live_channels
from scenarios.checks.problems import Problem, found, listed, nearest
from scenarios.files.toml_text import KeyPath
from scenarios.parts.channels import CHANNELS, WRITTEN
from scenarios.parts.expectation import EVERY_POLICY, Expectation
from scenarios.parts.measured import MEASURED
from scenarios.schema import Scenario

_ON_THE_LINE = "counts seconds on the line, and {} is answered in writing only"
_BOUNDS = ("at_least", "at_most")
_PER_CENT = 100.0


def of_what_is_measured(scenario: Scenario) -> Iterator[Problem]:
    """The measure exists."""
    for name, one in scenario.expect.items():
        if one.measure not in MEASURED:
            hint = nearest(one.measure, MEASURED, "Known measures")
            yield found(("expect", name, "measure"), one.measure, "is not a measure", hint)


def within_reach(scenario: Scenario) -> Iterator[Problem]:
    """There is a bound, and values on the right side of it."""
    for name, one in scenario.expect.items():
        path = ("expect", name)
        given = {key: getattr(one, key) for key in _BOUNDS if getattr(one, key) is not None}
        if not given:
            rule = "expects nothing: give at_least, at_most or both"
            yield found(path, None, rule, "As in at_least = 0.8.")
        for key, bound in given.items():
            if _is_share(one) and not 0.0 <= bound <= 1.0:
                rule = f"must be a share from 0 to 1, as {one.measure} is"
                yield found((*path, key), bound, rule, _as_a_share(bound))
        if len(given) == len(_BOUNDS) and given["at_least"] > given["at_most"]:
            rule = f"is above at_most, which is {given['at_most']:g}: no value can hold"
            yield found((*path, "at_least"), given["at_least"], rule)


def of_a_part_there_is(scenario: Scenario) -> Iterator[Problem]:
    """The part of the centre exists, and the measure exists for such a part."""
    for name, one in scenario.expect.items():
        path = ("expect", name)
        if one.by is None or one.by == "complaints":
            if one.part is not None:
                which = "complaints have none" if one.by else "by does not say of which kind"
                hint = 'Leave part out, or write by = "reason" with it, for example.'
                yield found((*path, "part"), one.part, f"names a part, and {which}", hint)
        elif one.part is None:
            rule = f'is missing: by = "{one.by}" needs the name of one'
            yield found((*path, "part"), None, rule, f"Known: {listed(_parts(scenario, one.by))}.")
        elif one.part not in _parts(scenario, one.by):
            rule = f"names a {one.by} that does not exist"
            hint = nearest(one.part, _parts(scenario, one.by), "Known")
            yield found((*path, "part"), one.part, rule, hint)
        known = MEASURED.get(one.measure)
        if known is not None and one.by is not None and one.by not in known.parts:
            scope = f"also by {listed(known.parts)}" if known.parts else "not by part"
            rule = f"{one.measure} does not exist by {one.by}"
            hint = f"It exists for the whole centre, {scope}."
            yield found((*path, "by"), one.by, rule, hint)


def of_a_policy_there_is(scenario: Scenario) -> Iterator[Problem]:
    """The policy of which something is expected exists."""
    known = (scenario.baseline, *scenario.policies)
    for name, one in scenario.expect.items():
        if one.policy is not None and one.policy not in (EVERY_POLICY, *known):
            hint = nearest(one.policy, (EVERY_POLICY, *known))
            rule = "names a policy that does not exist"
            yield found(("expect", name, "policy"), one.policy, rule, hint)


def of_a_policy_headlines_speak(scenario: Scenario) -> Iterator[Problem]:
    """The policy that the report is to speak of first exists."""
    known = tuple(scenario.policies)
    chosen = scenario.report.policy
    if chosen is not None and chosen not in known:
        rule = "names a policy that does not exist"
        yield found(("report", "policy"), chosen, rule, nearest(chosen, known))


def _is_share(one: Expectation) -> bool:
    known = MEASURED.get(one.measure)
    return known is not None and known.unit == "share"


def _as_a_share(bound: float) -> str:
    if 1.0 < bound <= _PER_CENT:
        return f"Write {bound / _PER_CENT:.6g} for {bound:.6g} %."
    return ""


def _parts(scenario: Scenario, kind: str) -> Iterable[str]:
    """The names that a part of this kind can have."""
    tiers = dict.fromkeys(str(group.tier) for group in scenario.groups.values())
    known: dict[str, Iterable[str]] = {
        "reason": scenario.reasons,
        "queue": scenario.groups,
        "group": scenario.groups,
        "channel": CHANNELS,
        "tier": sorted(tiers),
    }
    return known[kind]


def targets_on_the_line(scenario: Scenario) -> Iterator[Problem]:
    """Who is to be answered within seconds waits on the line, and longer than a short abandon."""
    for channel, section in scenario.channels.items():
        path: KeyPath = ("channels", channel, "answer_within_s")
        if section.answer_within_s is not None and channel in WRITTEN:
            hint = f"A target in writing: channels.{channel}.response_target_h."
            yield found(path, section.answer_within_s, _ON_THE_LINE.format(channel), hint)
        else:
            yield from _not_short(scenario, path, section.answer_within_s)
    for name, reason in scenario.reasons.items():
        path = ("reasons", name, "answer_within_s")
        if reason.answer_within_s is not None and not live_channels(reason):
            hint = "A target in writing belongs to a channel: response_target_h."
            yield found(path, reason.answer_within_s, _ON_THE_LINE.format(name), hint)
        else:
            yield from _not_short(scenario, path, reason.answer_within_s)


def _not_short(scenario: Scenario, path: KeyPath, target_s: float | None) -> Iterator[Problem]:
    """A problem where who hangs up as a short abandon has already waited past the target."""
    short = scenario.targets.short_abandon_s
    if target_s is not None and short > target_s > 0.0:
        rule = f"is shorter than targets.short_abandon_s, which is {short:g}"
        yield found(path, target_s, rule, "Make that one shorter as well.")


def surveys_of_satisfaction(scenario: Scenario) -> Iterator[Problem]:
    """A survey asks how satisfied customers are."""
    if scenario.survey is not None and scenario.satisfaction is None:
        rule = "asks about satisfaction, but the scenario has no [satisfaction]"
        yield found(("survey",), None, rule, "Add [satisfaction]; its defaults are enough.")


def told_by_the_satisfied(scenario: Scenario) -> Iterator[Problem]:
    """How many people are told depends on how satisfied customers are."""
    if scenario.word_of_mouth is not None and scenario.satisfaction is None:
        rule = "depends on satisfaction, but the scenario has no [satisfaction]"
        yield found(("word_of_mouth",), None, rule, "Add [satisfaction]; its defaults are enough.")


def lost_cases_priced_once(scenario: Scenario) -> Iterator[Problem]:
    """A price of a lost case and [loyalty] price the same loss."""
    if scenario.costs.lost_case and scenario.loyalty is not None:
        rule = (
            "prices the cases that nobody ever answered; they are left out of the revenue at risk, "
            "which would price them again"
        )
        hint = "Leave one of the two out if you want the other alone."
        yield found(("costs", "lost_case"), scenario.costs.lost_case, rule, hint)
