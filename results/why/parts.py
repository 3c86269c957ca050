"""The accounts that a difference is split in, and what each of their parts is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from results.facts.came import CAME
from results.facts.endings import ENDINGS
from results.facts.hours import WORK

AccountName = Literal["agents", "supervisors", "contacts", "cases", "money"]

ACCOUNTS: Mapping[AccountName, str] = MappingProxyType(
    {
        "agents": "Hours {per}: agents",
        "supervisors": "Hours {per}: supervisors, experts",
        "contacts": "Contacts {per}",
        "cases": "Cases {per}, by how they end",
        "money": "Money {per}",
    }
)
"""What is split, with titles, in the order of reports. Agents are the groups of tier 1, supervisors
and experts those of all higher tiers."""

UNITS: Mapping[AccountName, str] = MappingProxyType(
    {
        "agents": "hours",
        "supervisors": "hours",
        "contacts": "count",
        "cases": "count",
        "money": "money",
    }
)
"""The unit of each account."""


@dataclass(frozen=True)
class Part:
    """A part of an account: its title, and how less and more of it is said."""

    title: str
    less: str
    """With the size in ``{}`` and a week or a day in ``{per}``."""
    more: str
    one_less: str = ""
    """The same of a single one; empty where the size is no count."""
    one_more: str = ""

    def said(self, size: str, per: str, *, less: bool) -> str:
        """The part in words.

        Args:
            size: how much it is, as it is written.
            per: a week or a day, as it is written after the noun.
            less: whether it is less than before.
        """
        one = (self.one_less if less else self.one_more) if size == "1" else ""
        return (one or (self.less if less else self.more)).format(size, per=per)


def _hours(name: str, noun: str) -> Part:
    return Part(WORK[name], f"{{}}{{per}} less {noun}", f"{{}}{{per}} more {noun}")


def _made(name: str, one: str, many: str) -> Part:
    """Contacts that customers make."""
    return Part(
        CAME[name],
        f"{{}} {many}{{per}} do not come",
        f"{{}} more {many}{{per}} come",
        f"{{}} {one}{{per}} does not come",
        f"{{}} more {one}{{per}} comes",
    )


def _owed(name: str, one: str, many: str) -> Part:
    """Contacts that the centre makes."""
    return Part(
        CAME[name],
        f"{{}} fewer {many}{{per}}",
        f"{{}} more {many}{{per}}",
        f"{{}} {one} fewer{{per}}",
        f"{{}} more {one}{{per}}",
    )


def _ends(name: str, ending: str) -> Part:
    title = ending[:1].upper() + ending[1:]
    verb = "lost on hold or in a transfer" if name == "hung_up" else ending
    return Part(
        title,
        f"{{}} fewer cases{{per}} are {verb}",
        f"{{}} more cases{{per}} are {verb}",
        f"{{}} case fewer{{per}} is {verb}",
        f"{{}} more case{{per}} is {verb}",
    )


def _money(title: str, noun: str) -> Part:
    return Part(title, f"{{}}{{per}} less {noun}", f"{{}}{{per}} more {noun}")


_HOURS = {
    "talk_first": _hours("talk_first", "talk in first contacts"),
    "talk_repeat": _hours("talk_repeat", "talk with customers who come again"),
    "talk_owed": _hours("talk_owed", "talk in callbacks and follow-ups"),
    "retelling": _hours("retelling", "retelling"),
    "hold_approval": _hours("hold_approval", "on hold for approvals"),
    "hold_other": _hours("hold_other", "on hold for colleagues and transfers"),
    "wrap_up": _hours("wrap_up", "wrap-up"),
    "helping": _hours("helping", "helping colleagues"),
    "deciding": _hours("deciding", "deciding for others"),
    "outbound": _hours("outbound", "in outbound calls"),
    "own_work": _hours("own_work", "coaching and own work"),
    "idle": _hours("idle", "idle"),
    "breaks": _hours("breaks", "in breaks and meetings"),
    "training": _hours("training", "in training"),
    "absent": _hours("absent", "absent"),
}

SERVICE: Mapping[str, Part] = MappingProxyType(
    {
        "staff_cost": _money("Staff, training left out", "for staff"),
        "training_cost": _money("Training", "for training"),
        "hiring_cost": _money("Hiring", "for hiring"),
        "fix_cost": _money("Fixing root causes", "for fixing root causes"),
        "telecom_cost": _money("Telecom", "for telecom"),
        "overtime_cost": _money("Overtime premium", "in overtime premiums"),
        "waiting_cost": _money("Priced waits and losses", "in priced waits and losses"),
        "give_away": _money("Given beyond need", "given beyond need"),
    }
)
"""What service costs, by the measure that counts it."""

OWED: Mapping[str, Part] = MappingProxyType(
    {
        "remedy_owed_paid": _money("Owed to customers, paid", "owed and paid"),
        "remedies_withheld": _money("Owed, withheld", "owed and withheld"),
        "remedies_open": _money("Owed, still open", "owed and still open"),
        "revenue_at_risk": _money("Revenue at risk", "revenue at risk"),
    }
)
"""What customers are owed and take with them; counted where it is said who stays a customer."""

PARTS: Mapping[AccountName, Mapping[str, Part]] = MappingProxyType(
    {
        "agents": _HOURS,
        "supervisors": _HOURS,
        "contacts": {
            "first": _made("first", "first contact", "first contacts"),
            "repeat": _made("repeat", "repeat", "repeats"),
            "repeat_promise": _made(
                "repeat_promise", "call after a broken promise", "calls after a broken promise"
            ),
            "redial_abandoned": _made(
                "redial_abandoned", "redial after hanging up", "redials after hanging up"
            ),
            "redial_blocked": _made(
                "redial_blocked", "redial after busy lines", "redials after busy lines"
            ),
            "redial_closed": _made(
                "redial_closed", "redial after closed doors", "redials after closed doors"
            ),
            "redial_turned_away": _made(
                "redial_turned_away",
                "redial after being sent away",
                "redials after being sent away",
            ),
            "unreached": _made(
                "unreached",
                "customer whom a callback had missed",
                "customers whom a callback had missed",
            ),
            "callback": _owed("callback", "callback", "callbacks"),
            "follow_up": _owed("follow_up", "promised follow-up", "promised follow-ups"),
        },
        "cases": {name: _ends(name, ending) for name, ending in ENDINGS.items()},
        "money": {**SERVICE, **OWED},
    }
)
"""The parts of each account, which add up to all of it."""
