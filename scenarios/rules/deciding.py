"""Rules about who decides: approvers, authority levels, customers who demand the boss."""

from __future__ import annotations

from collections.abc import Iterator
from math import log

from scenarios.checks.problems import Problem, found, listed, nearest
from scenarios.files.toml_text import KeyPath
from scenarios.parts.authority import AskApprover, PromiseCallback, Ticket
from scenarios.parts.demand import Remedy
from scenarios.parts.figures import can_be_zero, greatest
from scenarios.parts.staff import Group
from scenarios.rules.reach import concerns, first_groups, groups_reached
from scenarios.schema import Scenario

_SURE = 14.0
"""On the logit scale: one in a million is not."""

Need = tuple[str, str]
"""A reason and a kind of decision that its cases can need."""

Asked = tuple[KeyPath, str, dict[str, list[Remedy]]]
"""A step's key, the approver group it names, and the remedies it is asked for, by kind."""


def approvers_without_end(scenario: Scenario) -> Iterator[Problem]:
    """A question that goes from approver to approver comes to an end."""
    seen: set[str] = set()
    for name in scenario.groups:
        chain = chain_of(scenario, name)
        last = scenario.groups[chain[-1]].approver
        if last in chain and not seen & set(chain[chain.index(last) :]):
            circle = [*chain[chain.index(last) :], last]
            seen |= set(circle)
            start = circle[0]
            rule = f"forms a circle: {' -> '.join(circle)}"
            path = ("groups", start, "approver")
            hint = "The last approver has no approver."
            yield found(path, scenario.groups[start].approver, rule, hint)


def chain_of(scenario: Scenario, name: str) -> list[str]:
    """A group, its approver, the approver's approver and so on, each of them once."""
    chain = [name]
    while (above := scenario.groups[chain[-1]].approver) and above in scenario.groups:
        if above in chain:
            break
        chain.append(above)
    return chain


def approvers_with_authority(scenario: Scenario) -> Iterator[Problem]:
    """A group asked for a decision may make it, or has an approver above who may."""
    for path, name, kinds in _asked(scenario):
        undecided = [kind for kind in kinds if not _decides(scenario, name, kind, kinds[kind])]
        said = [kind for kind in undecided if _is_said(scenario, name, kind)]
        if len(undecided) > len(said) or (undecided and len(undecided) == len(kinds)):
            blamed = [kind for kind in undecided if kind not in said] or undecided
            rule = f"is asked about {listed(blamed, 'and')}, which nobody there or above may decide"
            yield found(path, name, rule, _what_to_do(scenario, name))


def _what_to_do(scenario: Scenario, name: str) -> str:
    if scenario.groups[name].authority is None:
        return f"Give groups.{name} an authority level, or an approver who has one."
    return f"Raise the limit in authority.{scenario.groups[name].authority}, or add an approver."


def _asked(scenario: Scenario) -> Iterator[Asked]:
    """The steps that ask for a decision about a remedy, with the approver they name."""
    needs = _beyond_authority(scenario)
    for path_name, path in scenario.escalation.items():
        for number, step in enumerate(path.steps):
            kinds: dict[str, list[Remedy]] = {}
            for reason, kind in needs.get(path_name, {}):
                remedy = scenario.reasons[reason].remedy
                if remedy is not None and concerns(step, reason):
                    kinds.setdefault(kind, []).append(remedy)
            key = ("escalation", path_name, "steps", number)
            if isinstance(step, AskApprover) and step.group in scenario.groups:
                yield (*key, "group"), step.group, kinds
            if isinstance(step, PromiseCallback | Ticket) and step.approver in scenario.groups:
                yield (*key, "approver"), step.approver or "", kinds


def _beyond_authority(scenario: Scenario) -> dict[str, dict[Need, None]]:
    """For each path, what the groups that take it may not decide themselves."""
    needs: dict[str, dict[Need, None]] = {}
    for name, reason in scenario.reasons.items():
        remedy = reason.remedy
        if remedy is None or remedy.needed == 0.0:
            continue
        for group in (scenario.groups[each] for each in groups_reached(scenario, name)):
            for kind in remedy.kinds:
                if _limit(scenario, group, kind) < greatest(remedy.money):
                    needs.setdefault(group.beyond_authority, {})[name, kind] = None
    return needs


def _decides(scenario: Scenario, name: str, kind: str, remedies: list[Remedy]) -> bool:
    """Whether somebody in the chain may grant at least some of the remedies of this kind."""
    for each in chain_of(scenario, name):
        level = scenario.groups[each].authority
        if level is not None and level not in scenario.authority:
            return True
        limit = _limit(scenario, scenario.groups[each], kind)
        if limit > 0.0 or (limit == 0.0 and any(can_be_zero(r.money) for r in remedies)):
            return True
    above = scenario.groups[chain_of(scenario, name)[-1]].approver
    return above is not None and above not in scenario.groups


def _limit(scenario: Scenario, group: Group, kind: str) -> float:
    """Money the group may decide alone; below zero without an authority level."""
    level = scenario.authority.get(group.authority or "")
    return -1.0 if level is None else level.limit_for(kind)


def _is_said(scenario: Scenario, name: str, kind: str) -> bool:
    """Whether the scenario says in so many words that nobody in the chain grants this kind."""
    levels = [
        scenario.authority.get(scenario.groups[g].authority or "") for g in chain_of(scenario, name)
    ]
    return any(levels) and all(kind in level.never for level in levels if level is not None)


def bosses_to_demand(scenario: Scenario) -> Iterator[Problem]:
    """Where customers demand the boss, a path says what happens then."""
    asking = scenario.boss.after_asking
    for name, reason in scenario.reasons.items():
        if reason.demands_boss == 0.0 and asking == 0.0:
            continue
        for group_name in first_groups(scenario, reason):
            path = scenario.groups[group_name].on_demand
            if path == "on_demand" and path not in scenario.escalation:
                rule = (
                    f"lets customers demand the boss of {group_name}, but no path says what happens"
                )
                hint = "Write the steps of [escalation.on_demand]."
                if reason.demands_boss > 0.0:
                    yield found(("reasons", name, "demands_boss"), reason.demands_boss, rule, hint)
                else:
                    yield found(("boss", "after_asking"), asking, rule, hint)
                break


def decisions_never_needed(scenario: Scenario) -> Iterator[Problem]:
    """A limit for a kind of decision that no remedy needs is often a typo."""
    kinds = {kind for r in scenario.reasons.values() if r.remedy for kind in r.remedy.kinds}
    for name, level in scenario.authority.items():
        for kind in level.limits:
            if kind not in kinds:
                yield _never_needed(
                    ("authority", name, "limits", kind), level.limits[kind], kind, kinds
                )
        for number, kind in enumerate(level.never):
            if kind not in kinds:
                yield _never_needed(("authority", name, "never", number), kind, kind, kinds)


def _never_needed(path: KeyPath, value: object, kind: str, kinds: set[str]) -> Problem:
    hint = nearest(kind, sorted(kinds), "Kinds of decision that remedies need")
    return found(path, value, "is for a kind of decision that no remedy needs", hint)


def decisions_never_made(scenario: Scenario) -> Iterator[Problem]:
    """An approver is asked for a kind of decision that is never allowed: always declined."""
    for path, name, kinds in _asked(scenario):
        never = [kind for kind in kinds if _is_said(scenario, name, kind)]
        if never and len(never) < len(kinds):
            yield found(path, name, f"is asked about {listed(never, 'and')} and may never allow it")


def cases_left_unresolved(scenario: Scenario) -> Iterator[Problem]:
    """Where a group cannot settle a case and no path says what to do, it stays unresolved."""
    for group_name, group in scenario.groups.items():
        visitors = [n for n in scenario.reasons if group_name in groups_reached(scenario, n)]
        visitors = [n for n in visitors if scenario.reasons[n].then is None]
        if group.beyond_authority not in scenario.escalation:
            stuck = [n for n in visitors if _beyond(scenario, group, scenario.reasons[n].remedy)]
            yield from _unresolved(group_name, "authority", group.beyond_authority, stuck)
        if group.beyond_knowledge not in scenario.escalation:
            rates = {n: group.solve.get(n, scenario.reasons[n].solve) for n in visitors}
            stuck = [n for n, rate in rates.items() if not _solves_all(group, rate)]
            yield from _unresolved(group_name, "knowledge", group.beyond_knowledge, stuck)


def _solves_all(group: Group, solve: float) -> bool:
    """Whether every agent of a group can solve all but one in a million of a reason's cases."""
    if solve <= 0.0 or solve >= 1.0:
        return solve >= 1.0
    gained = group.knowledge - 5.0 * group.knowledge_sd
    gained += group.knowledge_base.knowledge if group.knowledge_base else 0.0
    gained -= group.handle_time_goal.knowledge_loss if group.handle_time_goal else 0.0
    gained += min(0.0, group.hiring.knowledge) if group.hiring else 0.0
    gained += group.learning.knowledge_at_start if group.learning else 0.0
    return gained + log(solve / (1.0 - solve)) > _SURE


def _unresolved(group: str, what: str, path: str, reasons: list[str]) -> Iterator[Problem]:
    if reasons:
        rule = f"leaves cases of {listed(reasons, 'and')} unresolved that are beyond its {what}"
        hint = f"Say what happens then in [escalation.{path}]."
        yield found(("groups", group), None, rule, hint)


def _beyond(scenario: Scenario, group: Group, remedy: Remedy | None) -> bool:
    """Whether some remedies take more than the group may decide."""
    if remedy is None or remedy.needed == 0.0:
        return False
    most = greatest(remedy.money)
    return any(_limit(scenario, group, kind) < most for kind in remedy.kinds)
