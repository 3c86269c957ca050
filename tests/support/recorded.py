"""What a simulated centre would export: the trace of a replication as call records."""

from typing import Any

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


TRUE: dict[str, float] = {
    "talk": 170.0,
    "patience": 150.0,
    "redial": 0.5,
    "back": 45.0,
    "per_day": 1500.0,
}


def true_centre(days: int = 5, **true: float) -> Scenario:
    """A centre of one reason and twelve agents, open from 8 to 20."""
    figures = {**TRUE, **true}
    away: dict[str, Any] = {
        "share": 0.65,
        "called_back": 1.0,
        "away_min": {"distribution": "exponential", "mean": 8},
        "back_after_s": {"distribution": "exponential", "mean": figures["back"]},
    }
    return Scenario.model_validate(
        {
            "horizon": {"days": days, "first_date": "2026-01-05"},
            "opening": {"hours": "08:00-20:00"},
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
                    "handling": {
                        "voice": {
                            "talk_s": {
                                "distribution": "lognormal",
                                "mean": figures["talk"],
                                "cv": 1.0,
                            }
                        }
                    },
                    "patience_s": {
                        "voice": {"distribution": "exponential", "mean": figures["patience"]}
                    },
                }
            },
            "groups": {"agents": {"heads": 8, "availability": away}},
        }
    )


def small_centre(days: int) -> Scenario:
    """Four agents and a call every two minutes, with redials off as in a backtest."""
    made = true_centre(days, per_day=420, redial=0.0, talk=300)
    groups = {"agents": made.groups["agents"].model_copy(update={"heads": 4})}
    return made.model_copy(update={"groups": groups})
