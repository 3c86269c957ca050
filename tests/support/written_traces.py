"""Traces written by hand, row by row; what a test does not care about is filled in."""

from typing import Any

import numpy as np

from results.measures.registry import summarise
from scenarios.schema import Scenario
from sim.trace.codes import AgentState, Outcome
from sim.trace.table import Table
from sim.trace.trace import AgentTraits, Trace

NAN = float("nan")
DAY = 86_400.0

SCENARIO: dict[str, Any] = {
    "reasons": {
        "enquiry": {
            "volume": {"per_day": 100},
            "groups": ["front"],
            "handling": {"voice": {"talk_s": 60}},
        },
        "damaged": {
            "complaint": True,
            "volume": {"per_day": 100},
            "groups": ["front"],
            "handling": {"voice": {"talk_s": 60}},
            "remedy": {"kinds": {"refund": 1.0, "goodwill": 1.0}, "money": 50},
        },
    },
    "channels": {"email": {"response_target_h": 4}},
    "groups": {
        "front": {"heads": 1, "authority": "guided", "cost_per_hour": 20.0},
        "bosses": {
            "heads": 1,
            "tier": 2,
            "cost_per_hour": 40.0,
            "own_work": {"hours_per_day": 2.0},
        },
    },
    "authority": {"guided": {"limit": 25.0, "limits": {"goodwill": 10.0}}},
    "costs": {"telecom_per_min": 0.1},
}
"""A centre with an enquiry, a complaint, a front line and a boss."""

_ALIKE: dict[str, float] = {
    **dict.fromkeys(("queued", "answered", "told_s", "money", "done", "kept"), NAN),
    **dict.fromkeys(("group", "agent", "cause", "next_queue"), -1),
    "outcome": Outcome.ANSWERED,
}


def scenario(**sections: Any) -> Scenario:
    """The centre above with whole sections replaced."""
    return Scenario.model_validate({**SCENARIO, **sections})


def trace(horizon_s: float = DAY, warm_up_s: float = 0.0) -> Trace:
    """A trace without rows: a front-line agent (0) and a boss (1)."""
    return Trace(
        reasons=("enquiry", "damaged"),
        channels=("voice", "chat", "email", "text"),
        groups=("front", "bosses"),
        kinds=("refund", "goodwill"),
        agents=(AgentTraits(0, 1.0, 0.0), AgentTraits(1, 1.0, 0.0)),
        horizon_s=horizon_s,
        warm_up_s=warm_up_s,
    )


def values(made: Trace, kind: str = "all", name: str = "", **sections: Any) -> dict[str, float]:
    """Every measure of a trace, for the whole centre or a part of it."""
    return summarise(scenario(**sections), made).values[(kind, name)]


def row(table: Table, **given: float) -> None:
    """Add a row; columns that are not given are zero, or what stands for nothing."""
    unknown = given.keys() - table.columns.keys()
    assert not unknown, f"there is no column {sorted(unknown)}"
    cells = {**_ALIKE, **given}
    table.write(**{column: kind(cells.get(column, 0)) for column, kind in table.columns.items()})


def answered(
    made: Trace, contact: int, arrival: float, wait: float, talk_s: float, **given: float
) -> None:
    """Add a contact that the front-line agent answers, with its one leg."""
    times = {
        "queued": arrival,
        "answered": arrival + wait,
        "ended": arrival + wait + talk_s,
        "talk_s": talk_s,
    }
    group = {"group": 0, "agent": 0}
    contact_row = {"contact": contact, "case": contact, "arrival": arrival, "legs": 1}
    of_contact = {key: value for key, value in given.items() if key != "retold"}
    row(made.contacts, **{**contact_row, **times, **group, "ending": 1, **of_contact})
    leg = {key: value for key, value in given.items() if key in made.legs.columns}
    row(made.legs, **{"contact": contact, "case": contact, **times, **group, "ending": 1, **leg})


def abandoned(made: Trace, contact: int, arrival: float, wait: float, **given: float) -> None:
    """Add a contact whose customer leaves the queue."""
    times = {"arrival": arrival, "queued": arrival, "ended": arrival + wait}
    base = {"contact": contact, "case": contact, "outcome": Outcome.ABANDONED}
    row(made.contacts, **{**base, **times, **given})


def span(made: Trace, agent: int, state: AgentState, start: float, end: float) -> None:
    """Add a span of agent time."""
    row(made.spans, agent=agent, state=state, start=start, end=end)


def random_trace(contacts: int, seed: int, days: int = 7) -> Trace:
    """A trace of a size, with every code somewhere; it keeps the balances, not the story."""
    made = trace(horizon_s=days * DAY)
    draws = np.random.default_rng(seed)
    arrival = np.sort(draws.uniform(0.0, days * DAY, contacts))
    outcome = draws.choice(10, contacts, p=[0.8, 0.08, *[0.12 / 8] * 8])
    for contact in range(contacts):
        codes: dict[str, float] = {
            "case": contact // 2,
            "attempt": contact % 2,
            "kind": int(draws.integers(3)) if outcome[contact] != Outcome.UNREACHED else 3,
            "reason": contact // 2 % 2,
            "channel": int(draws.integers(4)),
        }
        wait, talk_s = draws.exponential(20.0), draws.exponential(200.0)
        if outcome[contact] == Outcome.ANSWERED:
            fates = {"ending": int(draws.integers(1, 9)), "help": int(draws.integers(5))}
            parts = {"hold_s": draws.exponential(9.0), "wrap_up_s": draws.exponential(30.0)}
            answered(made, contact, arrival[contact], wait, talk_s, **codes, **fates, **parts)
        else:
            fate = {"outcome": outcome[contact]}
            abandoned(made, contact, arrival[contact], wait, **codes, **fate)
    for case in range((contacts + 1) // 2):
        began = {"began": arrival[2 * case], "ended": arrival[2 * case] + 600.0, "attempts": 2}
        state = int(draws.integers(4))
        row(made.cases, case=case, reason=case % 2, state=state, **began)
    return made
