"""Run folders with canned answers, for tests of what is done with past runs."""

from pathlib import Path

from results.comparison.compare import compare
from results.experiments.experiment import Experiment, run
from results.runs.store import begin, finish
from tests.support.known_answers import CANNED, SCENARIO, TOML


def stored(
    root: Path, *, seed: int = 1, keep_traces: bool = False, name: str = "retail"
) -> tuple[Path, Experiment]:
    """A finished run of two replications in a folder under the root."""
    folder = begin(root, name, SCENARIO, TOML, seed, f"firstline compare {name}")
    experiment = run(
        SCENARIO,
        replications=2,
        seed=seed,
        workers=1,
        engine=CANNED,
        folder=folder if keep_traces else None,
        keep_traces=keep_traces,
    )
    return finish(folder, experiment, compare(experiment)), experiment
