"""What the answer depends on: the sensitivity that a command asks for, with its progress."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass

import typer

from results import Comparison, Experiment
from results.comparison.reported import deciding
from results.measures.registry import MEASURES
from results.reading import format as numbers
from results.sensitivity.sensitivity import (
    default_replications,
    sensitivity,
    simulations_each,
)
from results.sensitivity.swings import Sensitivity
from scenarios.policies.policy_set import PolicySet
from tui.command_line.progress_bar import progress_bar
from tui.terminal.console import say


@dataclass(frozen=True)
class SensitivityQuestion:
    """A question for how far an answer depends on assumptions."""

    measure: str | None
    """Whose difference is watched; None is the first that the verdict says differs."""
    workers: int | Executor | None

    @classmethod
    def asked(
        cls,
        centre: PolicySet,
        policies: list[str] | None,
        measure: str | None,
        workers: int | Executor | None,
    ) -> SensitivityQuestion:
        """Refuse what cannot be asked before anything is run.

        Raises:
            typer.BadParameter: there is only one policy.
        """
        if len(policies or centre.under) < 2:
            raise typer.BadParameter(
                "needs a policy to compare with the baseline.", param_hint="--sensitivity"
            )
        return cls(measure, workers)

    def run(
        self, experiment: Experiment, comparison: Comparison, pace_s: float | None
    ) -> Sensitivity | None:
        """Run it with a progress bar; None when it was interrupted before anything could be told.

        Args:
            experiment: that was compared; its customers are met again.
            comparison: of its policies.
            pace_s: seconds that a simulation took; None when nobody knows.
        """
        measure = self.measure or deciding(comparison)
        each = simulations_each(experiment.policy_set, experiment.policies)
        replications = default_replications(each, len(experiment.replications))
        count = each * replications
        about = "" if pace_s is None else f", about {numbers.duration(pace_s * count)}"
        say(
            f"Sensitivity of {MEASURES[measure].title.lower()}: {count} simulations{about}; "
            "Ctrl-C keeps what is finished."
        )
        try:
            with progress_bar(count) as progress:
                return sensitivity(
                    experiment.policy_set,
                    measure,
                    policies=experiment.policies,
                    replications=replications,
                    seed=experiment.seed,
                    workers=self.workers,
                    progress=progress,
                )
        except KeyboardInterrupt:
            said = (
                "Interrupted before two replications were finished: the sensitivity is not known."
            )
            say(said, always=True)
            return None
