"""Questions that a manager has about a centre, read off what its scenario says."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from results.reading import format as numbers
from results.reading.names import name_in_words, title_of_policy
from scenarios import Scenario
from scenarios.files.toml_text import key_text
from scenarios.parts.staff import Group
from scenarios.shares import percent, percent_as_given
from tui.what_if.together import ALL_CUSTOMERS, changes_together

MORE_CUSTOMERS = 1.2
"""The growth that is asked about, as a factor."""


@dataclass(frozen=True)
class Question:
    """A question, and where its what-if begins."""

    words: str
    knob: str = ""
    """Key of the knob that has the cursor; empty for the first one that the policy turns."""
    policy: str = ""
    """Whose knobs are turned at the beginning; empty for those of the base."""
    keys: tuple[str, ...] = ()
    """Keys of which a policy that answers the question changes at least one."""
    value: Any = None
    """What the question asks the knob to be; None where it names no value."""

    @property
    def name(self) -> str:
        """What it is told apart by."""
        return f"policy {self.policy}" if self.policy else self.knob


def is_about(question: Question, changed: Iterable[str]) -> bool:
    """Whether everything that is changed belongs to what a question is about.

    Args:
        question: of a scenario.
        changed: keys of a policy; the sign of a relative change is left out.
    """
    keys = [one.rstrip(" =*/+-") for one in changed]
    return all(
        key in question.keys or any(key.startswith(f"{one}.") for one in question.keys)
        for key in keys
    )


def questions_of(scenario: Scenario) -> list[Question]:
    """What can be asked of a scenario: its own matters first, then what its policies bring."""
    return [
        *_authority(scenario),
        *_people(scenario),
        *_volume(scenario),
        *_incidents(scenario),
        *_waiting(scenario),
        *_promises(scenario),
        *_knowing(scenario),
        *_causes(scenario),
        *_policies(scenario),
    ]


def _ask(words: str, *path: str, value: Any = None) -> Question:
    key = key_text(path)
    return Question(words, key, keys=(key,), value=value)


def _front(scenario: Scenario) -> dict[str, Group]:
    """The groups that customers reach first."""
    return {name: group for name, group in scenario.groups.items() if group.tier == 1}


def _of(scenario: Scenario, name: str) -> str:
    """The group at the beginning of a question, where customers reach several first."""
    title = scenario.groups[name].title or name_in_words(name)
    return f"{title}: " if len(_front(scenario)) > 1 else ""


def _begun(whose: str, words: str) -> str:
    return whose + words if whose else words[:1].upper() + words[1:]


# -- authority -------------------------------------------------------------------------------


def _authority(scenario: Scenario) -> Iterator[Question]:
    for name, group in _front(scenario).items():
        level = group.authority
        if level is None or math.isinf(scenario.authority[level].limit):
            continue
        whose, wider = _of(scenario, name), _wider(scenario, name, level)
        if wider:
            limit = _money(scenario, scenario.authority[wider].limit)
            words = _begun(whose, f"may agents decide {limit} alone?")
            yield _ask(words, "groups", name, "authority", value=wider)
        else:
            limit = numbers.money(scenario.authority[level].limit, scenario.costs.currency)
            words = _begun(whose, f"may agents decide more than {limit} alone?")
            yield _ask(words, "authority", level, "limit")


def _wider(scenario: Scenario, name: str, level: str) -> str:
    """The level of more authority that is asked about: the widest that a policy gives the group.

    Without such a policy the next wider level that no other group has; empty where there is none.
    """
    limits = {one: found.limit for one, found in scenario.authority.items()}
    key = key_text(("groups", name, "authority"))
    given = {policy.changes.get(key) for policy in scenario.policies.values()}
    wider = [one for one in limits if one in given and limits[one] > limits[level]]
    if wider:
        return max(wider, key=limits.__getitem__)
    others = {group.authority for group in scenario.groups.values()}
    free = [one for one in limits if one not in others and limits[one] > limits[level]]
    return min(free, key=limits.__getitem__, default="")


def _money(scenario: Scenario, limit: float) -> str:
    if math.isinf(limit):
        return "everything"
    return f"up to {numbers.money(limit, scenario.costs.currency)}"


# -- people and customers --------------------------------------------------------------------


def _people(scenario: Scenario) -> Iterator[Question]:
    sizes = {name: _heads(group) for name, group in _front(scenario).items()}
    if not any(sizes.values()):
        return
    name = max(sizes, key=sizes.__getitem__)
    targets = scenario.targets
    aim = f"{percent_as_given(targets.service_level)} in {targets.answer_within_s:g} s"
    words = _begun(_of(scenario, name), f"how many agents for {aim}?")
    if not scenario.groups[name].shifts:
        yield _ask(words, "groups", name, "heads")
        return
    key = key_text(("groups", name, "*", "heads"))
    keys = (*changes_together(scenario, key, sizes[name]), key_text(("groups", name, "heads")))
    yield Question(words, key, keys=keys)


def _heads(group: Group) -> int:
    """The people of a group that a knob can change."""
    if group.shifts:
        return sum(shift.heads for shift in group.shifts.values())
    return group.heads or 0


def _volume(scenario: Scenario) -> Iterator[Question]:
    keys = tuple(changes_together(scenario, ALL_CUSTOMERS, 1.0))
    if keys:
        more = f"{percent(MORE_CUSTOMERS - 1)} more"
        spoken = set(scenario.channels) <= {"voice"}
        words = f"What if {more} people {'call' if spoken else 'get in touch'}?"
        yield Question(words, ALL_CUSTOMERS, keys=keys, value=MORE_CUSTOMERS)


def _incidents(scenario: Scenario) -> Iterator[Question]:
    for name in scenario.incidents:
        words = f"{name_in_words(name)}: what if it lasts longer?"
        yield _ask(words, "incidents", name, "minutes")


# -- waiting and promises --------------------------------------------------------------------


def _waiting(scenario: Scenario) -> Iterator[Question]:
    if scenario.callback_offer is not None:
        yield _ask("What is a promised callback worth?", "callback_offer")
        key = "callback_offer.window_after_min"
        if scenario.callback_offer.window_after_min is not None:
            yield Question("How late may a promised callback be?", key, keys=(key,))
    else:
        yield _ask("What if customers were called back?", "callback_offer")
    if scenario.acknowledgement is None:
        yield _ask("What if customers were told the wait?", "acknowledgement")


def _promises(scenario: Scenario) -> Iterator[Question]:
    used = {
        path
        for group in scenario.groups.values()
        for path in (group.beyond_authority, group.beyond_knowledge, group.on_demand)
    }
    for name, path in scenario.escalation.items():
        promises = [at for at, step in enumerate(path.steps) if step.step == "promise_callback"]
        if name in used and promises:
            yield _ask("What is keeping promises worth?", "ownership")
            place: tuple[str | int, ...] = ("escalation", name, "steps", promises[0], "due_h")
            key = key_text(place)
            yield Question("What if promised calls were made sooner?", key, keys=(key,))
            return


# -- people's knowledge and work -------------------------------------------------------------


def _knowing(scenario: Scenario) -> Iterator[Question]:
    unsolved = any(reason.solve < 1.0 for reason in scenario.reasons.values())
    for name, group in _front(scenario).items():
        whose = _of(scenario, name)
        if unsolved:
            yield _ask(_begun(whose, "what if agents knew more?"), "groups", name, "knowledge")
        if group.handle_time_goal is not None:
            words = _begun(whose, "what does the goal for handle times do?")
            yield _ask(words, "groups", name, "handle_time_goal")
        if group.engagement is not None:
            words = _begun(whose, "what are good supervisors worth?")
            yield _ask(words, "groups", name, "engagement", "leaders")
        if group.hiring is not None:
            words = _begun(whose, "what if vacancies were filled sooner?")
            yield _ask(words, "groups", name, "hiring", "lead_time_weeks")


def _causes(scenario: Scenario) -> Iterator[Question]:
    for name, cause in scenario.root_causes.items():
        title = getattr(cause, "title", "") or name_in_words(name)
        yield _ask(f"{title}: what if its cause were fixed?", "root_causes", name, "tracked")


def _policies(scenario: Scenario) -> Iterator[Question]:
    for name, policy in scenario.policies.items():
        title = title_of_policy(scenario, name)
        keys = (*policy.changes, *policy.remove)
        yield Question(f"{title}?", policy=name, keys=keys)
