"""Charts drawn of made-up results, and what can be read off them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from results.charts.catalogue import CHARTS
from results.charts.titles import BECAUSE
from results.charts.view import View
from results.experiments.experiment import Experiment
from results.reading.by import By
from tests.support.made_up_results import sensitivity_of, why_of


def drawn(name: str, experiment: Experiment) -> Figure:
    """One chart of an experiment."""
    why = why_of(experiment) if name in BECAUSE else None
    view = View.of(experiment, sensitivity=sensitivity_of(experiment), why=why, by=By.GROUP)
    figure = CHARTS[name](view)
    assert figure is not None, f"{name} has nothing to show"
    figure.canvas.draw()
    return figure


def words_in(figure: Figure) -> str:
    """Everything that can be read on a page, in lines joined by blanks."""
    return " | ".join(" ".join(text.get_text().split()) for text, _ in texts(figure))


def title_of(figure: Figure) -> str:
    """The message of a chart."""
    (title,) = (text for text in figure.texts if text.get_gid() == "title")
    return " ".join(title.get_text().split())


def texts(figure: Figure) -> Iterator[tuple[Text, Bbox]]:
    """Every text that can be seen, with the room that it takes in pixels."""
    hidden = {label for axes in figure.axes for label in _hidden_ticks(axes)}
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        if text.get_visible() and text.get_text().strip() and text not in hidden:
            # Of an annotation the words alone, without the line that leads to its point.
            yield text, Text.get_window_extent(text)


def overlaps(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts that lie on each other by more than a pixel."""
    found = list(texts(figure))
    boxes = np.array([box.extents for _, box in found])
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    pairs = np.argwhere(np.triu((high - low > 1.0).all(axis=2), k=1))
    return [(found[one][0].get_text(), found[other][0].get_text()) for one, other in pairs]


def ticks_of(axes: Axes, side: str) -> list[str]:
    """What stands along an axis, ``x`` or ``y``."""
    axis = axes.xaxis if side == "x" else axes.yaxis
    hidden = _hidden_ticks(axes)
    return [t.label1.get_text() for t in axis.get_major_ticks() if t.label1 not in hidden]


def _hidden_ticks(axes: Axes) -> set[Text]:
    hidden = set()
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in [*axis.majorTicks, *axis.minorTicks]:
            hidden.add(tick.label2)
            if not low - 1e-9 <= tick.get_loc() <= high + 1e-9 or not tick.label1.get_visible():
                hidden.add(tick.label1)
    return hidden
