"""The interval table of one policy on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from results import Experiment
from results.comparison.estimate import TOTAL
from results.reading.by import By
from results.reading.interval_table import interval_table
from results.reading.parts import cuts_of, title_of
from tui.command_line.answers.plain_table import plain_table


def interval_tables(experiment: Experiment, by: By | None) -> Iterator[tuple[str, Table]]:
    """The intervals of the baseline in which something happens: each part's title and table."""
    for cut in cuts_of(experiment, by):
        found = interval_table(experiment, experiment.policies[0], cut)
        table = plain_table()
        for number, header in enumerate(found.headers):
            table.add_column(header, justify="right" if number else "left", no_wrap=True)
        for row in found.rows:
            table.add_row(*row)
        yield "" if cut == TOTAL else title_of(experiment.scenario, cut), table
