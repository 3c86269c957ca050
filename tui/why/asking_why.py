"""One key on a difference: why it is there."""

from __future__ import annotations

from collections.abc import Callable

from textual.screen import ModalScreen

from results import Experiment
from results.errors import ExperimentError
from results.why.accounting import accountings
from tui.terminal.run_files import RunFiles
from tui.why.screen import WhyScreen


def why_screen(
    experiment: Experiment | None, policy: str, keep: Callable[[], RunFiles | None]
) -> ModalScreen[None] | str:
    """The screen that explains why a policy differs, or what is to be said instead.

    Args:
        experiment: what was run; None while nothing has.
        policy: whose difference is asked for; that of the next one where it is the first.
        keep: gives the files of the finished run, storing it where it is not stored yet; None
            where it is not finished. Called in a thread.
    """
    if experiment is None or len(experiment.policies) < 2:
        return "There is no difference to explain yet: it takes two policies that have run."
    try:
        found = accountings(experiment)
    except ExperimentError as error:
        return str(error)
    return WhyScreen(found, policy if policy in found else next(iter(found)), experiment, keep)
