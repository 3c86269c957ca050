"""Handle-time goals: what agents leave out when they are held to a target for their talk time.

Of talk above the target the pressure cuts its share; what is cut is missed in proportion: fewer
cases solved, more passed on, more that only seem settled. The target is met, and the customers
come back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.floor.cases import Case, Contact
    from sim.plan.groups import Goal


def share_cut(goal: Goal, contact: Contact, talk_s: float) -> float:
    """The share of the talk that is cut: pressure * (talk - target) / talk above the target."""
    if talk_s <= goal.talk_s or contact.channel not in goal.channels:
        return 0.0
    return goal.pressure * (talk_s - goal.talk_s) / talk_s


def knowledge_lost(goal: Goal, cut: float) -> float:
    """Knowledge that cannot be brought to bear in the time left, on the logit scale."""
    return goal.knowledge_loss * cut


def hands_off(goal: Goal, contact: Contact, occasion: int) -> bool:
    """Whether the agent passes the customer on to be rid of a long case."""
    mark = contact.case.mark("hands_off", occasion)
    return mark < goal.hand_off_gain * contact.cut_for_goal


def _own_false_share(case: Case) -> float:
    """Share of the settled contacts of a case that only seem settled, by its hand-offs so far."""
    by_hand_offs = case.plan.false_by_hand_offs
    if not (by_hand_offs and case.hand_offs):
        return case.plan.false_resolution
    return by_hand_offs[min(case.hand_offs, len(by_hand_offs)) - 1]


def false_share(contact: Contact) -> float:
    """Share of such settled contacts that only seem settled.

    That of the reason, and of the rest the share that the goal adds.
    """
    share = _own_false_share(contact.case)
    agent = contact.case.owner
    if agent is None or agent.group.plan.goal is None:
        return share
    gain = agent.group.plan.goal.false_resolution_gain
    return share + (1.0 - share) * gain * contact.cut_for_goal
