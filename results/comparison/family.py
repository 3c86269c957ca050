"""The family of a verdict: the measures that it could speak of in a scenario, before it is run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from results.reading.headlines import HEADLINES
from scenarios.parts.authority import AskApprover
from scenarios.parts.channels import CHANNELS, WRITTEN
from scenarios.schema import Scenario

_LIVE = frozenset(CHANNELS) - frozenset(WRITTEN)
_ALL_DAY = "00:00-24:00"


def family_of(scenarios: Iterable[Scenario], *, details: bool = True) -> tuple[str, ...]:
    """The measures of the verdict that can be anything under one of these scenarios, in its order.

    Args:
        scenarios: the scenario under each policy that is compared.
        details: also what lies behind what customers notice, and the parts of the money. Without
            them fewer claims are decided together, and each is decided sooner.
    """
    under = list(scenarios)
    return tuple(
        line.measure
        for line in HEADLINES
        if (details or line.kind in ("service", "money"))
        and any(_POSSIBLE.get(line.measure, _always)(scenario) for scenario in under)
    )


def _always(_: Scenario) -> bool:
    return True


def _channels(scenario: Scenario) -> set[str]:
    """The channels on which customers come."""
    return {
        name for one in scenario.reasons.values() for name, part in one.channels.items() if part > 0
    }


def _live(scenario: Scenario) -> bool:
    return bool(_channels(scenario) & _LIVE)


def _written(scenario: Scenario) -> bool:
    return bool(_channels(scenario) & set(WRITTEN))


def _lines(scenario: Scenario) -> bool:
    full = any(one.queue_limit is not None for one in scenario.reasons.values())
    return full or any(one.lines is not None for one in scenario.channels.values())


def _closes(scenario: Scenario) -> bool:
    own = [one.opening for one in scenario.channels.values() if one.opening is not None]
    return any({one.hours, *one.days.values()} != {_ALL_DAY} for one in (scenario.opening, *own))


def _takes_messages(scenario: Scenario) -> bool:
    return any(one.after_hours is not None for one in scenario.reasons.values())


def _turns_away(scenario: Scenario) -> bool:
    reasons = scenario.reasons.values()
    return _closes(scenario) or any(
        one.waiting_limit or one.queue_limit or one.after_hours for one in reasons
    )


def _complaints(scenario: Scenario) -> bool:
    return any(one.complaint for one in scenario.reasons.values())


def _remedies(scenario: Scenario) -> bool:
    return any(one.remedy is not None for one in scenario.reasons.values())


def _escalates(scenario: Scenario) -> bool:
    return (
        bool(scenario.escalation)
        or any(
            one.remedy is not None or one.demands_boss > 0.0 or one.solve < 1.0
            for one in scenario.reasons.values()
        )
        or any(group.solve for group in scenario.groups.values())
    )


def _asks(scenario: Scenario) -> bool:
    """Whether any path has an approver asked."""
    return any(
        isinstance(step, AskApprover)
        for path in scenario.escalation.values()
        for step in path.steps
    )


def _calls_out(scenario: Scenario) -> bool:
    return bool(scenario.outbound)


def _dials_ahead(scenario: Scenario) -> bool:
    return any(one.mode == "progressive" for one in scenario.outbound.values())


def _loyalty(scenario: Scenario) -> bool:
    return scenario.loyalty is not None


_POSSIBLE: Mapping[str, Callable[[Scenario], bool]] = {
    "blocked": _lines,
    "closed": _closes,
    "turned_away": _turns_away,
    "lost_in_menu": lambda scenario: scenario.voice_menu is not None,
    **dict.fromkeys(("wait_all", "asa", "wait_p90", "service_level", "abandonment"), _live),
    **dict.fromkeys(
        ("time_to_agent", "never_reached"),
        lambda scenario: scenario.callback_offer is not None or _takes_messages(scenario),
    ),
    **dict.fromkeys(
        ("hung_up_on_hold", "hung_up_in_transfer"),
        lambda scenario: _live(scenario) and _escalates(scenario),
    ),
    **dict.fromkeys(("approval_wait", "approval_hold", "approval_undecided"), _asks),
    **dict.fromkeys(("response_time", "response_within_target"), _written),
    "fcr_complaints": _complaints,
    "people_told": lambda scenario: scenario.word_of_mouth is not None,
    "csat_true": lambda scenario: scenario.satisfaction is not None,
    "escalation_rate": _escalates,
    "approvals_per_complaint": lambda scenario: _complaints(scenario) and _escalates(scenario),
    "coaching_done": lambda scenario: any(
        one.own_work is not None for one in scenario.groups.values()
    ),
    **dict.fromkeys(("outbound_dials", "outbound_list_done", "outbound_right_party"), _calls_out),
    "outbound_abandoned": _dials_ahead,
    **dict.fromkeys(("total_cost", "revenue_at_risk"), _loyalty),
    **dict.fromkeys(
        ("remedies_due", "remedies_paid", "remedies_withheld", "remedies_open"), _remedies
    ),
}
"""Where a measure can be anything but nothing; one that is not named can be so everywhere."""
