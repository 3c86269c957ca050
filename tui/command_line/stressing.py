"""A stress test that a command asks for: run before the user's eyes, told, drawn and kept."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from functools import partial

from results import run
from results.charts.stress import draw_stress
from results.reading import format as numbers
from results.runs import store
from results.stress.stress import StressPlan, StressRun, plan_of
from results.stress.stress_test import judge
from scenarios.policies.policy_set import PolicySet
from tui.command_line.answers.stress_answer import answer
from tui.command_line.batch import Batch, Keeping
from tui.command_line.concluding import Conclusion, conclude, drawn, end, something_finished
from tui.command_line.options import Format
from tui.terminal.console import say


def stress_test(
    centre: PolicySet, asked: Batch, keeping: Keeping, format_: Format, *, charts: bool
) -> None:
    """Run every policy under every stress, and write the answer.

    Args:
        centre: with its policies.
        asked: which policies, how many replications, seed and workers.
        keeping: where it is kept.
        format_: of the answer.
        charts: whether the picture is drawn.

    Raises:
        typer.Exit: it was interrupted.
    """
    plan = plan_of(centre, asked.policies)
    names = list(plan.names.values())
    batch = replace(asked, centre=PolicySet.of(plan.combined), policies=names, warned=centre)
    if keeping.resume is None:
        count = asked.replications or plan.default_replications
        batch = _announced(plan, replace(batch, replications=count))
    experiment, folder = batch.run(keeping)
    ran = StressRun(plan, experiment)
    something_finished(experiment, folder, ran.state)
    test = judge(ran)
    conclude(
        folder,
        Conclusion(
            store=partial(store.write_tables, experiment=experiment),
            write=partial(answer, test, format_),
            draw=partial(drawn, partial(draw_stress, test), charts=charts),
            format=format_,
        ),
    )
    end(folder, whole=experiment.complete)


def _announced(plan: StressPlan, batch: Batch) -> Batch:
    """Say how much there is to simulate and how long it may take, from a first simulation."""
    count = plan.simulations_each * batch.planned
    began = time.monotonic()
    first = run(
        batch.centre,
        policies=[next(iter(plan.policies))],
        replications=1,
        seed=batch.seed_or_default,
        workers=1,
    )
    if not first.complete:
        raise KeyboardInterrupt
    pace = time.monotonic() - began
    side_by_side = min(batch.workers or os.cpu_count() or 1, count)
    one = len(plan.policies) == 1
    policies = "1 policy" if one else f"{len(plan.policies)} policies"
    stresses = "1 stress" if len(plan.stresses) == 1 else f"{len(plan.stresses)} stresses"
    say(
        f"{policies}, without stress and under {stresses}: {count} simulations, about "
        f"{numbers.duration(pace * (count - 1) / side_by_side)}; Ctrl-C keeps what is finished."
    )
    return replace(batch, known=first.finished)
