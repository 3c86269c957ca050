"""What a scenario has that the textbook queue does not know."""

from __future__ import annotations

from collections.abc import Callable

from results.formulas.textbook import agents_of, answering, channel_of, channels_of, rate_of
from scenarios.answer_targets import answer_targets
from scenarios.calendar.calendar import calendar_of
from scenarios.parts.channels import WRITTEN
from scenarios.parts.distributions import Constant, Empirical
from scenarios.parts.methodology import RootCause
from scenarios.parts.returning import Redial, Repeat
from scenarios.parts.staff import Group
from scenarios.schema import Scenario


def differences_from_textbook(scenario: Scenario) -> tuple[str, ...]:
    """What a scenario has that no formula knows, as clauses; the weightiest first."""
    return tuple(clause for clause, holds in _DIFFERENCES if holds(scenario))


def _targets_differ(scenario: Scenario) -> bool:
    return len(answer_targets(scenario)) > 1


def _volume_changes(scenario: Scenario) -> bool:
    reasons = scenario.reasons.values()
    spreads = (scenario.busyness_cv, scenario.busyness_by_half_hour_cv)
    days_differ = any(spreads) or any(reason.busyness_cv > 0.0 for reason in reasons)
    steady = all(rate_of(scenario, name) is not None for name in scenario.reasons)
    fixed = any(_fixed(scenario, cause) for cause in scenario.root_causes.values())
    return not steady or days_differ or fixed or bool(scenario.incidents)


def _fixed(scenario: Scenario, cause: RootCause) -> bool:
    """Whether complaints due to a root cause can become fewer: only those noted ever do."""
    complaints = any(scenario.reasons[name].complaint for name in cause.reasons)
    return cause.tracked and complaints


def _staff_changes(scenario: Scenario) -> bool:
    away = bool(scenario.outages) or any(map(_leave_the_floor, answering(scenario)))
    return away or not agents_of(scenario)


def _leave_the_floor(group: Group) -> bool:
    """Whether agents are away at times though they are on the roster, or places are vacant."""
    minutes = group.meetings_min_per_day + group.training_min_per_day
    breaks = any(shift.breaks for shift in (group.shifts or {}).values())
    vacant = group.hiring is not None and group.hiring.open_at_start > 0
    away = group.absence > 0.0 or minutes > 0.0 or breaks or group.training is not None
    away = away or group.availability is not None or group.early_log_off is not None
    # Engagement decides who is absent and who quits.
    return away or vacant or group.engagement is not None


def _agents_differ(scenario: Scenario) -> bool:
    return any(
        group.speed_cv or group.own_work or group.cut_off or group.persons is not None
        for group in answering(scenario)
    )


def _pace_changes(scenario: Scenario) -> bool:
    """Whether weeks on the floor make agents faster."""
    curves = [group.learning for group in answering(scenario)]
    return any(curve is not None and curve.handle_time_at_start != 1.0 for curve in curves)


def _held_to_a_goal(scenario: Scenario) -> bool:
    goals = [group.handle_time_goal for group in answering(scenario)]
    channels = channels_of(scenario)
    return any(goal and goal.pressure and not channels.isdisjoint(goal.channels) for goal in goals)


def _several_chats(scenario: Scenario) -> bool:
    return any(group.chats_at_once > 1 for group in answering(scenario))


def _order_matters(scenario: Scenario) -> bool:
    reasons = scenario.reasons.values()
    ranked = any(group.serves_first for group in answering(scenario))
    classes = any(reason.priority_classes or reason.priority_step for reason in reasons)
    general = scenario.waiting.points_per_s
    paces = {general if one.points_per_s is None else one.points_per_s for one in reasons}
    return ranked or classes or len({one.priority for one in reasons}) > 1 or len(paces) > 1


def _held_back(scenario: Scenario) -> bool:
    """Whether contacts wait, a while or for more idle agents, before anybody may take them."""
    stages = [reason.groups for reason in scenario.reasons.values()]
    kept = any(stage.reserve for tried in stages for stage in tried)
    return kept or any(min(stage.after_s for stage in tried) > 0.0 for tried in stages)


def _other_hours(scenario: Scenario) -> bool:
    calendar = calendar_of(scenario)
    hours = calendar.opening()
    return any(calendar.opening(channel) != hours for channel in channels_of(scenario))


def _patience_differs(scenario: Scenario) -> bool:
    """Whether patience is not one law with a smooth curve."""
    channel = channel_of(scenario)
    first, *others = [reason.patience_s.get(channel) for reason in scenario.reasons.values()]
    crowded = any(reason.crowded_anywhere for reason in scenario.reasons.values())
    scaled = any(reason.patience_factor != 1.0 for reason in scenario.reasons.values())
    several = crowded or scaled or any(other != first for other in others)
    return several or isinstance(first, Constant | Empirical)


def _limited(scenario: Scenario) -> bool:
    lines = any(channel.lines is not None for channel in scenario.channels.values())
    reasons = scenario.reasons.values()
    return lines or any(reason.waiting_limit or reason.queue_limit for reason in reasons)


def _menu(scenario: Scenario) -> bool:
    reasons = scenario.reasons.values()
    return scenario.voice_menu is not None or any(
        reason.self_service or reason.hangs_up_in_menu or reason.menu_time_s is not None
        for reason in reasons
    )


def _bot(scenario: Scenario) -> bool:
    return any(reason.chat_bot is not None for reason in scenario.reasons.values())


def _by_the_hour(scenario: Scenario) -> bool:
    """Whether talk or patience are others at some time of the day."""
    rules = scenario.times_of_day.values()
    return any((rule.talk_factor, rule.patience_factor) != (1.0, 1.0) for rule in rules)


def _escalated(scenario: Scenario) -> bool:
    return any(
        reason.solve < 1.0 or reason.remedy or reason.demands_boss or reason.then
        for reason in scenario.reasons.values()
    ) or any(group.solve for group in scenario.groups.values())


def _come_back(scenario: Scenario) -> bool:
    own = [part for reason in scenario.reasons.values() for part in (reason.redial, reason.repeat)]
    further = any(reason.further_business for reason in scenario.reasons.values())
    return further or any(map(_any_come_back, (scenario.redial, scenario.repeat, *own)))


def _any_come_back(rules: Redial | Repeat | None) -> bool:
    match rules:
        case Redial():
            return bool(rules.after_abandoning or rules.after_blocked or rules.after_closed)
        case Repeat():
            cut = rules.after_cut_off
            return rules.probability > 0.0 or (cut is not None and cut.probability > 0.0)
    return False


def _nobody(scenario: Scenario) -> bool:
    return all(rate_of(scenario, name) == 0.0 for name in scenario.reasons)


_DIFFERENCES: tuple[tuple[str, Callable[[Scenario], bool]], ...] = (
    ("nobody makes contact", _nobody),
    ("more than one group answers", lambda s: len(answering(s)) > 1),
    ("there is more than one channel", lambda s: len(channels_of(s)) > 1),
    ("contacts are written", lambda s: not channels_of(s).isdisjoint(WRITTEN)),
    ("a channel keeps other hours than the centre", _other_hours),
    ("reasons have targets of their own", _targets_differ),
    ("volume changes with time", _volume_changes),
    ("the number of agents changes with time", _staff_changes),
    ("customers come back", _come_back),
    ("cases are escalated", _escalated),
    ("waiting customers get an announcement", lambda s: s.acknowledgement is not None),
    ("callbacks are offered", lambda s: s.callback_offer is not None),
    ("lines or waits are limited", _limited),
    ("contacts are held back before anybody may take them", _held_back),
    ("some customers go first", _order_matters),
    ("agents call customers of a list", lambda s: bool(s.outbound)),
    ("agents differ or have other work", _agents_differ),
    ("agents become faster as they learn", _pace_changes),
    ("agents are held to a handle-time goal", _held_to_a_goal),
    ("agents chat with several customers", _several_chats),
    ("patience has no smooth law of its own", _patience_differs),
    ("there is a voice menu", _menu),
    ("a bot meets every chat first", _bot),
    ("talk or patience changes over the day", _by_the_hour),
)
