"""Centres that fit the figures: each has its own, drawn once, and is simulated under every policy.

The draws are a stream of their own, by seed, centre and figure: they depend neither on the policy
nor on each other nor on how many centres there are. Figures that were estimated together are taken
together, by one draw of a centre. Replications 2k and 2k + 1 are those of centre
k. So under every policy the same centre meets the same customers, and no two centres share theirs:
what centres have in common is the scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path

import numpy as np

from results.comparison.compare import against as set_against
from results.comparison.estimate import across
from results.comparison.unseen import hidden_in
from results.errors import ExperimentError
from results.experiments.experiment import Experiment, chosen_policies, run
from results.experiments.progress import Progress
from results.experiments.replications import FLOOR, Engine
from results.measures.registry import MEASURES
from results.reading.names import titles_of
from results.uncertain.answer import CentreRun, Centres
from results.uncertain.spread import EACH, spread_of
from results.uncertain.unknown import Unknowns, unknowns_of
from scenarios import Scenario, ScenarioError
from scenarios.policies.policy_set import PolicySet
from sim.draws.draws import Draws, mark_by

DEFAULT_CENTRES = 100
TRIES = 50
"""Draws of a centre, of which the first is taken that every policy can be simulated with."""

NOTHING_UNKNOWN = (
    "Nothing in this scenario is uncertain: it has no table [uncertain], and uses no assumption of "
    "the register at its default. Write a range for a figure that was estimated, "
    '[uncertain."reasons.order.solve"] with low and high for example, or leave out --uncertain.'
)


class Drawing:
    """The figures of each centre, and the scenario under each policy there."""

    def __init__(self, unknowns: Unknowns, policies: Sequence[str], seed: int) -> None:
        """Draw nothing yet.

        Args:
            unknowns: what is drawn.
            policies: those that are compared, under all of which a centre has to work.
            seed: of the experiment.
        """
        self.unknowns = unknowns
        self._policies = tuple(policies)
        keyed = Draws(seed, 0)
        self._together = keyed.key("uncertain together")
        self._keys = {one.name: keyed.key(f"uncertain/{one.name}") for one in unknowns.all}
        self._figures: dict[int, dict[str, float]] = {}
        self._made: dict[int, dict[str, Scenario]] = {}

    def figures(self, centre: int) -> Mapping[str, float]:
        """The figures of a centre, by the name of each.

        Raises:
            ExperimentError: no draw goes together.
        """
        if centre not in self._figures:
            self._that_works(centre)
        return self._figures[centre]

    def scenario(self, policy: str, replication: int) -> Scenario:
        """The scenario under a policy in the centre that a replication belongs to.

        Raises:
            ExperimentError: no draw goes together.
        """
        centre = replication // EACH
        if centre not in self._made:
            # Tasks are made centre by centre: those before are done with.
            self._made = {centre: self._that_works(centre)}
        return self._made[centre][policy]

    def _that_works(self, centre: int) -> dict[str, Scenario]:
        for attempt in range(TRIES):
            values = self._drawn(centre, attempt)
            try:
                under = {one: self.unknowns.under(one, values) for one in self._policies}
            except ScenarioError as error:
                last = error
                continue
            self._figures[centre] = values
            return under
        raise ExperimentError(
            f"The ranges do not go together: of {TRIES} centres drawn from them none works. Make "
            f"one of them narrower. The last one: {last}"
        )

    def _drawn(self, centre: int, attempt: int) -> dict[str, float]:
        person = centre * TRIES + attempt
        of_set = mark_by(self._together, person)
        return {
            one.name: one.together(of_set)
            if one.drawn
            else one.at(mark_by(self._keys[one.name], person))
            for one in self.unknowns.all
        }


def compare_centres(ran: CentreRun, against: str | None = None) -> Centres:
    """Set the policies against one of them, centre by centre.

    Args:
        ran: the centres.
        against: a policy that was run; None is the baseline.

    Raises:
        ExperimentError: it was not run.
    """
    experiment = ran.experiment
    if against is not None:
        experiment = set_against(experiment, against)
    base, *others = experiment.policies
    numbers = [EACH * centre + each for centre in ran.numbers for each in range(EACH)]
    found = experiment.finished
    summaries = {name: [found[name, n] for n in numbers] for name in experiment.policies}
    hidden = hidden_in(experiment)
    spreads = {}
    for name, measure in MEASURES.items():
        if measure.better is None or not measure.exists_for("all") or name in hidden:
            continue
        today = across(summaries[base], name)
        for policy in others:
            differences = (across(summaries[policy], name) - today).reshape(-1, EACH)
            spread = spread_of(policy, name, differences)
            if spread.centres:
                spreads[policy, name] = spread
    return Centres(
        experiment.policies,
        titles_of(experiment.scenario, experiment.policies),
        experiment.scenario.costs.currency,
        len(ran.numbers),
        ran.asked,
        ran.unknowns,
        spreads,
    )


def run_centres(
    scenario: Scenario | PolicySet,
    centres: int = DEFAULT_CENTRES,
    *,
    policies: Sequence[str] | None = None,
    seed: int = 1,
    workers: int | Executor | None = None,
    progress: Callable[[Progress], None] | None = None,
    folder: Path | None = None,
    engine: Engine = FLOOR,
) -> CentreRun:
    """Simulate the policies in centres that fit the figures, two replications of each.

    Ctrl-C (or a KeyboardInterrupt from ``progress``) ends it and keeps the whole centres.

    Args:
        scenario: the centre with its policies.
        centres: how many are drawn; at least 2.
        policies: those to compare; all when None.
        seed: of all random draws, those of the figures among them.
        workers: as for a run.
        progress: called after each simulation.
        folder: where finished replications are kept as they come, and read back from; not that of
            a run of the scenario as it is.
        engine: how a replication is simulated.

    Raises:
        ExperimentError: a policy does not exist, there is nothing to compare, nothing is
            uncertain, or the ranges do not go together.
        ReplicationError: a replication ended in an error.
    """
    checked = PolicySet.of(scenario)
    unknowns = asked_of(checked, policies, centres)
    chosen = chosen_policies(checked, policies)
    drawing = Drawing(unknowns, list(chosen), seed)
    experiment = run(
        _only(checked, chosen),
        policies=list(chosen),
        replications=EACH * centres,
        seed=seed,
        workers=workers,
        progress=progress,
        folder=folder,
        engine=engine,
        drawn=drawing.scenario,
    )
    figures = {centre: drawing.figures(centre) for centre in _whole(experiment)}
    return CentreRun(experiment, unknowns.all, figures)


def asked_of(centre: PolicySet, policies: Sequence[str] | None, centres: int) -> Unknowns:
    """What is uncertain in a scenario whose policies are to be compared.

    Raises:
        ExperimentError: a policy does not exist, there is nothing to compare, centres are too few,
            or nothing is uncertain.
    """
    if centres < 2:
        raise ExperimentError("One centre shows no spread between centres: draw 2 or more.")
    if len(chosen_policies(centre, policies)) < 2:
        raise ExperimentError("Centres take a policy to compare with the baseline.")
    unknowns = unknowns_of(centre)
    if not unknowns.all:
        raise ExperimentError(NOTHING_UNKNOWN)
    return unknowns


def _whole(experiment: Experiment) -> tuple[int, ...]:
    there = np.isin(np.arange(experiment.planned), experiment.replications)
    pairs = there.reshape(-1, EACH).all(axis=1)
    return tuple(int(number) for number in np.flatnonzero(pairs))


def _only(checked: PolicySet, chosen: Mapping[str, Scenario]) -> PolicySet:
    """The policies that are compared and no others: what is kept of them is kept of these."""
    scenario = checked.scenario
    policies = {name: one for name, one in scenario.policies.items() if name in chosen}
    bare = scenario.model_copy(update={"policies": policies})
    return PolicySet(bare, {scenario.baseline: scenario, **chosen})
