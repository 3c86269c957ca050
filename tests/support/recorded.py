"""What a simulated centre would export: the trace of a replication as call records."""

from typing import Any

import numpy as np

from results.facts.agent_time import AgentTime
from scenarios.records.contacts import Contacts, Outcome
from scenarios.records.intervals import Intervals
from scenarios.records.report import DataReport
from scenarios.records.tickets import Tickets
from scenarios.schema import Scenario
from sim import simulate
from sim.trace.codes import AgentState
from sim.trace.codes import Outcome as Simulated
from sim.trace.trace import Trace

FIRST = np.datetime64("2026-01-05", "ms")
"""A Monday."""
NEVER = np.datetime64("NaT", "ms")


def recorded(scenario: Scenario, seed: int = 1) -> Contacts:
    """Call records of one replication, times in whole seconds as a telephone system writes them."""
    trace = simulate(scenario, seed, 0)
    rows = trace.contacts.as_dict()
    asked, answered, left = (~np.isnan(rows[name]) for name in ("queued", "answered", "ended"))
    over = answered | (left & (rows["outcome"] == Simulated.ABANDONED))
    kept = np.flatnonzero(asked & over)
    kept = kept[np.argsort(rows["queued"][kept], kind="stable")]
    row = {name: column[kept] for name, column in rows.items()}
    was_answered = ~np.isnan(row["answered"])
    leaves = np.where(was_answered, row["answered"], row["ended"])
    outcome = np.where(was_answered, Outcome.ANSWERED, Outcome.ABANDONED)
    nothing, unknown = np.zeros(len(kept), bool), np.full(len(kept), np.nan)
    return Contacts(
        arrived=_moments(row["queued"]),
        queued=_moments(row["queued"]),
        left_queue=_moments(leaves),
        answered=np.where(was_answered, _moments(leaves), NEVER),
        ended=np.where(was_answered, _moments(leaves + row["talk_s"]), NEVER),
        outcome=outcome.astype(np.int32),
        agent=np.where(was_answered, row["agent"], -1).astype(np.int32),
        reason=row["reason"].astype(np.int32),
        queue=np.zeros(len(kept), np.int32),
        customer=_customers(trace)[row["case"]],
        priority=unknown,
        transferred=nothing,
        hold_s=unknown,
        wrap_up_s=unknown,
        reason_names=trace.reasons,
        queue_names=("all",),
        report=DataReport(("simulated",), "call records", "simulated", len(kept), len(kept)),
    )


def _customers(trace: Trace) -> np.ndarray:
    """The customer of each case, who is known by the number of the first one."""
    found = trace.business.as_dict()
    who = np.arange(int(trace.contacts["case"].max()) + 1, dtype=np.int32)
    for case, after in zip(found["case"].tolist(), found["after"].tolist(), strict=True):
        who[case] = who[after]
    return who


def ticketed(scenario: Scenario, seed: int = 1) -> Tickets:
    """A ticket log of one replication: each case in the state of its last record."""
    trace = simulate(scenario, seed, 0)
    contacts, legs = trace.contacts.as_dict(), trace.legs.as_dict()
    order = np.argsort(contacts["arrival"], kind="stable")
    case, first = np.unique(contacts["case"][order], return_index=True)
    opened = contacts["arrival"][order][first]
    count = len(case)
    tries = np.bincount(contacts["case"], minlength=count)
    # Handed on until it was solved for the first time: as logs that count up to the solution.
    first_tries = contacts["contact"][order][first]
    of_first = np.isin(legs["contact"], first_tries)
    agents = np.bincount(legs["case"][of_first], minlength=count)
    ended = np.zeros(count)
    group = np.full(count, -1, np.int32)
    for row in np.argsort(legs["ended"], kind="stable"):
        if of_first[row]:
            group[legs["case"][row]] = legs["group"][row]
            ended[legs["case"][row]] = legs["ended"][row]
    unknown = np.full(count, -1, np.int32)
    return Tickets(
        opened=_moments(opened),
        assigned=_moments(opened),
        first_reply=_moments(opened),
        solved=np.where(group >= 0, _moments(ended), NEVER),
        reopened=(tries - 1).astype(float),
        reassigned=np.maximum(agents - 1, 0).astype(float),
        group=group,
        reason=contacts["reason"][order][first].astype(np.int32),
        status=np.zeros(count, np.int32),
        agent=unknown,
        customer=unknown,
        priority=np.full(count, np.nan),
        channel=np.zeros(count, np.int32),
        group_names=trace.groups,
        reason_names=trace.reasons,
        status_names=("solved",),
        channel_names=("mail",),
        report=DataReport(("simulated",), "ticket logs", "simulated", count, count),
    )


def reported(scenario: Scenario, seed: int = 1) -> Intervals:
    """Interval reports of one replication, by half hour, as a telephone system writes them.

    Half hours in which nobody was on duty are left out; agents are known, times away as well.
    """
    trace = simulate(scenario, seed, 0)
    rows = trace.contacts.as_dict()
    answered = ~np.isnan(rows["answered"])
    left = (rows["outcome"] == Simulated.ABANDONED) & ~answered & ~np.isnan(rows["queued"])
    count = scenario.horizon.days * 48
    ends = 1800.0 * np.arange(1, count + 1)
    paid, away = (
        AgentTime.of(scenario, trace)
        .by_interval([[s for s in AgentState if s is not AgentState.AWAY], [AgentState.AWAY]], ends)
        .sum(axis=1)[:, :count]
    )
    slot = np.nan_to_num(rows["queued"] // 1800).astype(int).clip(0, count - 1)

    def total(who: np.ndarray, values: np.ndarray | None = None) -> np.ndarray:
        column = None if values is None else values[who]
        return np.bincount(slot[who], column, minlength=count).astype(float)

    served, gone = total(answered), total(left)
    with np.errstate(invalid="ignore"):
        asa = total(answered, rows["answered"] - rows["queued"]) / served
        wait_left = total(left, rows["ended"] - rows["queued"]) / gone
        aht = total(answered, rows["talk_s"]) / served
    kept = np.flatnonzero(paid + away > 0)
    unknown = np.full(len(kept), np.nan)
    return Intervals(
        start=FIRST + kept * np.timedelta64(1800, "s"),
        length_s=np.full(len(kept), 1800.0),
        queue=np.zeros(len(kept), np.int32),
        offered=(served + gone)[kept],
        answered=served[kept],
        abandoned=gone[kept],
        service_level=unknown,
        service_level_s=unknown,
        asa_s=asa[kept],
        abandon_wait_s=wait_left[kept],
        aht_s=aht[kept],
        talk_s=unknown,
        hold_s=unknown,
        wrap_up_s=unknown,
        staffed=(paid + away)[kept] / 1800,
        available=unknown,
        away=away[kept] / 1800,
        occupancy=unknown,
        required=unknown,
        forecast=unknown,
        forecast_aht_s=unknown,
        within=np.zeros((len(kept), 0)),
        within_s=(),
        queue_names=("service",),
        report=DataReport(("simulated",), "interval reports", "simulated", len(kept), len(kept)),
    )


def _moments(seconds: np.ndarray) -> np.ndarray:
    whole = np.round(np.nan_to_num(seconds)).astype(np.int64)
    return FIRST + whole * np.timedelta64(1000, "ms")


def written_calls(
    *rows: tuple[float, float, float | None, int], reason: int = 0, day: int = 0
) -> Contacts:
    """Records by hand: second it asked, seconds waited, seconds of talk (None: hung up), agent."""
    table = sorted(rows)
    asked = np.array([row[0] for row in table], float) + day * 86_400
    wait = np.array([row[1] for row in table], float)
    talk = np.array([np.nan if row[2] is None else row[2] for row in table], float)
    was_answered = ~np.isnan(talk)
    count = len(table)
    unknown = np.full(count, np.nan)
    return Contacts(
        arrived=_moments(asked),
        queued=_moments(asked),
        left_queue=_moments(asked + wait),
        answered=np.where(was_answered, _moments(asked + wait), NEVER),
        ended=np.where(was_answered, _moments(asked + wait + talk), NEVER),
        outcome=np.where(was_answered, Outcome.ANSWERED, Outcome.ABANDONED).astype(np.int32),
        agent=np.array([row[3] for row in table], np.int32),
        reason=np.full(count, reason, np.int32),
        queue=np.zeros(count, np.int32),
        customer=np.full(count, -1, np.int32),
        priority=unknown,
        transferred=np.zeros(count, bool),
        hold_s=unknown,
        wrap_up_s=unknown,
        reason_names=("service", "sales"),
        queue_names=("all",),
        report=DataReport(("by hand",), "call records", "by hand", count, count),
    )


def as_csv(records: Contacts) -> str:
    """Call records as a plain export."""
    lines = ["Arrived,Queued,Answered,Ended,Outcome,Agent,Queue"]
    for place in range(len(records)):
        times = (records.arrived, records.queued, records.answered, records.ended)
        cells = ["" if np.isnat(t[place]) else _text(t[place]) for t in times]
        hung_up = records.outcome[place] == Outcome.ABANDONED
        if hung_up:
            cells[3] = _text(records.left_queue[place])
        agent = "" if hung_up else f"A{records.agent[place]:02}"
        lines.append(",".join([*cells, "abandoned" if hung_up else "answered", agent, "service"]))
    return "\n".join(lines) + "\n"


def _text(moment: np.datetime64) -> str:
    return str(moment.astype("datetime64[s]")).replace("T", " ")


TRUE: dict[str, float] = {
    "talk": 170.0,
    "patience": 150.0,
    "redial": 0.5,
    "back": 45.0,
    "per_day": 1500.0,
    "heads": 8,
    "there": 0.65,
    "called_back": 1.0,
    "away_min": 8.0,
    "cv": 1.0,
    "days_differ": 0.0,
    "half_hours_differ": 0.0,
}


def true_centre(days: int = 5, **true: float) -> Scenario:
    """A centre of one reason and eight agents, open from 8 to 20."""
    figures = {**TRUE, **true}
    away: dict[str, Any] = {
        "share": figures["there"],
        "called_back": figures["called_back"],
        "away_min": {"distribution": "exponential", "mean": figures["away_min"]},
        "back_after_s": {"distribution": "exponential", "mean": figures["back"]},
    }
    talk = {"distribution": "lognormal", "mean": figures["talk"], "cv": figures["cv"]}
    patience = {"distribution": "exponential", "mean": figures["patience"]}
    return Scenario.model_validate(
        {
            "horizon": {"days": days, "first_date": "2026-01-05"},
            "opening": {"hours": "08:00-20:00"},
            "busyness_cv": figures["days_differ"],
            "busyness_by_half_hour_cv": figures["half_hours_differ"],
            "redial": {
                "after_abandoning": figures["redial"],
                # Kept, the impatient would be among the calls again and again.
                "patience_kept": False,
                "delay_min": {"distribution": "exponential", "mean": 8},
            },
            "reasons": {
                "service": {
                    "volume": {"per_day": figures["per_day"]},
                    "groups": ["agents"],
                    "handling": {"voice": {"talk_s": talk}},
                    "patience_s": {"voice": patience},
                }
            },
            "groups": {"agents": {"heads": int(figures["heads"]), "availability": away}},
        }
    )


def small_centre(days: int) -> Scenario:
    """Four agents and a call every two minutes, with redials off as in a backtest."""
    return true_centre(days, per_day=420, redial=0.0, talk=300, heads=4)
