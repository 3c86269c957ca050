"""A run that was stopped or killed, opened to be looked at and continued."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from results.errors import ExperimentError
from results.experiments.experiment import DEFAULT_REPLICATIONS, Experiment
from results.measures.summary import Key, Summary
from results.runs import running
from results.runs.finished_replications import ReplicationStore, begun_earlier, numbers_in
from results.runs.manifest import UNFINISHED, Manifest, read_manifest
from results.runs.names import SCENARIO
from results.runs.origin import Origin
from scenarios.load import load


@dataclass(frozen=True)
class UnfinishedRun:
    """What was asked in an unfinished run folder, and what of it is there."""

    folder: Path
    manifest: Manifest
    experiment: Experiment
    """Its policies with the replications that are finished; complete it is not."""

    @property
    def notes(self) -> list[str]:
        """What a reader must know of it, a sentence each."""
        return list(self.experiment.damaged)


def is_unfinished(folder: Path) -> bool:
    """Whether a run folder is one that can still be continued, by its name."""
    return folder.suffix == UNFINISHED


def open_unfinished(folder: Path) -> UnfinishedRun:
    """Open an unfinished run: what was asked in it, and every replication that it keeps.

    Args:
        folder: of the run.

    Raises:
        ExperimentError: it is finished, it is no run, this version cannot continue it, its
            scenario was edited since it was begun, or another process is at work in it.
        ScenarioError: its scenario cannot be read.
    """
    manifest = read_manifest(folder)
    _refuse(folder, manifest)
    scenario, seed = load(folder / SCENARIO), manifest.origin.seed
    if differences := Origin.of(scenario, seed).differences(manifest.origin):
        raise ExperimentError(
            f"{folder} was begun with another experiment: {', '.join(differences)}. "
            "What is finished in it stays; start the run again."
        )
    policies = manifest.policies or (scenario.baseline, *scenario.policies)
    store = ReplicationStore(folder, scenario, seed, traces=False)
    finished: dict[Key, Summary] = {}
    for policy in policies:
        for number in numbers_in(folder, policy):
            if (summary := store.read(policy, number)) is not None:
                finished[policy, number] = summary
    planned = max(
        manifest.planned or DEFAULT_REPLICATIONS, *(number + 1 for _, number in finished), 1
    )
    experiment = Experiment(
        scenario, policies, seed, planned, finished, complete=False, damaged=store.damaged
    )
    return UnfinishedRun(folder, manifest, experiment)


def _refuse(folder: Path, manifest: Manifest) -> None:
    """Refuse what cannot be continued here and now.

    Raises:
        ExperimentError: with the reason.
    """
    if not is_unfinished(folder):
        raise ExperimentError(f"{folder} is finished: there is nothing to continue.")
    if manifest.note:
        raise ExperimentError(f"{folder} {manifest.note} Continue it there.")
    if manifest.cannot_go_on:
        raise ExperimentError(begun_earlier(folder))
    if running.by_another(folder):
        raise ExperimentError(
            f"{folder} is being run right now by another process. Wait until that run is over, or "
            "end it (Ctrl-C there keeps what is finished); then continue it here."
        )
