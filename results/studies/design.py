"""Designs: at which combinations of levels a study runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from results.errors import ExperimentError
from results.studies.factor import Factor

Point = Mapping[str, Any]
"""The level of each factor by its key."""

MOST_POINTS = 10_000


def grid(factors: Sequence[Factor]) -> tuple[Point, ...]:
    """Every level of each factor with every level of the others, the last factor turning fastest.

    Raises:
        ExperimentError: there are more points than anybody could run.
    """
    count = 1
    for factor in factors:
        count *= len(factor.levels)
    if count > MOST_POINTS:
        raise ExperimentError(
            f"A grid of these factors has {count:,} points; the most is {MOST_POINTS:,}. Give "
            'fewer levels, or design = "space_filling" with a number of points.'
        )
    keys = [factor.key for factor in factors]
    levels = product(*(factor.levels for factor in factors))
    return tuple(dict(zip(keys, one, strict=True)) for one in levels)


def space_filling(factors: Sequence[Factor], points: int, seed: int) -> tuple[Point, ...]:
    """So many points spread evenly over all factors at once, whatever their number.

    A Latin hypercube, improved by exchanges for a low centred discrepancy (scipy's qmc): each
    factor's levels are hit equally often, and any two factors cover their square. What is a level
    of a factor stays one: between levels there is nothing.

    Args:
        factors: at least one.
        points: how many, at least two; combinations that coincide are run once.
        seed: of the design alone.

    Raises:
        ExperimentError: too few or too many points.
    """
    if not 2 <= points <= MOST_POINTS:
        raise ExperimentError(f"{points} points: give from 2 to {MOST_POINTS:,}.")
    from scipy.stats import qmc

    sampler = qmc.LatinHypercube(d=len(factors), optimization="random-cd", rng=seed)
    found: dict[tuple[int, ...], Point] = {}
    for row in sampler.random(points):
        places = tuple(
            min(int(place * len(factor.levels)), len(factor.levels) - 1)
            for place, factor in zip(row, factors, strict=True)
        )
        found[places] = {
            factor.key: factor.levels[place] for place, factor in zip(places, factors, strict=True)
        }
    return tuple(found.values())
