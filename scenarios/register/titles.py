"""What each assumption is in a manager's words, for tables and charts."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.parts.authority import Boss, PromiseCallback, Ticket
from scenarios.parts.clock import Opening
from scenarios.parts.demand import BrokenPromise, Redial, Repeat
from scenarios.parts.methodology import (
    Engagement,
    HandleTimeGoal,
    Hiring,
    KnowledgeBase,
    LearningCurve,
    RootCause,
    Training,
)
from scenarios.parts.part import Part
from scenarios.parts.satisfaction import (
    LargeLoss,
    Leaving,
    Loyalty,
    Satisfaction,
    SmallLoss,
    Survey,
)
from scenarios.parts.waiting import Acknowledgement, CallbackOffer

TITLES: Mapping[type[Part], Mapping[str, str]] = {
    Satisfaction: {
        "resolved": "Satisfaction when all goes well",
        "complaint_loss": "Satisfaction lost by having to complain",
        "unresolved_loss": "Satisfaction lost when not resolved",
        "further_contact_loss": "Satisfaction lost per further contact",
        "wait_loss_per_min": "Satisfaction lost per minute of waiting",
        "wait_over_s": "Wait that nobody minds",
        "hold_loss": "Satisfaction lost by holding",
        "transfer_loss": "Satisfaction lost by a transfer",
        "retelling_loss": "Satisfaction lost by telling it again",
        "asked_boss_loss": "Satisfaction lost by 'I must ask my boss'",
        "promise_kept_gain": "Satisfaction won by a promise kept",
        "promise_broken_loss": "Satisfaction lost by a broken promise",
        "empathy_gain": "Satisfaction won by empathy",
        "empowerment_gain": "Satisfaction won by authority with empathy",
        "formal_style": "Empathy of a formal style",
        "accommodating_style": "Empathy of an accommodating style",
    },
    Survey: {
        "response": "Share of customers who answer the survey",
        "satisfied_factor": "How much likelier the delighted answer it",
        "dissatisfied_factor": "How much likelier the angry answer it",
    },
    Loyalty: {
        "quickly_h": "How soon is quickly",
        "not_satisfied_to": "Satisfaction up to which a complaint keeps nobody",
        "satisfied_from": "Satisfaction from which a complaint is mended",
        "small_loss_to": "Money up to which a loss is small",
        "large_loss_from": "Money from which a loss is large",
    },
    SmallLoss: {
        "unheard": "Who stays after a small loss, unheard",
        "not_satisfied": "Who stays after a small loss, not satisfied",
        "satisfied": "Who stays after a small loss, satisfied",
        "satisfied_quickly": "Who stays after a small loss, satisfied quickly",
    },
    LargeLoss: {
        "unheard": "Who stays after a large loss, unheard",
        "not_satisfied": "Who stays after a large loss, not satisfied",
        "satisfied": "Who stays after a large loss, satisfied",
        "satisfied_quickly": "Who stays after a large loss, satisfied quickly",
    },
    Leaving: {
        "resolved_first": "Who leaves though resolved at first contact",
        "resolved_later": "Who leaves though resolved later",
        "unresolved": "Who leaves when not resolved",
    },
    CallbackOffer: {
        "accept": "Share of customers who take a callback",
        "answer": "Share of customers who answer it",
    },
    Acknowledgement: {
        "hazard_growth_per_min": "Impatience past the wait told",
        "talk_growth_s_per_min": "Longer talk past the wait told",
    },
    Opening: {
        "after_opening_min": "Time after opening until those who waited for it come",
        "tries_closed": "Share who try a closed door",
    },
    Redial: {
        "delay_min": "Time until customers dial again",
        "max_tries": "Tries until customers give up dialling",
    },
    Repeat: {
        "delay_min": "Time until the unserved come back",
        "max_contacts": "Contacts until the unserved give up",
    },
    BrokenPromise: {"delay_min": "Time from a broken promise to the call"},
    Boss: {"after_asking": "Who demands the boss at once, next time"},
    PromiseCallback: {"urgent_before_min": "Time before it is due that a callback goes first"},
    Ticket: {"urgent_before_min": "Time before it is due that a ticket goes first"},
    KnowledgeBase: {"knowledge": "What a knowledge base adds"},
    Training: {
        "knowledge_per_hour": "What an hour of training teaches",
        "half_life_weeks": "Time until half of it is forgotten",
    },
    LearningCurve: {
        "handle_time_at_start": "Handle time of newcomers",
        "weeks": "Time to become an old hand",
        "knowledge_at_start": "Knowledge of newcomers",
    },
    HandleTimeGoal: {
        "knowledge_loss": "What hurry costs in solved cases",
        "false_resolution_gain": "What hurry only seems to settle",
        "hand_off_gain": "What hurry passes on",
    },
    Engagement: {
        "start": "Engagement at the beginning",
        "half_life_days": "How fast engagement changes",
        "load_from": "Occupancy that wears people down",
        "load_loss": "How much the load wears down",
        "pressure_loss": "How much a goal wears down",
        "anger_loss": "How much angry customers wear down",
        "coaching_loss": "How much missing coaching wears down",
        "quits_engaged": "Turnover of the engaged",
        "quits_disengaged": "Turnover of the disengaged",
        "absence_engaged": "Absence of the engaged",
        "absence_disengaged": "Absence of the disengaged",
    },
    Hiring: {
        "lead_time_weeks": "Time to find new people",
        "training_weeks": "Initial training of new people",
    },
    RootCause: {
        "lead_time_weeks": "Time to mend a root cause",
        "removes": "What mending a root cause removes",
    },
}
"""By section and key."""
