"""A prediction made from a stored run: its policy simulated on the days to come."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from results.errors import ExperimentError, refuse_unwritable
from results.experiments.progress import Progress
from results.ledger.file import path_of, write_forecast
from results.ledger.forecast import (
    DEFAULT_REPLICATIONS,
    Forecast,
    chosen_policy,
    counts_of,
    forecast_bands,
)
from results.reading.names import title_of_policy
from results.runs.past import Run
from scenarios.fit.calls import Dates

MOST_DAYS = 366


def today() -> str:
    """The date on which a prediction is made."""
    return date.today().isoformat()  # noqa: DTZ011 - the day of the person who predicts


def days_of(first: date, last: date | None, usual: int) -> Dates:
    """The dates of a prediction.

    Args:
        first: of them.
        last: of them; None takes as many as the run has.
        usual: days of the run.

    Raises:
        ExperimentError: they end before they begin, or are more than a year.
    """
    last = first + timedelta(days=usual - 1) if last is None else last
    count = (last - first).days + 1
    if count < 1:
        raise ExperimentError(f"The days end on {last}, before they begin on {first}.")
    if count > MOST_DAYS:
        raise ExperimentError(f"{count} days are too many to predict: at most {MOST_DAYS}.")
    return np.datetime64(first.isoformat(), "D") + np.arange(count)


def predict(  # noqa: PLR0913 - the questions of a run, and which days
    run: Run,
    root: Path,
    first: date,
    last: date | None = None,
    *,
    policy: str | None = None,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int | None = None,
    workers: int | Executor | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> tuple[Forecast, Path]:
    """Predict what a policy of a run brings, and write it down.

    Args:
        run: that the decision rests on.
        root: where run folders are; the prediction lies beside them.
        first: of the days.
        last: of the days; None takes as many as the run has.
        policy: that was chosen; None is whichever it must be.
        replications: how many times the days are simulated.
        seed: of all random draws; None is that of the run.
        workers: as for a run.
        progress: called after each replication.

    Returns:
        The forecast and its file.

    Raises:
        ExperimentError: it cannot be asked, is there already, or cannot be written.
        ScenarioError: the scenario does not work on these days.
        KeyboardInterrupt: it was interrupted, and nothing is written.
    """
    experiment = run.experiment
    scenario = experiment.scenario
    try:
        chosen = chosen_policy(scenario, experiment.policies, policy)
    except ExperimentError as error:
        raise ExperimentError(f"{run.folder.name}: {error}") from error
    dates = days_of(first, last, scenario.horizon.days)
    seed = experiment.seed if seed is None else seed

    path = path_of(root, run.manifest.name, chosen, dates)
    refuse_unwritable(path.parent, "prediction")
    counts, ranges = counts_of(
        experiment.policy_set,
        chosen,
        dates,
        replications=replications,
        seed=seed,
        workers=workers,
        progress=progress,
    )
    stretch, day, days = forecast_bands(counts, dates)
    if not stretch:
        raise ExperimentError(
            f"Nobody calls from {dates[0]} to {dates[-1]}, so there is nothing to predict: choose "
            "days on which the centre is open."
        )
    made = Forecast(
        scenario=scenario.title,
        policy=chosen,
        policy_title=title_of_policy(scenario, chosen),
        digest=run.manifest.origin.scenario_hash,
        run=run.folder.name,
        made=today(),
        within_s=scenario.targets.answer_within_s,
        seed=seed,
        replications=replications,
        ranges=ranges,
        stretch=stretch,
        day=day,
        days=days,
    )
    write_forecast(path, made)
    return made, path
