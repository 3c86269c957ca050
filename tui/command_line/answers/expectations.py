"""What became of the expectations of a scenario: a line each for people, rows for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from results import Experiment
from results.expectations import Checked, sentence
from results.measures.registry import MEASURES
from results.reading.names import title_of_policy
from tui.terminal.console import data, tell

_STYLES = {"holds": "green", "does_not_hold": "red", "not_known": ""}
_MARKS = {"holds": "✓ ", "does_not_hold": "✗ ", "not_known": "? "}

NOTHING = "Nothing is expected here: write [expect.NAME] with measure and at_least or at_most."


def print_expectations(found: Sequence[Checked], experiment: Experiment) -> None:
    """Print a line for each expectation, and how it was judged."""
    data().print()
    for one in found:
        title = title_of_policy(experiment.scenario, one.policy)
        said = sentence(one, experiment.scenario.costs.currency, title)
        tell(said, mark=_MARKS[one.outcome], style=_STYLES[one.outcome])
    count = len(experiment.replications)
    runs = "1 replication" if count == 1 else f"{count} replications"
    data().print()
    tell(
        f"± is the interval of a mean over {runs} at the expectation's own confidence, 95 % when "
        "it names none. An expectation holds when the whole interval lies within its bounds. "
        f"Seed {experiment.seed}.",
        style="dim",
    )


def expectation_rows(found: Sequence[Checked]) -> list[dict[str, Any]]:
    """The same for programs; numbers in the units of the measures."""
    return [
        {
            "expectation": one.name,
            "policy": one.policy,
            "measure": one.expectation.measure,
            "unit": MEASURES[one.expectation.measure].unit,
            "by": one.expectation.by or "all",
            "part": one.expectation.part or "",
            "at_least": one.expectation.at_least,
            "at_most": one.expectation.at_most,
            "confidence": one.expectation.confidence,
            "outcome": one.outcome,
            "mean": one.found.mean,
            "low": one.found.low,
            "high": one.found.high,
            "replications": one.found.n,
            "more_replications": one.more,
        }
        for one in found
    ]
