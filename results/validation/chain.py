"""Markov chains small enough to be solved exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

State = tuple[int, ...]
Moves = Iterable[tuple[State, float]]


def stationary(start: State, moves: Callable[[State], Moves]) -> dict[State, float]:
    """How likely each state of a chain is in the long run, from all that ``start`` leads to.

    Args:
        start: any state.
        moves: from a state to the states that follow, each with its rate.
    """
    number = {start: 0}
    rows: list[list[tuple[int, float]]] = []
    queue = [start]
    while len(rows) < len(queue):
        row = []
        for other, rate in moves(queue[len(rows)]):
            if other not in number:
                number[other] = len(queue)
                queue.append(other)
            row.append((number[other], rate))
        rows.append(row)
    rates = np.zeros((len(queue), len(queue)))
    for here, row in enumerate(rows):
        for there, rate in row:
            rates[there, here] += rate
            rates[here, here] -= rate
    rates[-1] = 1.0
    found = np.linalg.solve(rates, np.eye(len(queue))[-1])
    return dict(zip(queue, found.tolist(), strict=True))
