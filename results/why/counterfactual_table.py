"""Counterfactual parts as a tidy table, and as data for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from results.why.counterfactual import Counterfactual, GameName
from results.why.counterfactual_words import sentences
from results.why.game import Game, Split

WHOLE = "total"


def counterfactual_rows(found: Counterfactual) -> list[dict[str, Any]]:
    """A row for each game, measure and part; the whole of each last."""
    return [
        {"policy": found.policy, "against": found.baseline, "game": name, **row}
        for name, game in found.each()
        for measure in found.measures
        if (split := game.split(measure)) is not None
        for row in _rows(split)
    ]


def counterfactual_data(found: Counterfactual) -> dict[str, Any]:
    """The same for programs that read JSON, with the parts of each replication."""
    return {
        "replications": found.replications,
        "of_replications": found.of,
        "orders": found.orders or None,
        "compared": [
            {"measure": name, "difference": one.mean} for name, one in found.compared.items()
        ],
        **{name: _game_data(found, name, game) for name, game in found.each()},
    }


def _game_data(found: Counterfactual, name: GameName, game: Game) -> dict[str, Any]:
    splits = {measure: game.split(measure) for measure in found.measures}
    return {
        "parts": list(game.plan.players),
        "simulations_each": game.plan.simulations_each,
        "sentences": sentences(found, name, game),
        "undefined": [measure for measure, split in splits.items() if split is None],
        "rows": [
            {**row, "by_replication": list(values)}
            for split in splits.values()
            if split is not None
            for row, values in zip(
                _rows(split), [*(part.values for part in split.parts), split.values], strict=True
            )
        ],
    }


def _rows(split: Split) -> Iterator[dict[str, Any]]:
    parts = [(part.title, part.found, part.order_error) for part in split.parts]
    for title, found, error in (*parts, (WHOLE, split.whole, 0.0)):
        yield {
            "measure": split.measure,
            "part": title,
            "difference": found.mean,
            "low": found.low,
            "high": found.high,
            "replications": found.n,
            "order_error": error,
        }
