"""A batch: the experiment that a command asks for, run before the user's eyes and kept."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import typer

from results import Experiment, Precision, run
from results.errors import ExperimentError, writing
from results.experiments.experiment import DEFAULT_REPLICATIONS
from results.measures.summary import Key, Summary
from results.runs import running, store
from results.runs.finished_replications import begun_earlier, holds_anything
from results.runs.origin import Origin
from scenarios import Scenario, warnings
from scenarios.policies.policy_set import PolicySet
from scenarios.save import dump
from tui.command_line.another import another
from tui.command_line.progress_bar import progress_bar
from tui.command_line.standard_input import as_typed, from_the_folder
from tui.command_line.trace_size import telling_size
from tui.terminal.console import say
from tui.terminal.precision import parse_precision

DEFAULT_SEED = 1


@dataclass(frozen=True)
class Keeping:
    """What is kept of a run, and where."""

    root: Path
    """Where run folders are."""
    save: bool = True
    traces: bool = False
    resume: Path | None = None
    """An unfinished run folder to continue."""

    def __post_init__(self) -> None:
        """Refuse what contradicts itself."""
        for wanted, option in ((self.traces, "--traces"), (self.resume, "--resume")):
            if wanted and not self.save:
                raise typer.BadParameter(
                    "needs a run folder: leave out --no-save.", param_hint=option
                )


@dataclass(frozen=True)
class Batch:
    """An experiment as it was asked for; None stands for the usual."""

    name: str
    """Of the scenario, for the run folder."""
    centre: PolicySet
    policies: list[str] | None
    replications: int | None
    precision: Precision | None
    seed: int | None
    workers: int | None
    file: str = ""
    """Of the scenario, its whole path; empty for a shipped one."""
    pool: Executor | None = None
    """Workers that are there already; None makes them for this run alone."""
    known: Mapping[Key, Summary] = field(default_factory=dict)
    """Replications finished before, which are not run again."""
    warned: PolicySet | None = None
    """The scenario whose warnings are shown, where that is another one."""
    files: Mapping[str, str] = field(default_factory=dict)
    """What the run folder keeps from its beginning besides the scenario, by name."""
    centres: int = 0
    """Centres that fit the figures, asked for as well; the run folder says it to continue them."""

    @property
    def scenario(self) -> Scenario:
        """The centre itself."""
        return self.centre.scenario

    @property
    def planned(self) -> int:
        """Replications of the first round."""
        if self.precision is not None:
            return self.precision.at_least
        return self.replications or DEFAULT_REPLICATIONS

    @property
    def seed_or_default(self) -> int:
        """The seed of all random draws."""
        return DEFAULT_SEED if self.seed is None else self.seed

    def run(self, keeping: Keeping) -> tuple[Experiment, Path | None]:
        """Run it with a progress bar.

        Returns:
            The experiment, and its folder: unfinished, None when nothing is kept.
        """
        _warn(self.warned or self.centre)
        batch = self if keeping.resume is None else self._as_begun(keeping.resume)
        policies = batch.policies or list(batch.centre.under)
        folder = keeping.resume or (batch._begin(keeping.root, policies) if keeping.save else None)
        if folder is not None:
            batch._accompany(folder)
        try:
            with resumable(folder), progress_bar(len(policies) * batch.planned) as progress:
                experiment = run(
                    batch.centre,
                    policies=policies,
                    replications=None if batch.precision else batch.planned,
                    precision=batch.precision,
                    seed=batch.seed_or_default,
                    workers=batch.pool or batch.workers,
                    progress=telling_size(progress, folder)
                    if folder is not None and keeping.traces
                    else progress,
                    folder=folder,
                    keep_traces=keeping.traces,
                    known=batch.known,
                )
        finally:
            if folder is not None and keeping.resume is None and not holds_anything(folder):
                running.release(folder)
                shutil.rmtree(folder, ignore_errors=True)
        for words in experiment.damaged:
            say(words)
        if folder is not None and experiment.finished:
            batch._refind(folder, experiment, traces=keeping.traces)
        return experiment, folder if folder is not None and folder.exists() else None

    def _refind(self, folder: Path, experiment: Experiment, *, traces: bool) -> None:
        """Make the run folder anew when somebody deleted it meanwhile."""
        if (folder / store.MANIFEST).exists():
            return
        lost = " The traces in it are lost." if traces else ""
        say(
            f"{folder} was deleted during the run; it is created again with all results.{lost}",
            always=True,
        )
        store.begun_again(folder, experiment, self.name, _command(), self.file)
        self._accompany(folder)

    def _accompany(self, folder: Path) -> None:
        """Write what the folder keeps besides the scenario, where it is not there."""
        with writing(folder):
            for name, text in self.files.items():
                if not (folder / name).exists():
                    (folder / name).write_text(text, encoding="utf-8")

    def _begin(self, root: Path, policies: list[str]) -> Path:
        seed = self.seed_or_default
        if earlier := store.unfinished(root, self.scenario, seed):
            say(
                f"There is an unfinished run of the same scenario; --resume {earlier} continues it."
            )
        text = dump(self.scenario)
        asked = (_command(), policies, self.planned)
        made = (root, self.name, self.scenario, text, seed, *asked)
        precise = self.precision.text if self.precision is not None else ""
        return store.begin(*made, file=self.file, precision=precise, centres=self.centres)

    def _as_begun(self, folder: Path) -> Batch:
        """The batch with what the folder was begun with, where nothing else is asked for."""
        if folder.suffix != store.UNFINISHED and (folder / store.MANIFEST).exists():
            raise typer.BadParameter(
                f"{folder} is finished; firstline runs show {folder} shows its comparison.",
                param_hint="--resume",
            )
        manifest = self._manifest_of(folder)
        if manifest.note:
            raise ExperimentError(f"{folder} {manifest.note} Continue it there.")
        if manifest.origin.by_another_version:
            raise ExperimentError(begun_earlier(folder))
        seed = manifest.origin.seed if self.seed is None else self.seed
        if differences := Origin.of(self.scenario, seed).differences(manifest.origin):
            raise ExperimentError(another(folder, self.scenario, differences, self.files))
        if (folder / store.MANIFEST).exists():
            running.claim(folder)
        precision = self.precision
        if precision is None and self.replications is None and manifest.precision:
            # A study says in its own file how closely it is to be known.
            precision = None if self.files else parse_precision(manifest.precision, None)
        planned = None if precision else manifest.planned or None
        return replace(
            self,
            policies=self.policies or list(manifest.policies) or None,
            replications=self.replications or planned,
            precision=precision,
            seed=seed,
        )

    def _manifest_of(self, folder: Path) -> store.Manifest:
        """What the folder says about itself, or what its replications say when it cannot."""
        try:
            return store.read_manifest(folder)
        except ExperimentError as damage:
            if not (folder / store.MANIFEST).exists():
                raise
            policies = self.policies or list(self.centre.under)
            manifest = store.repaired(folder, self.name, _command(), policies, self.planned)
            if manifest is None:
                raise
            say(f"Written anew: {damage}")
            return manifest


@contextmanager
def resumable(folder: Path | None) -> Iterator[None]:
    """Where something fails, say with it what is kept of a run and how to continue.

    Args:
        folder: of the run, unfinished; None when nothing is kept.
    """
    try:
        yield
    except ExperimentError as error:
        if folder is None or not holds_anything(folder):
            raise
        kept = f"What was finished is kept in {folder}."
        raise ExperimentError(f"{error}\n{kept}\n{how_to_go_on(folder)}") from error


def how_to_go_on(folder: Path) -> str:
    """The command that continues an interrupted run."""
    arguments = from_the_folder(sys.argv[1:], folder)
    resumed = any(argument.startswith("--resume") for argument in arguments)
    return f"To continue: {as_typed([*arguments, *([] if resumed else ['--resume', str(folder)])])}"


def _warn(centre: PolicySet) -> None:
    for problem in warnings(centre.scenario, centre.under):
        say(f"Warning: {problem}")


def _command() -> str:
    return as_typed(sys.argv[1:])
