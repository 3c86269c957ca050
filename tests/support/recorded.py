"""What a simulated centre would export: the trace of a replication as call records."""

import numpy as np

from scenarios.records.contacts import Contacts, Outcome
from scenarios.records.report import DataReport
from scenarios.schema import Scenario
from sim import simulate
from sim.trace.codes import Outcome as Simulated

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
        customer=row["case"].astype(np.int32),
        priority=unknown,
        transferred=nothing,
        hold_s=unknown,
        wrap_up_s=unknown,
        reason_names=trace.reasons,
        queue_names=("all",),
        report=DataReport(("simulated",), "call records", "simulated", len(kept), len(kept)),
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
