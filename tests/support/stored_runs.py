"""Run folders with canned answers, for tests of what is done with past runs."""

import atexit
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from results.comparison.compare import compare
from results.experiments.experiment import Experiment, run
from results.runs import running
from results.runs.manifest import MANIFEST, read_manifest, write_manifest
from results.runs.store import begin, finish, give_name
from tests.support.known_answers import CANNED, SCENARIO, TOML


def stored(
    root: Path, *, seed: int = 1, keep_traces: bool = False, name: str = "retail"
) -> tuple[Path, Experiment]:
    """A finished run of two replications in a folder under the root."""
    folder = begin(root, name, SCENARIO, TOML, seed, f"firstline compare {name}")
    finished, experiment = _finished(seed, name, keep_traces=keep_traces)
    began = read_manifest(folder).started
    shutil.copytree(finished, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(MANIFEST))
    write_manifest(folder, replace(read_manifest(finished), started=began))
    return give_name(folder), experiment


@cache
def _finished(seed: int, name: str, *, keep_traces: bool) -> tuple[Path, Experiment]:
    """Such a run in a folder of its own: written once, and copied by whoever needs it."""
    root = Path(mkdtemp(prefix="stored-runs-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
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


def killed(root: Path, finished: int = 2, precision: str = "") -> Path:
    """A run of five replications that ended after some of them, its tables never written."""
    policies = (SCENARIO.baseline, *SCENARIO.policies)
    asked = ("firstline compare", policies, 5)
    folder = begin(root, "shop", SCENARIO, TOML, 7, *asked, precision=precision)
    run(SCENARIO, replications=finished, seed=7, workers=1, engine=CANNED, folder=folder)
    running.release(folder)
    return folder
