"""Compute the figures of the scenario `bank-1999` from its call log, and print them as TOML.

The log is January 1999 of the "Anonymous Bank" call centre (source: Technion, A. Mandelbaum and
S. Guedj), the data behind Brown et al., "Statistical Analysis of a Telephone Call Center", JASA 100
(2005). It is free for use with acknowledgement; the log itself is not shipped.

    python examples/bank_1999_figures.py anonymous_bank_1999_01.csv.gz > figures.toml

`bank_1999_log.sql` next to this file says how a row is read, `bank_1999_figures.sql` holds what is
plain counting, and this file what takes statistics: busyness, patience, redials, and the time
agents are not ready after a call.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray
from scipy.special import gamma
from scipy.stats import CensoredData, ecdf, norm, weibull_min

Figures = dict[str, Any]
Column = NDArray[Any]

SURVIVAL_S = (30, 60, 120, 300, 600)
REDIAL_WITHIN_MIN = (5, 15, 60, 240, 1440)
UNREADY_S = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1799)
AT_ONCE_S = 15
"""Agents ready within this time have not been away."""
SPELL_GAP_S = 1800
"""An agent without a call for longer than this is off duty, as in ``bank_1999_log.sql``."""
QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)


def main() -> None:
    """Print every figure of the log named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("log", type=Path, help="the call log of January 1999, a CSV (or CSV.GZ)")
    path = parser.parse_args().log
    if not path.is_file():
        parser.error(f"{path}: no such file; give the path of the call log")
    try:
        log = read(path)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        parser.error(f"{path} does not read as the call log of January 1999: {reason}")
    figures = counted(log) | {
        "busyness": busyness(log),
        "patience": patience(log),
        "redial": redial(log),
        "unready": unready(log),
    }
    print("\n".join(toml(figures)).lstrip())


def read(path: Path) -> duckdb.DuckDBPyConnection:
    """Open the call log at ``path`` as the tables and views of the two SQL files."""
    log = duckdb.connect()
    log.execute("set variable path = $path", {"path": str(path)})
    for part in ("log", "figures"):
        log.execute(Path(__file__).with_name(f"bank_1999_{part}.sql").read_text("utf-8"))
    return log


def counted(log: duckdb.DuckDBPyConnection) -> Figures:
    """Every view of the schema ``figures``; text in a view's first columns names its tables."""
    views = log.execute(
        "select view_name from duckdb_views() where schema_name = 'figures' order by view_oid"
    ).fetchall()
    return {name: _tables(log.view(f"figures.{name}")) for (name,) in views}


def _tables(view: duckdb.DuckDBPyRelation) -> Figures:
    tables: Figures = {}
    for row in view.fetchall():
        values = dict(zip(view.columns, row, strict=True))
        table = tables
        for name in view.columns:
            if not isinstance(values[name], str) or len(values) == 1:
                break
            table = table.setdefault(values.pop(name), {})
        table |= {name: value for name, value in values.items() if value is not None}
    return tables


def busyness(log: duckdb.DuckDBPyConnection) -> Figures:
    """Variation of ordinary days beyond Poisson and weekday: var = mean + cv^2 mean^2.

    The level of a day is its weekday's (``cv``), or that and a straight line over the month
    (``cv_without_drift``). ``shared_cv`` is the part in common with regular callers.
    """
    days = log.execute(
        "pivot (from open_call where day = 'ordinary') on reason using count(*) "
        "group by date, weekday order by date"
    ).fetchnumpy()
    weekdays = np.asarray(days.pop("weekday"), str)
    date = np.asarray(days.pop("date"), "datetime64[D]").astype(float)
    counts = {reason: np.asarray(count, float) for reason, count in days.items()}
    counts = {"all": np.sum(list(counts.values()), axis=0), **counts}
    level = (weekdays[:, None] == np.unique(weekdays)).astype(float)
    line = np.column_stack([level, date - date.mean()])
    figures: Figures = {}
    for reason in ("all", "regular", "prospect", "stock"):
        count = counts[reason]
        figures[reason] = {
            "mean": float(count.mean()),
            "cv": _shared_cv(level, count, count),
            "cv_without_drift": _shared_cv(line, count, count),
        }
    for reason in ("prospect", "stock"):
        pair = counts["regular"], counts[reason]
        figures[reason]["shared_cv"] = _shared_cv(level, *pair)
        figures[reason]["shared_cv_without_drift"] = _shared_cv(line, *pair)
    return figures


def _shared_cv(design: Column, one: Column, other: Column) -> float:
    """Root of the covariance of two series relative to their fitted levels, Poisson taken out."""
    residuals = []
    for count in (one, other):
        fit = np.linalg.lstsq(design, np.log(count), rcond=None)[0]
        residuals.append(count / np.exp(design @ fit) - 1.0)
    covariance = float(residuals[0] @ residuals[1]) / (len(one) - design.shape[1])
    poisson = float(np.mean(1.0 / one)) if one is other else 0.0
    return float(np.sqrt(max(0.0, covariance - poisson)))


def patience(log: duckdb.DuckDBPyConnection) -> Figures:
    """Patience of those who queued: answered callers are censored at their wait.

    Weibull by maximum likelihood, survival by Kaplan and Meier. A wait of 0 s (shown to the full
    second) counts as half a second. Groups: each reason, and each reason by priority.
    """
    queued = log.execute(
        "select reason, priority, greatest(wait_s, 0.5) as wait_s, abandoned from asking "
        "where queued"
    ).fetchnumpy()
    reason, priority = (np.asarray(queued[name], str) for name in ("reason", "priority"))
    groups = {"all": reason != "", **{name: reason == name for name in np.unique(reason)}}
    groups |= {f"all_{name}": priority == name for name in ("high", "normal")}
    for name in ("regular", "stock"):
        groups |= {f"{name}_{p}": (reason == name) & (priority == p) for p in ("high", "normal")}
    wait, left = np.asarray(queued["wait_s"], float), np.asarray(queued["abandoned"], bool)
    return {name: _patience(wait[group], left[group]) for name, group in groups.items()}


def _patience(wait: Column, left: Column) -> Figures:
    sample = CensoredData(uncensored=wait[left], right=wait[~left])
    shape, _, scale = weibull_min.fit(sample, floc=0)
    survival = ecdf(sample).sf.evaluate(np.array(SURVIVAL_S))
    return {
        "queued": len(wait),
        "abandoned": int(left.sum()),
        "weibull_shape": float(shape),
        "weibull_scale_s": float(scale),
        "weibull_mean_s": float(scale * gamma(1.0 + 1.0 / shape)),
        "exponential_mean_s": float(wait.sum() / left.sum()),
        "survival": {f"after_{s}_s": float(p) for s, p in zip(SURVIVAL_S, survival, strict=True)},
        "left_within_1_s": float(np.mean(left & (wait <= 1.0))),
    }


def redial(log: duckdb.DuckDBPyConnection) -> Figures:
    """How many abandoning callers call again, how soon, beyond the calls they would make anyway.

    Callers who were answered show what would come anyway: 1 - S_abandoned(t) / S_answered(t) is the
    share that redials. A redial answered immediately is not seen, so ``of_all`` divides by the
    share of calls that queued in the half-hours of the redials.
    """
    calls = log.execute(
        "select greatest(delay_s, 1) as delay_s, seen, abandoned from next_call"
    ).fetchnumpy()
    delay, seen = np.asarray(calls["delay_s"], float), np.asarray(calls["seen"], bool)
    abandoned = np.asarray(calls["abandoned"], bool)
    after_abandoning = _stay_away(delay[abandoned], seen[abandoned])
    after_answer = _stay_away(delay[~abandoned], seen[~abandoned])
    within_s = 60.0 * np.array(REDIAL_WITHIN_MIN)
    beyond = 1.0 - after_abandoning.evaluate(within_s) / after_answer.evaluate(within_s)
    visible = _share_visible(log)
    return {
        "abandoned": int(abandoned.sum()),
        "answered": int((~abandoned).sum()),
        "within_min": list(REDIAL_WITHIN_MIN),
        "call_again_after_abandoning": 1.0 - after_abandoning.evaluate(within_s),
        "call_again_after_answer": 1.0 - after_answer.evaluate(within_s),
        "redial": beyond,
        "share_visible": visible,
        "redial_of_all": beyond / visible,
        "delay_min": _redial_delay(after_abandoning, after_answer),
    }


def _stay_away(delay: Column, seen: Column) -> Any:
    """Share of callers who have not called again, as a function of the delay in seconds."""
    return ecdf(CensoredData(uncensored=delay[seen], right=delay[~seen])).sf


def _share_visible(log: duckdb.DuckDBPyConnection) -> float:
    """Share of redials within the hour that queue, and so carry the caller's number.

    Each redial seen stands for 1 / (share queued in its half-hour) redials.
    """
    row = log.execute(
        "select count(*) / sum(1 / queued) from next_call "
        "join share_queued using (next_date, next_slot) "
        "where abandoned and seen and delay_s < 3600"
    ).fetchone()
    return float(row[0]) if row else float("nan")


def _redial_delay(after_abandoning: Any, after_answer: Any) -> Figures:
    """Quantiles of the delay among those who redial within a day, and the lognormal through them.

    The lognormal meets the median and the quartiles.
    """
    minutes = np.arange(1, REDIAL_WITHIN_MIN[-1] * 6 + 1) / 6.0
    beyond = 1.0 - after_abandoning.evaluate(60.0 * minutes) / after_answer.evaluate(60.0 * minutes)
    reached = np.maximum.accumulate(beyond)
    q = {p: float(minutes[np.searchsorted(reached, p * reached[-1])]) for p in QUANTILES}
    return {
        "quantiles": list(q.values()),
        "lognormal_median": q[0.5],
        "lognormal_sigma": float(np.log(q[0.75] / q[0.25]) / (norm.ppf(0.75) - norm.ppf(0.25))),
    }


def unready(log: duckdb.DuckDBPyConnection) -> Figures:
    """Time from the end of a call until the agent is ready again, while callers wait.

    Kaplan and Meier, censored when nobody waits any more; the mean is cut at half an hour, the gap
    that ends a spell of duty. ``wrap_up`` is a distribution with that mean: most agents take the
    next call immediately (a point mass), the others are away for a lognormal time.
    """
    gaps = log.execute("select unready_s, seen from unready").fetchnumpy()
    time, seen = np.asarray(gaps["unready_s"], float), np.asarray(gaps["seen"], bool)
    survival = ecdf(CensoredData(uncensored=time[seen], right=time[~seen])).sf
    away = survival.evaluate(np.arange(SPELL_GAP_S))
    mean, at_once = float(away.sum()), float(1.0 - away[AT_ONCE_S])
    point = float(np.argmax(away <= 1.0 - at_once / 2.0))
    median = float(np.argmax(away <= (1.0 - at_once) / 2.0))
    mean_away = (mean - at_once * point) / (1.0 - at_once)
    return {
        "calls": len(time),
        "mean_s": mean,
        "survival": {f"after_{s}_s": float(away[s]) for s in UNREADY_S},
        "wrap_up": {
            "point_share": at_once,
            "point_at_s": point,
            "lognormal_median_s": median,
            "lognormal_sigma": float(np.sqrt(2.0 * np.log(mean_away / median))),
        },
    }


def toml(figures: Figures, path: str = "") -> Iterator[str]:
    """Lines of TOML, a table per nested dictionary; numbers with four digits."""
    plain = {key: value for key, value in figures.items() if not isinstance(value, dict)}
    if plain and path:
        yield f"\n[{path}]"
    for key, value in plain.items():
        yield f"{key} = {_value(value)}"
    for key, value in figures.items():
        if isinstance(value, dict):
            name = key if key.replace("_", "").isalnum() else f'"{key}"'
            yield from toml(value, f"{path}.{name}" if path else name)


def _value(value: Any) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list | tuple | np.ndarray):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, int):
        return str(value)
    return str(float(f"{value:.4g}"))


if __name__ == "__main__":
    main()
