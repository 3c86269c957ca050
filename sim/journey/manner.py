"""How an agent meets the customer: with the history at hand, and with words about the fault.

Both are marks of the customer at this answer and leg: the same under every policy, and in more
answers the more often agents do it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.floor.queues import MEDIA, Medium
from sim.trace.codes import Explanation

if TYPE_CHECKING:
    from sim.centre import Centre
    from sim.floor.cases import Leg
    from sim.plan.centre_plan import Known
    from sim.plan.groups import Manner


def with_manner(centre: Centre, leg: Leg, seconds: float, *, by_ticket: bool) -> float:
    """Seconds of talk with what it takes to tell the story again and to say sorry.

    Less where the agent sees the history, apart from work on a ticket.
    """
    contact, history = leg.contact, centre.plan.history
    known = history is not None and not by_ticket and _at_hand(history, leg)
    if contact.retell:
        contact.retell = False
        # An agent who writes has read the story.
        spoken = MEDIA[contact.channel] is not Medium.WRITTEN
        leg.retold = spoken and not known and centre.plan.works.retelling
        seconds += centre.plan.retell_s if leg.retold else 0.0
    if known and history is not None:
        seconds *= history.talk_factor
    manner = leg.agent.group.plan.manner
    if manner is not None and contact.case.plan.complaint:
        seconds += _words_s(centre, leg, manner)
    return seconds


def _at_hand(history: Known, leg: Leg) -> bool:
    return leg.contact.case.mark("history", leg.occasion) < history.at_hand


def _words_s(centre: Centre, leg: Leg, manner: Manner) -> float:
    """Seconds in which the agent apologises or explains to who complains; it is written down."""
    case = leg.contact.case
    apologises = case.mark("apology", leg.occasion) < manner.apologises
    explanation = Explanation.NONE
    if case.mark("explanation", leg.occasion) < manner.explains:
        honest = case.mark("honesty", leg.occasion) < manner.honest
        explanation = Explanation.REASON if honest else Explanation.JUSTIFICATION
    if not apologises and explanation is Explanation.NONE:
        return 0.0
    centre.trace.apologies.write(
        contact=leg.contact.number,
        case=case.number,
        leg=leg.number,
        said=centre.clock.now,
        apologised=apologises,
        explanation=explanation,
    )
    return case.amount("apology_s", manner.takes, leg.occasion)
