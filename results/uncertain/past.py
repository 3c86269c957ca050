"""Centres that fit the figures, read back from the folder of a past run."""

from __future__ import annotations

from results.errors import ExperimentError
from results.runs import parquet
from results.runs.past import Run
from results.uncertain.answer import Centres
from results.uncertain.table import CENTRES, LATER, TYPES, TYPES_OF_CENTRES, UNCERTAIN, centres_of


def centres_in(run: Run, notes: list[str]) -> Centres | None:
    """What centres that fit the figures said in a past run; None where nobody asked.

    Args:
        run: opened.
        notes: where it is said what cannot be read.
    """
    paths = [run.folder / f"{name}.parquet" for name in (UNCERTAIN, CENTRES)]
    if not all(path.exists() for path in paths):
        return None
    try:
        figures = parquet.read_as(paths[1], TYPES_OF_CENTRES, LATER)
        spreads = parquet.read_as(paths[0], TYPES)
        return centres_of(spreads, figures, run.experiment)
    except ExperimentError as error:
        notes.append(f"Left out, what centres that fit the figures say: {error}")
        return None
