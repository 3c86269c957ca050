"""Designs: at which combinations of levels a study runs."""

from collections import Counter

import pytest

from results.errors import ExperimentError
from results.studies.design import grid, space_filling
from results.studies.factor import Factor

HEADS = Factor("groups.a.heads", (3, 4, 5))
ABSENCE = Factor("groups.a.absence", (0.0, 0.1))


def test_a_grid_has_every_level_with_every_other() -> None:
    points = grid([HEADS, ABSENCE])
    assert len(points) == 6
    assert len({tuple(point.values()) for point in points}) == 6
    assert points[0] == {"groups.a.heads": 3, "groups.a.absence": 0.0}


def test_a_space_filling_design_hits_every_level_equally_often_and_covers_every_pair() -> None:
    factors = [Factor(f"groups.g{n}.heads", tuple(range(6))) for n in range(5)]
    points = space_filling(factors, 36, seed=1)
    assert points == space_filling(factors, 36, seed=1)
    assert points != space_filling(factors, 36, seed=2)
    for factor in factors:
        assert set(Counter(point[factor.key] for point in points).values()) == {6}
    corners = {(point[factors[0].key] >= 3, point[factors[1].key] >= 3) for point in points}
    assert len(corners) == 4, "both halves of two factors meet"


def test_a_grid_that_nobody_could_run_says_what_to_do() -> None:
    many = [Factor(f"groups.g{n}.heads", tuple(range(10))) for n in range(5)]
    with pytest.raises(ExperimentError, match="100,000 points; the most is 10,000"):
        grid(many)
