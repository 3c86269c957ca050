"""How large a scenario is: what one replication of it will take, estimated before it is simulated.

The figures per contact, agent and day are measurements (``docs/decisions.md``). They are about
right for an ordinary centre, within a factor of two or so, and on the safe side for a huge one.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, log

from scenarios.calendar.calendar import calendar_of
from scenarios.calendar.volume import first_contacts
from scenarios.parts.authority import ColdTransfer, Decline, PromiseCallback, Ticket, WarmTransfer
from scenarios.parts.channels import ChannelName
from scenarios.parts.clock import DAY_S
from scenarios.parts.demand import Reason
from scenarios.parts.figures import mean_of
from scenarios.parts.returning import Redial, Repeat
from scenarios.rules.reach import is_whole, takers
from scenarios.schema import Scenario

_MB = 1e6

PYTHON_MB = 70.0
"""Python and its libraries."""
_WAITING_BYTES = 3_200.0
"""Of somebody who waits, or is served: case, contact, place in the queue."""
_AGENT_BYTES = 4_000.0
_CUSTOMER_BYTES = 40.0
"""Of a customer of the day: time of arrival, identity, reason."""
_DRAW_BYTES = 8.0
"""Of a draw; one customer's draw is made for all customers of the day."""
_MEASURED_BYTES = 110.0
"""Of a contact while measures are taken, its columns apart."""
_COLUMNS_BYTES, _COLUMNS_MB = 550.0, 67.0
"""Of the columns of a contact while measures are taken, and of all of them at most."""
_ANSWER_BYTES, _PART_BYTES = 29_000.0, 9_700.0
"""Of a day's interval tables: those of the centre, and of each reason and group."""

_CONTACT_S, _RETURNS_S, _ESCALATES_S = 18e-6, 20e-6, 25e-6
_AGENT_DAY_S, _REASON_DAY_S = 40e-6, 2.6e-3

_NOT_SERVED = 0.05
"""Share who hang up in a centre with heads enough."""
_STILL_OPEN = 0.5
"""Share of the repeats after which the case is open again, of customers who come back often."""
_LEFT_BY_PATHS = 0.3
"""Share of the cases beyond the first agent's knowledge that an escalation path leaves open."""


@dataclass(frozen=True)
class Size:
    """About what one replication takes."""

    contacts: float
    """Contacts, those of customers who come back among them."""
    busiest_day: float
    """Customers who come for the first time on a busy day, at most."""
    agents: int
    agent_days: float
    days: int
    memory_mb: float
    """Megabytes of one process, simulating and measuring."""
    answer_mb: float
    """Megabytes that the answer of one finished replication keeps; part of ``memory_mb``."""
    seconds: float
    """Seconds of one core, simulating and measuring."""


def size_of(scenario: Scenario) -> Size:
    """About what one replication of a scenario takes; nothing is drawn for it.

    A reason that names what does not exist counts as nothing.
    """
    days, agents = scenario.horizon.days, sum(g.places() for g in scenario.groups.values())
    parts = [_Part.of(scenario, name) for name in scenario.reasons]
    contacts = sum(part.contacts for part in parts)
    first, busiest = sum(part.first for part in parts), sum(part.busiest_day for part in parts)
    answer = days * (_ANSWER_BYTES + _PART_BYTES * (len(parts) + len(scenario.groups)))
    customer = _CUSTOMER_BYTES + _DRAW_BYTES * _columns(scenario, parts, busiest)
    memory = (
        PYTHON_MB * _MB
        + (busiest + first / days * _days_alive(scenario)) * customer
        + sum(part.waiting for part in parts) * _WAITING_BYTES
        + contacts * _MEASURED_BYTES
        + min(contacts * _COLUMNS_BYTES, _COLUMNS_MB * _MB)
        + agents * _AGENT_BYTES
        + answer
    )
    each = _CONTACT_S
    each += _RETURNS_S if any(part.returns for part in parts) else 0.0
    each += _ESCALATES_S if scenario.escalation else 0.0
    agent_days = float(agents) * days
    seconds = contacts * each + agent_days * _AGENT_DAY_S + days * len(parts) * _REASON_DAY_S
    return Size(contacts, busiest, agents, agent_days, days, memory / _MB, answer / _MB, seconds)


@dataclass(frozen=True)
class _Part:
    """What one reason brings."""

    first: float
    contacts: float
    busiest_day: float
    waiting: float
    """Contacts in the house when most are."""
    tries: float
    """Contacts of the customer who returns most often."""
    returns: bool
    draws: int
    """Times that are drawn anew with every contact: talk by channel."""

    @classmethod
    def of(cls, scenario: Scenario, name: str) -> _Part:
        reason = scenario.reasons[name]
        if not is_whole(scenario, reason) or not sum(reason.channels.values()):
            return cls(0.0, 0.0, 0.0, 0.0, 1.0, returns=False, draws=0)
        first = first_contacts(scenario, name)
        left = _left(scenario, reason, first.total)
        again = _Returns.of(scenario, reason, left)
        contacts = first.total * again.mean
        return cls(
            first.total,
            contacts,
            first.busiest_day,
            _waiting(scenario, reason, contacts, left),
            again.most(first.busiest_day),
            returns=again.mean > 1.0,
            draws=len(reason.handling),
        )


@dataclass(frozen=True)
class _Returns:
    """How customers of a reason come back."""

    mean: float
    """Contacts of a case."""
    repeats: float
    redials: float
    """Share who come back again after each contact."""
    at_most: float

    @classmethod
    def of(cls, scenario: Scenario, reason: Reason, left: float) -> _Returns:
        repeat, redial = reason.repeat or scenario.repeat, reason.redial or scenario.redial
        open_share = _open_share(scenario, reason)
        again = repeat.probability if repeat and open_share else 0.0
        share = _not_served(scenario, reason, left) * _redials(redial)
        repeats = chain(again, _most_repeats(scenario, repeat))
        tries = chain(share, _most_redials(scenario, redial))
        mean = (1.0 + open_share * repeats) * (1.0 + tries)
        most = _most_repeats(scenario, repeat) + _most_redials(scenario, redial)
        further = reason.further_business.probability if reason.further_business else 0.0
        return cls(mean / (1.0 - further), _STILL_OPEN * again, share, most)

    def most(self, customers: float) -> float:
        """Contacts of that one of so many customers who returns most often."""
        longest = _longest(self.repeats, customers) + _longest(self.redials, customers)
        return 1.0 + min(self.at_most, longest)


def _longest(share: float, customers: float) -> float:
    """How often the most stubborn of so many customers does what a share does each time."""
    if share <= 0.0 or customers <= 1.0:
        return 0.0
    return inf if share >= 1.0 else log(customers) / -log(share)


def chain(share: float, at_most: float) -> float:
    """How often something happens again on average when it does so with a share each time."""
    if share >= 1.0:
        return at_most
    return share * (1.0 - float(share**at_most)) / (1.0 - share)


def most_tries(scenario: Scenario, reason: Reason) -> tuple[float, float]:
    """How often one customer can repeat, and how often redial in a row, on the horizon."""
    repeat, redial = reason.repeat or scenario.repeat, reason.redial or scenario.redial
    again = repeat.probability if repeat and _open_share(scenario, reason) else 0.0
    return (
        chain(again, _most_repeats(scenario, repeat)),
        chain(_redials(redial), _most_redials(scenario, redial)),
    )


def _most_repeats(scenario: Scenario, repeat: Repeat | None) -> float:
    if repeat is None or not repeat.probability:
        return 0.0
    return min(repeat.max_contacts - 1, within(scenario, mean_of(repeat.delay_min)))


def _most_redials(scenario: Scenario, redial: Redial | None) -> float:
    if redial is None or not _redials(redial):
        return 0.0
    return min(redial.max_tries - 1, within(scenario, mean_of(redial.delay_min)))


def within(scenario: Scenario, delay_min: float) -> float:
    """How many times a delay of so many minutes fits into the horizon, no delay being a moment."""
    return scenario.horizon.days * DAY_S / (delay_min * 60.0 + 0.001)


def _redials(redial: Redial | None) -> float:
    if redial is None:
        return 0.0
    shares = (redial.after_abandoning, redial.after_blocked, redial.after_closed)
    return max(*shares, redial.after_unreached or 0.0)


def _open_share(scenario: Scenario, reason: Reason) -> float:
    """Share of the cases that are not resolved at first."""
    groups = [scenario.groups[name] for name in takers(reason)]
    helped = any(group.beyond_knowledge in scenario.escalation for group in groups)
    unsolved = (1.0 - reason.solve) * (_LEFT_BY_PATHS if helped else 1.0)
    false = max((reason.false_resolution, *reason.false_resolution_by_hand_offs))
    return min(1.0, unsolved + reason.solve * false)


def _not_served(scenario: Scenario, reason: Reason, left: float) -> float:
    leaves = bool(reason.patience_s) or any(c.lines for c in scenario.channels.values())
    return max(left, _NOT_SERVED) if leaves or not scenario.opening.never_closes else 0.0


def _left(scenario: Scenario, reason: Reason, customers: float) -> float:
    """Share of the customers for whom the groups that take them have no hours."""
    work = customers * _handle_s(reason)
    calendar = calendar_of(scenario)
    spans = [span for group in takers(reason) for span in calendar.duty(group)]
    times = scenario.horizon.days / len(calendar.laid_out)
    hours = sum(span.amount * (span.end - span.start) for span in spans) * times
    return max(0.0, 1.0 - hours / work) if 0.0 < work < inf else float(work > 0.0)


def _handle_s(reason: Reason) -> float:
    total = sum(reason.channels.values())
    return sum(
        share / total * (mean_of(handling.talk_s) + mean_of(handling.wrap_up_s))
        for channel, share in reason.channels.items()
        if (handling := reason.handling.get(channel)) is not None
    )


def _waiting(scenario: Scenario, reason: Reason, contacts: float, left: float) -> float:
    """Contacts in the house when most are: those with an agent, and those who wait for ever."""
    horizon_s = scenario.horizon.days * DAY_S
    total = sum(reason.channels.values())
    stay = sum(
        share / total * min(1.0, _patience_s(reason, channel) / horizon_s)
        for channel, share in reason.channels.items()
    )
    return contacts * (min(1.0, _handle_s(reason) / horizon_s) + left * stay)


def _patience_s(reason: Reason, channel: ChannelName) -> float:
    if channel not in reason.patience_s:
        return inf
    return reason.patience_factor * mean_of(reason.patience_s[channel])


def _columns(scenario: Scenario, parts: list[_Part], customers: float) -> float:
    """Draws that are kept for every customer of a day, because one of them needed it."""
    tries = max((part.tries for part in parts), default=1.0)
    steps = [step for path in scenario.escalation.values() for step in path.steps]
    moves = sum(isinstance(step, WarmTransfer | ColdTransfer) for step in steps)
    times = sum(not isinstance(step, Decline) for step in steps)
    legs = 1.0 + 0.5 * min(moves, 2)
    again = sum(part.draws * part.tries for part in parts) * legs
    returns = 4.0 * tries if any(part.returns for part in parts) else 0.0
    few = min(1.0, customers / 100.0)
    return 4.0 + few * (again + returns + times * tries / 2.0)


def _days_alive(scenario: Scenario) -> float:
    """Days before whose customers are still needed: as long as one of them may come back."""
    steps = [step for path in scenario.escalation.values() for step in path.steps]
    reasons = scenario.reasons.values()
    again: list[Repeat | Redial | None] = [scenario.repeat, scenario.redial]
    again += [r.repeat for r in reasons] + [r.redial for r in reasons]
    delays = [mean_of(one.delay_min) / 1440.0 for one in again if one is not None]
    business = [r.further_business for r in reasons if r.further_business]
    delays += [mean_of(one.delay_min) / 1440.0 for one in business]
    delays += [s.due_h / 24.0 for s in steps if isinstance(s, PromiseCallback | Ticket)]
    return min(scenario.horizon.days - 1.0, 4.0 * max(delays, default=0.0))
