"""Which change, and through what: the counterfactual that a command asks for, with its progress."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass, replace

import typer

from results import Comparison, Experiment
from results.errors import ExperimentError
from results.experiments.experiment import chosen_policies
from results.reading import format as numbers
from results.why.accounting import accounting
from results.why.counterfactual import Counterfactual, Plans, counterfactual, plans_of
from results.why.game import DEFAULT_REPLICATIONS
from tui.command_line.batch import Batch
from tui.command_line.finishing import Over
from tui.command_line.progress_bar import progress_bar
from tui.terminal.console import say

OPTION, REPLICATIONS = "--counterfactual", "--why-replications"


@dataclass(frozen=True)
class Asked:
    """The options of a counterfactual as they were given."""

    wanted: bool
    orders: int | None
    """Sampled orders of the players; None runs all sets of them."""
    replications: int | None
    """None is the usual few."""


@dataclass(frozen=True)
class CounterfactualQuestion:
    """A question for what a policy's difference comes from, laid out and ready to be run."""

    policy: str
    plans: Plans
    replications: int
    workers: int | Executor | None

    @classmethod
    def of(
        cls,
        asked: Asked,
        batch: Batch,
        rival: str | None,
        explained: str | None,
        workers: int | Executor | None,
    ) -> CounterfactualQuestion | None:
        """Refuse what cannot be asked, before anything is run; None where nobody asks.

        Args:
            asked: the options.
            batch: that is run before.
            rival: what the policies are set against instead of the first one.
            explained: the policy that --why names.
            workers: as for a run.

        Raises:
            typer.BadParameter: it cannot be asked.
        """
        if not asked.wanted:
            for given, option in ((asked.orders, "--why-runs"), (asked.replications, REPLICATIONS)):
                if given is not None:
                    raise typer.BadParameter(f"needs {OPTION}.", param_hint=option)
            return None
        if explained is None:
            raise typer.BadParameter(
                "needs the policy whose difference is split: --why POLICY.", param_hint=OPTION
            )
        base = batch.scenario.baseline
        against = rival or next(iter(chosen_policies(batch.centre, batch.policies)))
        if against != base:
            raise typer.BadParameter(
                "splits the difference from the baseline, and here the policies are set against "
                f"{against}: leave out --against, and name {base} among the policies.",
                param_hint=OPTION,
            )
        try:
            plans = plans_of(
                batch.centre, explained, orders=asked.orders, seed=batch.seed_or_default
            )
        except ExperimentError as error:
            raise typer.BadParameter(str(error), param_hint=OPTION) from error
        return cls(explained, plans, asked.replications or DEFAULT_REPLICATIONS, workers)

    def run(
        self, experiment: Experiment, comparison: Comparison, pace_s: float | None
    ) -> Counterfactual | None:
        """Run it with a progress bar; None when it was interrupted before anything could be told.

        Args:
            experiment: that was compared; its customers are met again.
            comparison: of its policies.
            pace_s: seconds that a simulation took; None when nobody knows.
        """
        replications = min(self.replications, len(experiment.replications))
        count = self.plans.simulations_each * replications
        about = "" if pace_s is None else f", about {numbers.duration(pace_s * count)}"
        say(
            f"Which change and through what, for {self.policy}: {count:,} simulations"
            f"{about}; Ctrl-C keeps what is finished."
        )
        with progress_bar(count) as progress:
            found = counterfactual(
                experiment,
                comparison,
                self.policy,
                self.plans,
                replications=replications,
                workers=self.workers,
                progress=progress,
            )
        if found is None:
            said = "Interrupted before one replication of every set was finished: nothing is known."
            say(said, always=True)
        elif found.replications < replications:
            done = f"{found.replications} of {replications}"
            say(f"Interrupted after {done} replications.", always=True)
        return found


def explain(
    over: Over,
    experiment: Experiment,
    comparison: Comparison,
    policy: str,
    question: CounterfactualQuestion | None,
) -> Over:
    """Say why a policy differs, with what there is to tell; counterfactually where that is asked.

    Args:
        over: the experiment that was run.
        experiment: the same, set against the policy that was asked for.
        comparison: of its policies.
        policy: to be explained.
        question: None where only the accounts are asked for.
    """
    because = accounting(experiment, policy)
    if question is None or not experiment.complete:
        return replace(over, why=because)
    found = question.run(experiment, comparison, over.pace_s)
    whole = found is not None and found.complete
    return replace(over, why=replace(because, counterfactual=found), whole=over.whole and whole)
