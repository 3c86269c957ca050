"""What the answer depends on: how far each assumption moves the difference that a policy makes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from results.charts import sheets, style
from results.charts.lettering import mark
from results.charts.scales import unit_axis, with_margin
from results.charts.view import View
from results.comparison.estimate import Estimate
from results.measures.definition import Measure
from results.measures.registry import MEASURES
from results.reading import format as words
from results.sensitivity.swings import Sensitivity, Swing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LOW, HIGH = style.SKY, style.BLUE
TURNS = style.VERMILLION
_MOST_ROWS = 6
_TELLING = 0.02
"""An assumption whose bar would be narrower than this share of the axis is left out."""
_ROW_IN, _KEY_IN = 0.42, 0.35
_LABELS_IN, _SPANS_IN = 3.3, 1.0
_BAR, _TICKS_IN = 0.56, 0.3
_VANISH = 3.0
"""Panels have one scale unless that makes the bars of some so many times narrower."""


def draw(view: View) -> Figure | None:
    """A panel of bars for each policy, the largest swing on top; None where nobody asked."""
    found = view.sensitivity
    if found is None or not any(_shown(swings) for swings in found.swings.values()):
        return None
    measure = MEASURES[found.measure]
    rows = {policy: _shown(swings) for policy, swings in found.swings.items()}
    heads = {policy: 0.27 + 0.16 * (1 + _name(view, policy).count("\n")) for policy in rows}
    limits = _scales(rows)
    own = len(set(limits.values())) > 1
    under = _TICKS_IN if own else 0.0
    panels = [heads[p] + _ROW_IN * max(len(shown), 1) + under for p, shown in rows.items()]
    body = _KEY_IN + sum(panels) + 0.65 - under
    notes = [_how_to_read(view, found, own=own), view.source]
    page = sheets.sheet(_message(view, found), notes, body)
    width = 1.0 - (_LABELS_IN + _SPANS_IN) / page.width_in
    top = page.height_in - page.head_in - _KEY_IN
    last: Axes | None = None
    for (policy, shown), height in zip(rows.items(), panels, strict=True):
        bars = height - heads[policy] - under
        box = (_LABELS_IN / page.width_in, (top - height + under) / page.height_in)
        last = page.figure.add_axes((*box, width, bars / page.height_in))
        top -= height
        last.set_xlim(*limits[policy])
        _draw_panel(last, view, policy, shown, measure)
        last.tick_params(labelbottom=own)
    assert last is not None, "there is a policy to compare"
    last.tick_params(labelbottom=True)
    points = ", in points" if measure.unit == "share" else ""
    base = view.titles[view.baseline]
    last.set_xlabel(f"{measure.title}: difference from {base}{points}", color=style.INK)
    _key(page)
    return page.figure


def _shown(swings: Sequence[Swing]) -> list[Swing]:
    """The assumptions whose bar can be seen, and every one that turns the verdict."""
    low, high = _limits(swings)
    least = _TELLING * (high - low)
    moving = [swing for swing in swings if swing.span > 0.0]
    seen = [swing for swing in moving if swing.span > least]
    first = seen[:_MOST_ROWS]
    return first + [swing for swing in moving if swing not in first and swing.turned_at]


def _scales(rows: Mapping[str, Sequence[Swing]]) -> dict[str, tuple[float, float]]:
    """The limits of each panel: the same, unless the bars of some would vanish in it."""
    found = {policy: _limits(shown) for policy, shown in rows.items()}
    widths = [high - low for policy, (low, high) in found.items() if rows[policy]]
    if max(widths) > _VANISH * min(widths):
        return found
    shared = _limits([swing for shown in rows.values() for swing in shown])
    return dict.fromkeys(rows, shared)


def _limits(swings: Sequence[Swing]) -> tuple[float, float]:
    ends = [0.0]
    for swing in swings:
        ends += [one.estimate.mean for one in (swing.as_assumed, swing.at_low, swing.at_high)]
        ends += [end for end in _interval(swing.as_assumed.estimate) if not math.isnan(end)]
    return with_margin(ends, 0.06)


def _interval(found: Estimate) -> tuple[float, float]:
    return found.low, found.high


def _draw_panel(
    axes: Axes, view: View, policy: str, shown: Sequence[Swing], measure: Measure
) -> None:
    style.plain(axes, "x")
    axes.set_ylim(max(len(shown), 1) - 0.5, -0.5)
    axes.set_yticks([])
    unit_axis(axes.xaxis, measure.unit, view.currency, 5, difference=True)
    _head(axes, view, policy, shown)
    style.baseline_line(axes, x=0.0)
    for row, swing in enumerate(shown):
        _draw_bar(axes, row, swing)
        _write(axes, row, swing, measure, view.currency)
    if shown:
        assumed = shown[0].as_assumed.estimate
        if not math.isnan(assumed.half_width):
            axes.axvspan(*_interval(assumed), color=style.GRID, alpha=0.8, zorder=0, gid="interval")
        axes.axvline(assumed.mean, color=style.INK, linewidth=1.4, zorder=4, gid="as assumed")


def _name(view: View, policy: str) -> str:
    return style.wrapped(view.titles[policy], 29, 2)


def _head(axes: Axes, view: View, policy: str, shown: Sequence[Swing]) -> None:
    """Write the policy above its bars, and whether its verdict stands."""
    turning = sum(bool(swing.turned_at) for swing in shown)
    unclear = bool(shown) and shown[0].as_assumed.effect == "unclear"
    said = "no clear difference, whatever is assumed" if unclear else "the verdict stands"
    colour = style.MUTED
    if turning:
        said = f"{turning} of these turn{'s' if turning == 1 else ''} the verdict"
        colour = TURNS
    if not shown:
        said = "nothing that was varied moves its difference"
    sign = view.signs[policy]
    left = -_LABELS_IN + 0.3
    for text, x, weight, ink in (
        (_name(view, policy), left, "bold", style.for_letters(sign.on_paper)),
        (said, 0.0, "normal", style.for_letters(colour) if turning else colour),
    ):
        axes.annotate(
            text,
            (0.0, 1.0),
            xycoords="axes fraction",
            xytext=(72.0 * x, 8.0),
            textcoords="offset points",
            size=style.LETTER_PT,
            weight=weight,
            color=ink,
            va="bottom",
        )


def _draw_bar(axes: Axes, row: int, swing: Swing) -> None:
    middle = swing.as_assumed.estimate.mean
    # Each end in a half of its own: both may lie on the same side.
    for end, there, colour, up in (
        ("low", swing.at_low, LOW, -0.25 * _BAR),
        ("high", swing.at_high, HIGH, 0.25 * _BAR),
    ):
        reach = there.estimate.mean - middle
        axes.barh(
            row + up,
            reach,
            left=middle,
            height=0.5 * _BAR,
            color=colour,
            zorder=3,
            gid=mark(end, swing.keys[0]),
        )


def _write(axes: Axes, row: int, swing: Swing, measure: Measure, currency: str) -> None:
    """Write to the left what is assumed and how far it may be off, to the right how it matters."""
    turned = bool(swing.turned_at)
    ink = style.for_letters(TURNS) if turned else style.INK
    span = words.size(swing.span, measure.unit, currency)
    ends = swing.assumption.written(swing.low, swing.high)
    for text, x, across, up, size, colour in (
        (swing.assumption.title, 0.0, -72.0 * _LABELS_IN + 21.6, 6.0, style.SMALL_PT + 0.5, ink),
        (ends, 0.0, -72.0 * _LABELS_IN + 21.6, -6.0, style.SMALL_PT - 1.0, style.MUTED),
        (span, 1.0, 10.0, 6.0 if turned else 0.0, style.LETTER_PT, ink),
        ("turns it" if turned else "", 1.0, 10.0, -6.0, style.SMALL_PT - 1.0, ink),
    ):
        if text:
            axes.annotate(
                text,
                (x, row),
                xycoords=("axes fraction", "data"),
                xytext=(across, up),
                textcoords="offset points",
                va="center",
                size=size,
                color=colour,
            )


def _key(page: sheets.Sheet) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles = [
        Patch(color=LOW, label="at the low end of its range"),
        Patch(color=HIGH, label="at the high end"),
        Line2D([], [], color=style.INK, linewidth=1.4, label="as assumed"),
        Line2D([], [], color=style.BASELINE, linestyle=(0, (3, 2)), label="no difference"),
    ]
    sheets.key(
        page,
        handles,
        ncols=4,
        columnspacing=1.8,
        fontsize=style.SMALL_PT,
    )


def _message(view: View, found: Sensitivity) -> str:
    title = MEASURES[found.measure].title.lower()
    turned = {policy: found.turning(policy) for policy in found.swings}
    named = [policy for policy, turning in turned.items() if turning]
    if not named:
        return f"Tested {found.tested}: none alone turns a verdict on {title}"
    if len(named) == 1:
        turning = turned[named[0]]
        count = len(turning)
        said = "one figure:" if count == 1 else f"{count} figures, most on"
        first = _lowered(turning[0].assumption.title)
        return f"The verdict on {view.called(named[0])} in {title} depends on {said} {first}"
    told = view.called_together(named[:2]) if len(named) < 3 else f"{len(named)} policies"
    return f"The verdicts on {told} in {title} depend on what is assumed"


def _lowered(title: str) -> str:
    return title[0].lower() + title[1:]


def _how_to_read(view: View, found: Sensitivity, *, own: bool) -> str:
    stopped = "" if found.complete else f", interrupted: {found.planned} were planned"
    scales = "Each policy has a scale of its own. " if own else ""
    return (
        f"Tested: {found.tested}, one at a time; those whose bar is seen are shown. {scales}"
        f"Bars: the difference from {view.titles[view.baseline]} with one figure at either "
        f"end of its range, the same customers as before ({found.replications} "
        f"replications{stopped}). Grey: interval of the difference as assumed. "
        "A verdict turns when the difference shrinks "
        "until it is not clear, or becomes clear, or the opposite. To the right: how far it moves."
    )
