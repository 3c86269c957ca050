"""Rules about escalation paths: they come to an end, and every step can be tried."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from scenarios.checks.problems import Problem, found
from scenarios.parts.authority import (
    AskApprover,
    AskColleague,
    ColdTransfer,
    Decline,
    PromiseCallback,
    Step,
    Ticket,
)
from scenarios.parts.demand import Reason
from scenarios.parts.figures import greatest
from scenarios.rules.reach import Transfer, concerns, groups_reached
from scenarios.schema import Scenario

Node = tuple[str, str]
"""A group and what its agent lacks there."""

_LACKS = ("knowledge", "authority")


def hand_offs_there_are(scenario: Scenario) -> Iterator[Problem]:
    """What depends on hand-offs needs a path on which cases are handed over."""
    for name, reason in scenario.reasons.items():
        if reason.false_resolution_by_hand_offs and not scenario.escalation:
            path = ("reasons", name, "false_resolution_by_hand_offs")
            rule = "has no effect: no case is ever handed over, because there is no [escalation]"
            yield found(path, reason.false_resolution_by_hand_offs, rule)


def money_in_order(scenario: Scenario) -> Iterator[Problem]:
    """A step that is tried for some amounts of money is tried for at least one."""
    for name, path in scenario.escalation.items():
        for number, step in enumerate(path.steps):
            if step.money_from > step.money_to:
                key = ("escalation", name, "steps", number, "money_from")
                yield found(key, step.money_from, f"must not be above money_to ({step.money_to:g})")


def handled_elsewhere(scenario: Scenario) -> Iterator[Problem]:
    """Who is handled as another reason joins the queue of that reason."""
    for name, path in scenario.escalation.items():
        for number, step in enumerate(path.steps):
            if not isinstance(step, ColdTransfer) or step.handled_as not in scenario.reasons:
                continue
            stages = scenario.reasons[step.handled_as].groups
            first = min(stage.after_s for stage in stages)
            tried = [group for one in stages if one.after_s == first for group in one.groups]
            if step.group not in tried:
                rule = f"does not take {step.handled_as} first, as which the customer is handled"
                hint = f"Groups that do: {', '.join(tried)}."
                yield found(("escalation", name, "steps", number, "group"), step.group, rule, hint)


def handled_in_circles(scenario: Scenario) -> Iterator[Problem]:
    """Nobody is handed round for ever between reasons that pass every contact on."""
    onward = {name: _handled_next(scenario, reason) for name, reason in scenario.reasons.items()}
    for name in onward:
        seen, ahead = [name], set(onward[name])
        while ahead - set(seen):
            seen.append((ahead - set(seen)).pop())
            ahead |= onward[seen[-1]]
        if name in ahead:
            rule = "passes every contact on, and they come back to it as this reason again"
            yield found(("reasons", name, "then"), scenario.reasons[name].then, rule)


def _handled_next(scenario: Scenario, reason: Reason) -> set[str]:
    """The reasons as which its contacts are handled after ``then``."""
    path = scenario.escalation.get(reason.then or "")
    steps = path.steps if path else ()
    found_in = {step.handled_as for step in steps if isinstance(step, ColdTransfer)}
    return {name for name in found_in if name in scenario.reasons}


def circles(scenario: Scenario) -> Iterator[Problem]:
    """A case that nobody can settle is not passed round for ever."""
    for lack in _LACKS:
        yield from _circles(scenario, (lack,), "for ever")


def mixed_circles(scenario: Scenario) -> Iterator[Problem]:
    """One group may not decide, another cannot solve, and each passes the case to the other."""
    reported = {problem.key for problem in circles(scenario)}
    for problem in _circles(scenario, _LACKS, "when each lacks what the other has"):
        if problem.key not in reported:
            yield problem


def _circles(scenario: Scenario, lacks: tuple[str, ...], when: str) -> Iterator[Problem]:
    reported: set[frozenset[Node]] = set()
    for reason in scenario.reasons:
        nodes = [
            (group, lack)
            for group in groups_reached(scenario, reason)
            for lack in lacks
            if _may_lack(scenario, reason, group, lack)
        ]
        onward = {node: _next(scenario, reason, node, nodes) for node in nodes}
        for node in nodes:
            circle = _circle_from(node, onward)
            if circle and frozenset(circle) not in reported:
                reported.add(frozenset(circle))
                yield _told(scenario, circle, when)


def _next(scenario: Scenario, reason: str, node: Node, nodes: list[Node]) -> list[Node]:
    target = _certain_target(scenario, reason, node)
    return [other for other in nodes if other[0] == target]


def _circle_from(start: Node, onward: dict[Node, list[Node]]) -> list[Node]:
    """A way from a node back to itself; empty when there is none."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop()
        for node in onward[way[-1]]:
            if node == start:
                return way
            if node not in seen:
                seen.add(node)
                ways.append([*way, node])
    return []


def _told(scenario: Scenario, circle: list[Node], when: str) -> Problem:
    group, lack = circle[0]
    round_trip = " -> ".join([name for name, _ in circle] + [group])
    path = getattr(scenario.groups[group], f"beyond_{lack}")
    hint = "Give a transfer a chance below 1, contacts_from or timeout_s, or end with decline."
    rule = f"passes customers round {when}: {round_trip}"
    return found(("escalation", path, "steps"), None, rule, hint)


def _may_lack(scenario: Scenario, reason_name: str, group_name: str, lack: str) -> bool:
    reason, group = scenario.reasons[reason_name], scenario.groups[group_name]
    if lack == "knowledge":
        return group.solve.get(reason_name, reason.solve) < 1.0
    if reason.remedy is None or reason.remedy.needed == 0.0:
        return False
    level = scenario.authority.get(group.authority or "")
    most = greatest(reason.remedy.money)
    return level is None or any(level.limit_for(kind) < most for kind in reason.remedy.kinds)


def _certain_target(scenario: Scenario, reason: str, node: Node) -> str | None:
    """The other group that surely gets a case which nobody can settle; None when it may end.

    A transfer to the agent's own group does not apply.
    """
    group, lack = node
    path = scenario.escalation.get(getattr(scenario.groups[group], f"beyond_{lack}"))
    for step in path.steps if path else ():
        if not concerns(step, reason) or _leaves_it_open(step, lack):
            continue
        if isinstance(step, Transfer) and step.group == group:
            continue
        sure = isinstance(step, Transfer) and step.timeout_s is None and _is_unconditional(step)
        return step.group if sure and isinstance(step, Transfer) else None
    return None


def _leaves_it_open(step: Step, lack: str) -> bool:
    """Whether the next step is tried when nobody can settle the case."""
    asks = isinstance(step, AskColleague | AskApprover)
    return asks and lack == "knowledge"


def _is_unconditional(step: Step) -> bool:
    return (
        step.chance == 1.0
        and step.channels is None
        and step.money_from == 0.0
        and step.money_to == inf
        and step.contacts_from == 1
    )


def steps_never_reached(scenario: Scenario) -> Iterator[Problem]:
    """What stands behind a step that always ends the path is never tried."""
    for name, path in scenario.escalation.items():
        for number, step in enumerate(path.steps[:-1]):
            ends = isinstance(step, Decline | PromiseCallback | Ticket)
            if ends and step.reasons is None and _is_unconditional(step):
                key = ("escalation", name, "steps", number + 1)
                yield found(key, None, f"is never tried: {step.step} before it ends every case")
                break
