"""What cannot work in a scenario, and what is worth a warning, rule by rule.

A rule is a function from a scenario to the problems it finds. It says nothing about names that
stand for nothing; those are reported by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from scenarios.checks.problems import Problem
from scenarios.rules import (
    answers,
    bounds,
    coverage,
    dates,
    deciding,
    demand,
    entries,
    load,
    outbound,
    paths,
    people,
    plausible,
    queues,
    records,
    rosters,
    uncertain,
)
from scenarios.schema import Scenario

Rule = Callable[[Scenario], Iterator[Problem]]

IMPOSSIBLE: tuple[Rule, ...] = (
    entries.tables_read,
    bounds.size_within_bounds,
    plausible.figures_within_measure,
    dates.dates_of_a_calendar,
    dates.types_of_their_own,
    dates.outages_on_the_horizon,
    demand.within_the_horizon,
    records.classes_and_channels_there_are,
    demand.shares_that_add_up,
    demand.intervals_within_the_day,
    demand.channels_handled,
    demand.callbacks_by_voice,
    demand.rules_of_writing,
    queues.somebody_tried_first,
    queues.some_not_kept_free,
    queues.full_queues_lead_elsewhere,
    rosters.crews_in_one_place,
    rosters.breaks_within_shifts,
    rosters.heads_within_the_day,
    rosters.minutes_of_persons,
    outbound.lists_worked,
    outbound.dialled_ahead,
    coverage.somebody_to_answer,
    coverage.messages_answered,
    deciding.approvers_without_end,
    deciding.approvers_with_authority,
    deciding.bosses_to_demand,
    demand.one_cause_for_a_case,
    demand.complaints_to_note,
    demand.survey_to_answer,
    people.skills_for_every_reason,
    people.persons_who_learn,
    people.curves_that_rise,
    people.hours_to_learn,
    people.persons_who_stay_or_go,
    people.worse_jobs_lose_more,
    people.coaching_planned,
    people.places_to_fill,
    paths.money_in_order,
    paths.circles,
    paths.handled_elsewhere,
    paths.handled_in_circles,
    uncertain.ranges_around_figures,
    answers.targets_on_the_line,
    answers.surveys_of_satisfaction,
    answers.told_by_the_satisfied,
    answers.of_what_is_measured,
    answers.within_reach,
    answers.of_a_part_there_is,
    answers.of_a_policy_there_is,
    answers.of_a_policy_headlines_speak,
)
"""Rules that a scenario must keep to be simulated."""

WORTH_A_WARNING: tuple[Rule, ...] = (
    bounds.much_to_simulate,
    plausible.figures_ever_seen,
    dates.types_that_occur,
    demand.without_customers,
    coverage.silent_days,
    people.skills_of_use,
    people.waits_told_by_everybody,
    demand.patience_in_writing,
    demand.desks_of_persons,
    demand.nothing_moves_given_times,
    coverage.nobody_on_duty,
    coverage.moved_to_nobody,
    coverage.closed_doors,
    coverage.messages_that_can_be_left,
    coverage.idle_while_closed,
    queues.kept_free_for_somebody,
    queues.helpers_not_there_anyway,
    queues.queues_that_can_be_full,
    queues.helpers_called_in_time,
    queues.callbacks_offered_in_time,
    load.more_work_than_hours,
    outbound.lists_of_somebody,
    outbound.lists_within_hours,
    deciding.decisions_never_needed,
    deciding.decisions_never_made,
    deciding.cases_left_unresolved,
    paths.mixed_circles,
    paths.steps_never_reached,
    paths.hand_offs_there_are,
    answers.lost_cases_priced_once,
)
"""Rules whose breach is allowed and worth a look."""


def impossible(scenario: Scenario, file: str = "") -> list[Problem]:
    """Everything that cannot work in a scenario, apart from its policies."""
    return _found(scenario, IMPOSSIBLE, file)


def worth_a_warning(scenario: Scenario, file: str = "") -> list[Problem]:
    """Everything in a scenario that may well be a mistake, apart from its policies."""
    return _found(scenario, WORTH_A_WARNING, file)


def _found(scenario: Scenario, rules: tuple[Rule, ...], file: str) -> list[Problem]:
    return [replace(problem, file=file) for rule in rules for problem in rule(scenario)]
