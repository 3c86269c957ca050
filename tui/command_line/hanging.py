"""What the answer hangs on: the sensitivity that a command asks for, run before the user's eyes."""

from __future__ import annotations

from dataclasses import dataclass

import typer

from results import Comparison, Experiment
from results.comparison.verdict import deciding
from results.measures.registry import MEASURES
from results.reading import format as numbers
from results.sensitivity.sensitivity import (
    nothing_to_vary,
    sensitivity,
    simulations_each,
    usual_replications,
)
from results.sensitivity.swings import Sensitivity
from scenarios import Scenario
from tui.command_line.console import say
from tui.command_line.progress_bar import progress_bar


@dataclass(frozen=True)
class Hanging:
    """A question for how far an answer hangs on assumptions."""

    measure: str | None
    """Whose difference is watched; None is what decides, mostly the total cost."""
    workers: int | None

    @classmethod
    def asked(
        cls,
        scenario: Scenario,
        policies: list[str] | None,
        measure: str | None,
        workers: int | None,
    ) -> Hanging:
        """Refuse what cannot be asked, and say what has no answer, before anything is run.

        Raises:
            typer.BadParameter: there is only one policy.
        """
        if len(policies or (scenario.baseline, *scenario.policies)) < 2:
            raise typer.BadParameter(
                "needs a policy to compare with the baseline.", param_hint="--sensitivity"
            )
        if why := nothing_to_vary(scenario, policies):
            say(f"--sensitivity: {why} The policies are compared without it.")
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
        if nothing_to_vary(experiment.scenario, experiment.policies):
            # That was said before; the answer is an empty table.
            return sensitivity(experiment.scenario, measure, policies=experiment.policies)
        each = simulations_each(experiment.scenario, experiment.policies)
        replications = usual_replications(each, len(experiment.replications))
        count = each * replications
        about = "" if pace_s is None else f", about {numbers.duration(pace_s * count)}"
        say(
            f"Sensitivity of {MEASURES[measure].title.lower()}: {count} simulations{about}; "
            "Ctrl-C keeps what is finished."
        )
        try:
            with progress_bar(count) as progress:
                return sensitivity(
                    experiment.scenario,
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
