"""Moments as sentences: the event log and the story of a customer."""

from __future__ import annotations

from collections.abc import Callable

from results.reading.format import duration, money
from sim.live import Moment, Topic, What
from tui.floor.lines import Tone
from tui.floor.names import Names, said

TOPICS: dict[Topic, str] = {
    Topic.ARRIVALS: "Customers call, write, try again",
    Topic.WAITING: "Waiting, told a wait, offered a callback",
    Topic.ANSWERS: "Answered, on hold, transferred",
    Topic.APPROVALS: "Asking who may decide, approvals",
    Topic.PROMISES: "Promises made and kept",
    Topic.LOST: "Lost: hung up, engaged, refused, given up",
    Topic.RESOLVED: "Settled and resolved",
    Topic.PEOPLE: "Agents come, take breaks, go",
    Topic.CHANGES: "What you changed",
}
"""What the log can show, in the order of a customer's way."""

_SIGNS: dict[Topic, tuple[str, Tone]] = {
    Topic.ARRIVALS: ("→", "plain"),
    Topic.WAITING: ("…", "warn"),
    Topic.ANSWERS: ("●", "talk"),
    Topic.APPROVALS: ("▲", "approver"),
    Topic.PROMISES: ("◇", "accent"),
    Topic.LOST: ("✗", "bad"),
    Topic.RESOLVED: ("✓", "good"),
    Topic.PEOPLE: ("~", "muted"),
    Topic.CHANGES: ("»", "accent"),
}


def sign(topic: Topic) -> tuple[str, Tone]:
    """The sign of a topic and its colour."""
    return _SIGNS[topic]


def told(moment: Moment, names: Names) -> str:
    """What happened, without time and customer."""
    return _WORDS[moment.what](moment, names)


def _contact(verb: str) -> Callable[[Moment, Names], str]:
    def words(moment: Moment, names: Names) -> str:
        channel, _, reason = moment.detail.partition("/")
        how = _MADE.get(channel, channel)
        return f"{verb.format(how=how)}: {names.reason(reason)}"

    return words


_MADE = {"voice": "calls", "chat": "opens a chat", "email": "writes an email", "text": "writes"}


def _waited(moment: Moment) -> str:
    return f" after {duration(moment.amount)}" if moment.amount >= 0.5 else " immediately"


def _sum(moment: Moment, names: Names) -> str:
    return money(moment.amount, names.currency)


def _may_not(moment: Moment, names: Names) -> str:
    kind = f" ({said(moment.detail)})" if moment.detail else ""
    return f"{names.agent(moment.agent)} may not decide {_sum(moment, names)}{kind} alone"


def _asks(moment: Moment, names: Names) -> str:
    what = f" for {_sum(moment, names)}" if moment.amount else ""
    return f"{names.agent(moment.agent)} asks {names.group(moment.detail)}{what}"


def _by(verb: str, *, amount: bool = False) -> Callable[[Moment, Names], str]:
    def words(moment: Moment, names: Names) -> str:
        who = names.agent(moment.agent) if moment.agent >= 0 else names.group(moment.detail)
        return f"{who} {verb} {_sum(moment, names)}" if amount else f"{who} {verb}"

    return words


def _plain(text: str) -> Callable[[Moment, Names], str]:
    return lambda _moment, _names: text


_WORDS: dict[What, Callable[[Moment, Names], str]] = {
    What.CALLS: _contact("{how}"),
    What.REDIALS: _contact("tries again, {how}"),
    What.REPEATS: _contact("comes back, {how}"),
    What.CALLED_BACK: _contact("is called back"),
    What.FOLLOWED_UP: _contact("gets the promised answer"),
    What.SELF_SERVED: _plain("settles it in the voice menu"),
    What.LEFT_MENU: _plain("hangs up in the voice menu"),
    What.BLOCKED: _plain("finds all lines engaged"),
    What.CLOSED: _plain("hears that the centre is closed"),
    What.TURNED_AWAY: _plain("is turned away unanswered"),
    What.UNREACHED: _plain("was called back and could not be reached"),
    What.WAITS: lambda m, n: f"waits for {n.group(m.detail)}",
    What.WAIT_ANNOUNCED: lambda m, _: f"is told a wait of {duration(m.amount)}",
    What.OFFERED_CALLBACK: _plain("is offered a callback"),
    What.TAKES_CALLBACK: _plain("takes the callback"),
    What.LEAVES_MESSAGE: _plain("meets nobody, and leaves a message"),
    What.ABANDONS: lambda m, _: f"gives up waiting{_waited(m)}",
    What.ANSWERED: lambda m, n: f"answered by {n.agent(m.agent)}{_waited(m)}",
    What.MAY_NOT_DECIDE: _may_not,
    What.CANNOT_SOLVE: _by("cannot solve it alone"),
    What.DEMANDS_BOSS: _plain("demands to speak to a supervisor"),
    What.PASSED_ON: _by("passes the customer on"),
    What.DECIDES_ALONE: _by("decides alone and gives", amount=True),
    What.ASKS: _asks,
    What.TURNS_TO_IT: lambda m, n: f"{n.agent(m.agent)} turns to it{_waited(m)}",
    What.HOLDS: _plain("is put on hold"),
    What.OFF_HOLD: lambda m, _: f"off hold after {duration(m.amount)}",
    What.APPROVED: _by("approves", amount=True),
    What.REFUSED: _by("refuses", amount=True),
    What.PASSED_UP: _by("may not decide it either, and passes it up"),
    What.NOBODY_DECIDED: lambda m, n: f"nobody of {n.group(m.detail)} decided it in time",
    What.TRANSFERRED: lambda m, n: (
        f"is transferred to {n.group(m.detail)}" if m.detail else "goes back to the queue"
    ),
    What.HANDED_OVER: _by("goes home and leaves it to a colleague"),
    What.PROMISED_CALL: lambda m, n: f"is promised a call by {n.when(m.amount, m.at)}",
    What.PROMISED_ANSWER: lambda m, n: f"is promised an answer by {n.when(m.amount, m.at)}",
    What.KEPT: lambda m, _: (
        f"the promise was kept {duration(m.amount)} late" if m.amount else "the promise was kept"
    ),
    What.CALLED_OFF: _plain("called before the promise was kept"),
    What.SETTLED: _by("settles it"),
    What.DECLINED: _plain("is told no"),
    What.UNSOLVED: _plain("hangs up with nothing solved"),
    What.HANGS_UP: _plain("loses patience on hold and hangs up"),
    What.CUT_OFF: _plain("is cut off"),
    What.WILL_TRY_AGAIN: lambda m, _: f"will try again in {duration(m.amount)}",
    What.RESOLVED: _plain("the case is resolved"),
    What.GIVES_UP: _plain("gives up: the case stays unresolved"),
    What.COMES: _by("comes to work"),
    What.GOES: _by("goes home"),
    What.PAUSES: lambda m, n: f"{n.agent(m.agent)}: {m.detail} begins",
    What.BACK: _by("is back"),
    What.MOVES: lambda m, n: f"{n.agent(m.agent)} now works for {n.group(m.detail)}",
    What.CHANGED: lambda m, _: m.detail,
}
