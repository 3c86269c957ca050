"""Codes of the trace: what kinds of contacts, outcomes, endings and states there are."""

from __future__ import annotations

from enum import IntEnum


class ContactKind(IntEnum):
    """Who made the contact, and why now."""

    FIRST = 0
    REDIAL = 1
    """Again after abandoning, being blocked, finding the centre closed or being turned away."""
    REPEAT = 2
    """Again after being served, because the case is not resolved."""
    CALLBACK = 3
    """The centre calls because the customer took a callback instead of waiting."""
    FOLLOW_UP = 4
    """The centre calls or writes to keep a promise made in an earlier contact."""


class Outcome(IntEnum):
    """What became of a contact that was offered to the centre."""

    ANSWERED = 0
    ABANDONED = 1
    BLOCKED = 2
    CALLBACK_TAKEN = 3
    """The customer took a callback (or left a voicemail) instead of waiting."""
    CLOSED = 4
    """The customer came while the channel was closed, and heard the closed message."""
    WAITING = 5
    """Still waiting when the horizon ended."""
    SELF_SERVED = 6
    """Settled in the voice menu; never offered to agents."""
    LEFT_MENU = 7
    """Hung up in the voice menu; never offered to agents."""
    UNREACHED = 8
    """The centre called and the customer did not answer."""
    TURNED_AWAY = 9
    """The customer got in, and was cut off at closing time or sent away by a waiting limit."""
    LEFT_MESSAGE = 10
    """The customer met nobody, because it was closed or nobody was on duty, and left a message."""


class Ending(IntEnum):
    """How an answered contact, or one leg of it, ended."""

    NONE = 0
    """The contact was never answered."""
    SETTLED = 1
    TRANSFERRED_WARM = 2
    TRANSFERRED_COLD = 3
    PROMISED_CALLBACK = 4
    TICKETED = 5
    DECLINED = 6
    """The customer was told no: by the agent, or by the approver."""
    UNSOLVED = 7
    """No escalation step applied; the case stays unresolved."""
    HUNG_UP = 8
    """The customer lost patience on hold or while being transferred."""
    CUT_OFF = 9
    """The customer was cut off: within seconds of the answer, or in a transfer that nobody answered
    in time."""
    IN_HAND = 10
    """Still being served when the horizon ended."""
    PASSED_ON = 11
    """Back to the queue after a transfer that nobody answered."""
    HANDED_OVER = 12
    """Left to a colleague at the end of the agent's shift, unfinished."""


class Help(IntEnum):
    """Whose help settled a contact (the strongest that was needed)."""

    ALONE = 0
    COLLEAGUE = 1
    APPROVED = 2
    TRANSFERRED = 3
    """Another agent settled it, after a transfer or from the queue again."""
    FOLLOWED_UP = 4


class Trigger(IntEnum):
    """Why a leg went beyond the agent."""

    NONE = 0
    AUTHORITY = 1
    KNOWLEDGE = 2
    CUSTOMER = 3
    """The customer demanded a supervisor."""
    ROUTE = 4
    """The reason passes every contact on (a reception)."""


class PromiseKind(IntEnum):
    """What was promised."""

    TOLD_WAIT = 0
    CALLBACK = 1
    """A callback instead of waiting (offer, closing time)."""
    VOICEMAIL = 2
    FOLLOW_UP_CALL = 3
    TICKET = 4


class CaseState(IntEnum):
    """The one state in which every case ends."""

    RESOLVED = 0
    SELF_SERVED = 1
    GIVEN_UP = 2
    OPEN = 3
    """Not resolved and not given up when the horizon ended."""


class AgentState(IntEnum):
    """What an agent does with a paid second."""

    READY = 0
    TALK = 1
    HOLD = 2
    """With a customer on hold: asking a colleague or approver, or waiting for a transfer."""
    WRAP_UP = 3
    HELPING = 4
    """Helping a colleague, or listening to a warm transfer."""
    DECIDING = 5
    """Deciding what somebody with less authority asked."""
    BREAK = 6
    MEETING = 7
    TRAINING = 8
    ABSENT = 9
    OWN_WORK = 10
    """Coaching and back-office work, done when nobody asks."""
    AWAY = 11
    """On duty and not ready for contacts."""
    OUTBOUND = 12
    """At a call of a list: reading the record, ringing, talk and wrap-up."""


class DialOutcome(IntEnum):
    """What became of a call to a customer of a list."""

    NO_ANSWER = 0
    WRONG_PARTY = 1
    """Somebody else answered."""
    RIGHT_PARTY = 2
    """The customer meant answered, and an agent talked with him or her."""
    ABANDONED = 3
    """Somebody answered, and no agent was free."""


class Explanation(IntEnum):
    """How an agent explained to a customer what went wrong."""

    NONE = 0
    REASON = 1
    """By the reason."""
    JUSTIFICATION = 2
    """By something that says it was not so bad, or had to be."""


class PlaceState(IntEnum):
    """Whether a place of the roster has somebody on the floor."""

    PRESENT = 0
    """Somebody holds it, on duty or not."""
    VACANT = 1
    IN_TRAINING = 2
    """Somebody new holds it, paid and not yet on the floor."""
