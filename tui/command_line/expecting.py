"""What is expected of a scenario: run before the user's eyes and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import typer

from results import Experiment, run
from results.expectations import Checked, check_expectations, expected_of
from results.experiments.experiment import DEFAULT_REPLICATIONS
from scenarios.policies.policy_set import PolicySet
from tui.command_line.batch import DEFAULT_SEED
from tui.command_line.progress_bar import progress_bar
from tui.terminal.console import say
from tui.terminal.exits import ExitCode


@dataclass(frozen=True)
class Expecting:
    """How a scenario is run for its expectations; None stands for the usual."""

    policies: Sequence[str] | None
    """Those that are held to what is expected of them; all when None."""
    replications: int | None
    seed: int | None
    workers: int | None

    def run(self, centre: PolicySet) -> tuple[Experiment | None, tuple[Checked, ...]]:
        """Run the policies of which something is expected, and check it.

        Returns:
            The experiment, None where nothing is expected; and what became of each expectation.

        Raises:
            typer.Exit: it was interrupted before a replication was whole.
        """
        meant = dict.fromkeys(one.policy for one in expected_of(centre, self.policies))
        if not meant:
            return None, ()
        planned = self.replications or DEFAULT_REPLICATIONS
        with progress_bar(len(meant) * planned) as progress:
            experiment = run(
                centre,
                policies=list(meant),
                replications=planned,
                seed=DEFAULT_SEED if self.seed is None else self.seed,
                workers=self.workers,
                progress=progress,
            )
        if not experiment.complete:
            say(experiment.state)
        if not experiment.replications:
            raise typer.Exit(ExitCode.INTERRUPTED)
        return experiment, check_expectations(experiment)


def code_of(experiment: Experiment | None, found: Sequence[Checked]) -> ExitCode:
    """The exit code that says whether everything expected holds."""
    if experiment is not None and not experiment.complete:
        return ExitCode.INTERRUPTED
    outcomes = {one.outcome for one in found}
    if "does_not_hold" in outcomes:
        return ExitCode.FAILED
    return ExitCode.NOT_KNOWN if "not_known" in outcomes else ExitCode.OK
