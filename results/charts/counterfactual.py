"""What a difference comes from when things are left out: by change, and by mechanism."""

from __future__ import annotations

from typing import TYPE_CHECKING

from results.charts import sheets
from results.charts.view import View
from results.charts.waterfall import Step, draw_key, draw_panel, panel
from results.reading.names import in_a_sentence
from results.why.counterfactual import Counterfactual, GameName
from results.why.counterfactual_words import (
    LEGENDS,
    TITLES,
    WHOLE,
    change,
    head,
    headline,
    is_sure,
    margin,
    ordered,
)
from results.why.game import Split

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_HEAD_IN, _KEY_IN, _ROW_IN = 0.36, 0.34, 0.27
_EDGE_IN = 0.3


def draw(name: GameName, view: View) -> Figure | None:
    """The waterfall of a game for the first measure that differs; None where nobody asked."""
    found = view.why.counterfactual if view.why is not None else None
    if found is None or found.first is None:
        return None
    split = found.games[name].split(found.first)
    assert split is not None, "both games split the first measure"
    steps = steps_of(found, split)
    body = _KEY_IN + _HEAD_IN + _ROW_IN * len(steps) + 0.16
    said = f"{TITLES[name]}? {in_a_sentence(found.title)}: {headline(found, name, split)}"
    page = sheets.sheet(said, [_how_to_read(found, name), _source(found, view)], body)
    top = page.height_in - page.head_in - _KEY_IN - _HEAD_IN
    axes = panel(page, _EDGE_IN, top, page.width_in - 2.0 * _EDGE_IN, len(steps))
    draw_panel(axes, head(found, split), steps)
    draw_key(page)
    return page.figure


def steps_of(found: Counterfactual, split: Split) -> list[Step]:
    """The bars: every part, the biggest first, and the whole."""
    measure = split.measure
    steps = [
        Step(
            part.title,
            part.found.mean,
            part.found.half_width,
            change(found, measure, part.found.mean),
            margin(measure, part.found),
            is_sure(found, measure, part),
        )
        for part in ordered(split)
    ]
    whole = split.whole
    said = change(found, measure, whole.mean), margin(measure, whole)
    return [*steps, Step(WHOLE, whole.mean, whole.half_width, *said, filled=True, whole=True)]


def _how_to_read(found: Counterfactual, name: GameName) -> str:
    certain = (
        " A filled bar is more than chance by its own 95 % interval."
        if found.replications > 1
        else " One replication: parts may be chance."
    )
    return f"{LEGENDS[name]} The parts add up to the difference in all.{certain}"


def _source(found: Counterfactual, view: View) -> str:
    if found.replications == found.of:
        return view.source
    return f"The parts are those of the first {found.replications} replications. {view.source}"
