"""Days predicted beside those that came, as charts and a table of the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from results.backtest.backtest import Part
from results.backtest.cells import FIGURES, SLOT_S, Figure
from results.backtest.over_the_day import over_the_day
from results.backtest.scores import BAND, Score
from results.backtest.words import covered, size, value
from scenarios.shares import percent
from tui.parts.band_chart import CAME, BandLook, Bands, band_chart
from tui.parts.scales import hour_labels

SHOWN = FIGURES[:2]
"""Abandonment and mean wait."""
LEGEND = (
    f"{CAME} what came   ━ predicted   ⢕ where {percent(BAND)} of what may come by chance would lie"
)


def by_day(part: Part, figure: Figure) -> Bands:
    """A figure by day."""
    score = part.scores["day"][figure.name]
    labels = {at: f"{date.day} {date:%b}" for at, date in enumerate(part.dates.astype(object))}
    low, high, predicted, came = (
        each.tolist() for each in (score.low, score.high, score.predicted, score.observed)
    )
    return Bands(low, high, predicted, came, labels, _unit(figure))


def by_half_hour(part: Part, figure: Figure, columns: int) -> Bands:
    """A figure by half hour of the day, all days together."""
    found = over_the_day(part, figure)
    starts = [float(slot * SLOT_S) for slot in found.slots]
    return Bands(
        found.low.tolist(),
        found.high.tolist(),
        found.predicted.tolist(),
        found.came.tolist(),
        hour_labels(starts, columns / max(1, len(starts))),
        _unit(figure),
    )


def _unit(figure: Figure) -> str:
    return "share" if figure.percent else "s"


def charts(part: Part, figure: Figure, width: int, height: int, look: BandLook) -> list[list[Text]]:
    """A figure by day and over the day, each as rows of the screen."""
    return [
        band_chart(by_day(part, figure), width, height, look),
        band_chart(by_half_hour(part, figure, width - 8), width, height, look),
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
                f"{size(figure, score.low[0])}–{size(figure, score.high[0])} {_sign(figure)}",
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
    if number != number:
        return "–"
    return f"{100.0 * number:+.1f} points" if figure.percent else f"{number:+.1f} s"


def _sign(figure: Figure) -> str:
    return "%" if figure.percent else "s"
