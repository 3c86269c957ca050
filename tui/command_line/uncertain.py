"""Centres that fit the figures: what a command asks of them, run with a progress bar."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

import typer

from results import Experiment
from results.errors import ExperimentError
from results.reading import format as numbers
from results.runs.manifest import read_manifest
from results.runs.names import OF_CENTRES
from results.uncertain.answer import CentreRun
from results.uncertain.centres import asked_of, run_centres
from results.uncertain.spread import EACH
from scenarios.policies.policy_set import PolicySet
from tui.command_line.progress_bar import progress_bar
from tui.terminal.console import say


def _centres_of(folder: Path | None) -> int | None:
    """How many centres a run was begun with, to go on with them; None where nobody asked."""
    if folder is None:
        return None
    try:
        return read_manifest(folder).centres or None
    except ExperimentError:
        return None  # told where the run is resumed


@dataclass(frozen=True)
class CentresQuestion:
    """A question in how many centres that fit the figures a policy is better."""

    centres: int
    workers: int | Executor | None

    @classmethod
    def of(
        cls,
        asked: int | None,
        resume: Path | None,
        centre: PolicySet,
        policies: list[str] | None,
        workers: int | Executor | None,
    ) -> CentresQuestion | None:
        """Refuse what cannot be asked before anything is run; None where nobody asks.

        Args:
            asked: how many; None for as many as a run was begun with that is continued.
            resume: the folder of that run.
            centre: with its policies.
            policies: those that are compared; all when None.
            workers: who simulates.

        Raises:
            typer.BadParameter: there is only one policy, or nothing is uncertain.
        """
        centres = asked or _centres_of(resume)
        if centres is None:
            return None
        try:
            asked_of(centre, policies, centres)
        except ExperimentError as error:
            raise typer.BadParameter(str(error), param_hint="--uncertain") from error
        return cls(centres, workers)

    def run(
        self, experiment: Experiment, folder: Path | None, pace_s: float | None
    ) -> CentreRun | None:
        """Run it; None when it was interrupted before two centres were whole.

        Args:
            experiment: the comparison of the scenario as it stands.
            folder: of the run, where finished centres are kept; None when nothing is kept.
            pace_s: seconds that a simulation took; None when nobody knows.
        """
        count = self.centres * EACH * len(experiment.policies)
        about = "" if pace_s is None else f", about {numbers.duration(pace_s * count)}"
        keeps = "keeps what is finished" if folder is None else "keeps what is finished to resume"
        say(
            f"{self.centres} centres that fit your figures: {count:,} simulations{about}; "
            f"Ctrl-C {keeps}."
        )
        with progress_bar(count) as progress:
            found = run_centres(
                experiment.policy_set,
                self.centres,
                policies=experiment.policies,
                seed=experiment.seed,
                workers=self.workers,
                progress=progress,
                folder=None if folder is None else folder / OF_CENTRES,
            )
        for words in found.experiment.damaged:
            say(words)
        if not found.complete:
            done = len(found.numbers)
            say(f"Interrupted: {done} of {self.centres} centres are finished.", always=True)
        return found if len(found.numbers) > 1 else None
