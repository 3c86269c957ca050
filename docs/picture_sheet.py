"""Draw every picture of every shipped scenario and of edge cases onto sheets: `make pictures`.

To look at before and after a change of the charts. Each scenario gets a sheet, and so does every
edge case: one policy, two, twelve, long names, huge and tiny numbers, and nothing that varies.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from matplotlib.image import imread, imsave  # noqa: TID253 - drawing is all that this script does

from results import run
from results.charts.drawing import draw_all
from results.experiments.experiment import Experiment
from results.sensitivity.swings import Sensitivity
from scenarios import list_scenarios, load
from tests.support.made_up_results import FREER, TODAY, pictured, sensitivity_of

FOLDER = Path("build/pictures")
REPLICATIONS = 5
_COLUMNS, _GAP = 3, 12


def dear() -> Experiment:
    """Half a million rupees a day, and waits of hours."""
    found = pictured(
        {
            "today": replace(TODAY, total_cost=5e8, wait_s=9_000.0),
            "freer": replace(FREER, total_cost=6e8, wait_s=4_000.0),
        }
    )
    costs = found.scenario.costs.model_copy(update={"currency": "INR"})
    return replace(found, scenario=found.scenario.model_copy(update={"costs": costs}))


def tiny() -> Experiment:
    """Fractions of a second, and hardly anybody who hangs up."""
    few = replace(TODAY, wait_s=0.02, abandonment=0.0004, total_cost=900.2, spread=0.01)
    return pictured({"today": few, "freer": replace(few, wait_s=0.01, fcr_complaints=0.601)})


EDGES: Mapping[str, Callable[[], Experiment]] = {
    "one-policy": lambda: pictured({"today": TODAY}),
    "two-policies": lambda: pictured({"today": TODAY, "freer": FREER}),
    "twelve-policies": lambda: pictured(
        {f"policy-{n}": replace(FREER, wait_s=40.0 - n, alone=40 + n) for n in range(12)}
    ),
    "long-names": lambda: pictured(
        {f"the-policy-with-a-long-name-number-{n}": FREER for n in range(5)}
    ),
    "huge-numbers": dear,
    "tiny-numbers": tiny,
    "nothing-varies": lambda: pictured({"today": replace(TODAY, spread=0.0), "same": TODAY}),
    "one-replication": lambda: pictured({"today": TODAY, "freer": FREER}, replications=1),
    "three-replications": lambda: pictured({"today": TODAY, "freer": FREER}, replications=3),
}
"""Made-up findings at the edges of what a scenario can be."""


def experiments() -> Iterator[tuple[str, Experiment, Sensitivity | None]]:
    """Everything that has a sheet, with its name."""
    for name, made in EDGES.items():
        found = made()
        yield name, found, sensitivity_of(found) if len(found.policies) > 1 else None
    for shipped in list_scenarios():
        yield shipped.name, run(load(shipped.name), replications=REPLICATIONS, seed=1), None


def sheet(pictures: list[Path], path: Path) -> None:
    """Paste pictures next to each other, row by row, in half their size."""
    rows = [pictures[at : at + _COLUMNS] for at in range(0, len(pictures), _COLUMNS)]
    images = [[_half(one) for one in row] for row in rows]
    heights = [max(len(one) for one in row) for row in images]
    width = max(one.shape[1] for row in images for one in row) + _GAP
    whole = np.full((sum(heights) + _GAP * len(rows), _COLUMNS * width, 3), 0.5)
    top = 0
    for row, height in zip(images, heights, strict=True):
        for column, one in enumerate(row):
            left = column * width
            whole[top : top + len(one), left : left + one.shape[1]] = one
        top += height + _GAP
    imsave(path, whole)


def _half(path: Path) -> np.ndarray:
    """A picture without its opacity, each four pixels as one, shape (height, width, 3)."""
    found = imread(path)[..., :3]
    even = found[: len(found) // 2 * 2, : found.shape[1] // 2 * 2]
    halves = even.reshape(len(even) // 2, 2, even.shape[1] // 2, 2, 3)
    return halves.mean(axis=(1, 3))


def main(only: list[str]) -> None:
    """Draw the sheets, all or those named."""
    for name, experiment, sensitivity in experiments():
        if only and name not in only:
            continue
        folder = FOLDER / name
        drawn = draw_all(experiment, folder, ("png",), sensitivity=sensitivity)
        sheet(drawn, FOLDER / f"{name}.png")
        print(f"{FOLDER / name}.png: {len(drawn)} pictures")


if __name__ == "__main__":
    main(sys.argv[1:])
