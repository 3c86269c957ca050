"""The answer of a study: a table for each measure and a sentence for each policy."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from results.comparison.estimate import Estimate
from results.reading.notation import Notation
from results.studies.plan import AS_IT_IS
from results.studies.study import Study
from results.studies.words import title, turning_words, written_in
from tui.command_line.answers.comparison_answer import print_files, print_titled
from tui.command_line.answers.plain_table import plain_table
from tui.command_line.options import Format
from tui.terminal.console import data, tell
from tui.terminal.machine import rows_of, write_csv, write_json
from tui.terminal.run_files import RunFiles
from tui.terminal.titles import broken

_POLICY = 14
"""Letters of a policy's name in a line."""
_MOST_COLUMNS = 4
"""Policies side by side in 80 columns."""


def answer(study: Study, measures: Sequence[str], format_: Format, kept: RunFiles | None) -> None:
    """Write the answer to stdout.

    Args:
        study: with at least one replication.
        measures: by name.
        format_: of the answer; CSV is the tidy table.
        kept: where the run is; None when it is not kept, or not yet.
    """
    if format_ is Format.CSV:
        write_csv(rows_of(study.columns(measures)))
    elif format_ is Format.JSON:
        write_json(study_data(study, measures, kept))
    else:
        _print(study, measures)
        print_files(kept)


def study_data(study: Study, measures: Sequence[str], kept: RunFiles | None) -> dict[str, Any]:
    """The same for programs."""
    plan = study.plan
    return {
        "title": plan.scenario.title,
        "seed": study.experiment.seed,
        "replications": study.replications,
        "planned": study.experiment.planned,
        "complete": study.experiment.complete,
        "factors": [{"key": one.key, "levels": list(one.levels)} for one in plan.factors],
        "results": list(_means(study, measures)),
        "run": None if kept is None else str(kept.folder),
    }


def _means(study: Study, measures: Sequence[str]) -> Iterator[dict[str, Any]]:
    nowhere = dict.fromkeys((factor.key for factor in study.plan.factors), math.nan)
    for policy, at in study.plan.names:
        for measure in measures:
            found = study.level((policy, at), measure)
            yield {
                "policy": policy,
                "point": at,
                **(nowhere if at == AS_IT_IS else study.plan.points[at]),
                "measure": measure,
                "mean": found.mean,
                "low": found.low,
                "high": found.high,
                "replications": found.n,
            }


def _print(study: Study, measures: Sequence[str]) -> None:
    scenario, count = study.plan.scenario, study.replications
    days, points = scenario.horizon.days, len(study.plan.points)
    where = "at 1 point" if points == 1 else f"at each of {points} points"
    data().print(
        f"{scenario.title or 'Scenario'}: {count} {'replication' if count == 1 else 'replications'}"
        f" of {days} {'day' if days == 1 else 'days'} {where}, "
        f"seed {study.experiment.seed}",
        style="bold",
    )
    one = len(study.plan.factors) == 1 and study.plan.factors[0].is_ordered
    for measure in measures:
        policies = [p for p in study.plan.policies if any(e.n for e in study.curve(p, measure))]
        for start in range(0, len(policies), _MOST_COLUMNS):
            part = policies[start : start + _MOST_COLUMNS]
            print_titled(title(study, measure) if not start else "", _table(study, part, measure))
        if one:
            for said in filter(None, (turning_words(study, p, measure) for p in policies)):
                tell(said, mark="• ")
    data().print()
    tell(_legend(study), style="dim")


def _table(study: Study, policies: Sequence[str], measure: str) -> Table:
    """A row for each point, a column for each factor and each policy."""
    table = plain_table(gap=2)
    for factor in study.plan.factors:
        table.add_column(factor.name, justify="right" if factor.is_ordered else "left")
    for policy in policies:
        table.add_column("\n".join(broken(study.plan.title_of(policy), _POLICY)), justify="right")
    written = written_in(study, measure)
    for at, point in enumerate(study.plan.points):
        cells = (_cell(study.level((policy, at), measure), written) for policy in policies)
        levels = (factor.written(point[factor.key]) for factor in study.plan.factors)
        table.add_row(*levels, *cells)
    return table


def _cell(found: Estimate, written: Notation) -> Text:
    margin = written.margin(found.half_width)
    text = Text(written.value(found.mean))
    return text.append(f" {margin}" if margin else "", "dim")


def _legend(study: Study) -> str:
    if study.replications < 2:
        return "One replication: there are no intervals, and differences may be chance."
    return (
        f"± is the 95 % interval of a mean over {study.replications} replications. Every policy "
        "meets the same customers at every point: levels are compared replication by replication, "
        "and what matters is [relevance] of the scenario."
    )
