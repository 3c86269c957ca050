"""Days predicted beside those that came, as charts and a table of the terminal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rich.text import Text

from results.backtest.backtest import Part
from results.backtest.cells import FIGURES, SLOT_S, Figure
from results.backtest.scores import BAND, Score
from results.backtest.words import covered, size, value
from tui.parts.band_chart import CAME, BandLook, Bands, band_chart
from tui.parts.scales import hour_labels

SHOWN = FIGURES[:2]
"""Abandonment and mean wait."""
LEAST_CALLS = 10
"""Calls of all days together from which a half hour is drawn."""
LEGEND = (
    f"{CAME} what came   ━ predicted   ⢕ where {100 * BAND:.0f} % of what may come by chance "
    "would lie"
)


def by_day(part: Part, figure: Figure) -> Bands:
    """A figure by day."""
    score = part.scores["day"][figure.name]
    labels = {at: str(date)[5:] for at, date in enumerate(part.dates)}
    low, high, predicted, came = (
        each.tolist() for each in (score.low, score.high, score.predicted, score.observed)
    )
    return Bands(low, high, predicted, came, labels, _unit(figure))


def over_the_day(part: Part, figure: Figure, columns: int) -> Bands:
    """A figure by half hour of the day, all days together."""
    seen, each = part.observed.sum(axis=0), part.cells.sum(axis=1)
    slots = np.flatnonzero(seen[:, 0] >= LEAST_CALLS)
    slots = slots if len(slots) else np.flatnonzero(seen[:, 0] > 0)
    made = figure.of(each)[:, slots]
    made = np.where(np.isnan(made).all(axis=0), 0.0, made)
    low, high = np.nanquantile(made, [(1 - BAND) / 2, (1 + BAND) / 2], axis=0)
    starts = [float(slot * SLOT_S) for slot in slots]
    predicted, came = (figure.of(counts)[slots] for counts in (each.mean(axis=0), seen))
    return Bands(
        low.tolist(),
        high.tolist(),
        predicted.tolist(),
        came.tolist(),
        hour_labels(starts, columns / max(1, len(starts))),
        _unit(figure),
    )


def _unit(figure: Figure) -> str:
    return "share" if figure.percent else "s"


def charts(part: Part, figure: Figure, width: int, height: int, look: BandLook) -> list[list[Text]]:
    """A figure by day and over the day, each as rows of the screen."""
    return [
        band_chart(by_day(part, figure), width, height, look),
        band_chart(over_the_day(part, figure, width - 8), width, height, look),
    ]


def totals(part: Part) -> list[tuple[str, ...]]:
    """Each figure in all: what came, what was predicted, its band, its bias, and Erlang A's."""
    rows: list[tuple[str, ...]] = [("in all", "came", "predicted", "80 % band", "bias", "Erlang A")]
    for name, score in part.scores["all"].items():
        figure = score.figure
        rows.append(
            (
                figure.title,
                value(figure, score.observed[0]),
                value(figure, score.predicted[0]),
                f"{size(figure, score.low[0])}–{size(figure, score.high[0])}",
                _signed(figure, score.bias),
                value(figure, part.erlang_a["all"][name].predicted[0]),
            )
        )
    return rows


def errors(part: Part, level: str, title: str) -> list[tuple[str, ...]]:
    """Each figure at a level: how far it is off, by chance alone, in its band, and Erlang A."""
    rows: list[tuple[str, ...]] = [(title, "error", "by chance", "in band", "Erlang A")]
    scores: Sequence[tuple[str, Score]] = list(part.scores[level].items())
    for name, score in scores:
        figure = score.figure
        rows.append(
            (
                f"{figure.title}, {'points' if figure.percent else 's'}",
                size(figure, score.rmse),
                size(figure, score.floor),
                covered(score),
                size(figure, part.erlang_a[level][name].rmse),
            )
        )
    return rows


def _signed(figure: Figure, number: float) -> str:
    return "–" if number != number else f"{(100 if figure.percent else 1) * number:+.1f}"
