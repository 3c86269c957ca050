"""Volume: how many contacts come, get in, and come again."""

from __future__ import annotations

from results.facts.rows import Rows, any_of, count, having, mean, ratio
from results.measures.definition import COMMON, CUSTOMERS, EVERYWHERE, LEGS, WAITS, Measure
from results.measures.slice import Slice
from sim.trace.codes import ContactKind, Outcome
from sim.trace.states import LOST


def _having(rows: Rows, column: str, *values: int) -> int:
    return count(any_of(rows[column], values))


def _tried(s: Slice) -> int:
    return count(s.contacts["inbound"])


def _tries_again(s: Slice) -> int:
    return count(s.contacts["after_loss"])


def _repeats(s: Slice) -> int:
    repeats = having(s.contacts["kind"], ContactKind.REPEAT)
    return count(repeats & s.contacts["served_before"])


MEASURES = (
    Measure(
        "tried",
        "Tried",
        "all contacts that customers made: answered + abandoned + blocked + callback taken + "
        "turned away + closed + settled or lost in the voice menu + still waiting",
        "count",
        None,
        COMMON,
        CUSTOMERS,
        lambda s: float(_tried(s)),
    ),
    Measure(
        "offered",
        "Offered",
        "tried - closed - settled or lost in the voice menu: answered + abandoned + blocked + "
        "callback taken + turned away + still waiting",
        "count",
        None,
        COMMON,
        WAITS,
        lambda s: float(len(s.offered)),
        version=2,
    ),
    Measure(
        "handled",
        "Handled",
        "answered contacts of every kind that are over: made by customers, callbacks, follow-ups; "
        "for a group or tier its own legs",
        "count",
        None,
        COMMON,
        LEGS,
        lambda s: float(len(s.handled)),
    ),
    Measure(
        "callbacks",
        "Callbacks reached",
        "customers reached by a callback that they took instead of waiting",
        "count",
        None,
        COMMON,
        EVERYWHERE,
        lambda s: float(_having(s.handled, "kind", ContactKind.CALLBACK)),
    ),
    Measure(
        "follow_ups",
        "Follow-ups made",
        "customers reached by a call or answer promised in an earlier contact",
        "count",
        None,
        COMMON,
        EVERYWHERE,
        lambda s: float(_having(s.handled, "kind", ContactKind.FOLLOW_UP)),
    ),
    Measure(
        "cases",
        "Cases",
        "customers' problems that began in the time measured",
        "count",
        None,
        COMMON,
        EVERYWHERE,
        lambda s: float(len(s.cases)),
    ),
    Measure(
        "callbacks_taken",
        "Took a callback",
        "took a callback or left a voicemail / offered",
        "share",
        None,
        COMMON,
        WAITS,
        lambda s: ratio(_having(s.offered, "outcome", Outcome.CALLBACK_TAKEN), len(s.offered)),
        version=2,
    ),
    Measure(
        "blocked",
        "Blocked",
        "found no free line / tried, those who ended in the voice menu included",
        "share",
        "lower",
        "Erlang B: the probability of blocking",
        CUSTOMERS,
        lambda s: ratio(_having(s.contacts, "outcome", Outcome.BLOCKED), _tried(s)),
    ),
    Measure(
        "closed",
        "Found it closed",
        "came while the channel was closed, and only that / tried",
        "share",
        "lower",
        COMMON,
        CUSTOMERS,
        lambda s: ratio(_having(s.contacts, "outcome", Outcome.CLOSED), _tried(s)),
    ),
    Measure(
        "left_message",
        "Left a message",
        "met nobody, because it was closed or nobody was on duty, and left a message / tried",
        "share",
        None,
        COMMON,
        CUSTOMERS,
        lambda s: ratio(_having(s.contacts, "outcome", Outcome.LEFT_MESSAGE), _tried(s)),
    ),
    Measure(
        "turned_away",
        "Turned away",
        "got in, and was cut off at closing time or sent away by a waiting limit / offered",
        "share",
        "lower",
        COMMON,
        WAITS,
        lambda s: ratio(_having(s.offered, "outcome", Outcome.TURNED_AWAY), len(s.offered)),
    ),
    Measure(
        "lost_in_menu",
        "Hung up in the voice menu",
        "hung up in the voice menu, before anybody was asked for / tried",
        "share",
        "lower",
        COMMON,
        CUSTOMERS,
        lambda s: ratio(_having(s.contacts, "outcome", Outcome.LEFT_MENU), _tried(s)),
    ),
    Measure(
        "redial_rate",
        "Redials",
        "tries again after a contact in which the customer was not served / (abandoned + blocked "
        "+ closed + turned away + not reached by a callback)",
        "share",
        "lower",
        COMMON,
        CUSTOMERS,
        lambda s: ratio(_tries_again(s), _having(s.contacts, "outcome", *LOST)),
        version=2,
        follows_cases=True,
    ),
    Measure(
        "repeat_rate",
        "Repeats per case",
        "contacts made again after being served, because the case was not resolved / cases",
        "count",
        "lower",
        COMMON,
        CUSTOMERS,
        lambda s: ratio(_repeats(s), len(s.cases)),
        version=2,
        follows_cases=True,
    ),
    Measure(
        "contacts_per_case",
        "Contacts per case",
        "mean number of contacts of a case, of every kind and answered or not",
        "count",
        "lower",
        "SQM Group: calls per issue",
        EVERYWHERE,
        lambda s: mean(s.cases["attempts"]),
        follows_cases=True,
    ),
)
