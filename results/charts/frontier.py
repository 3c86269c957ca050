"""The frontier of a study: waits, first contact and money of every policy at every point."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from results.charts import sheets, style
from results.charts.labels import Line, Name, name_points
from results.charts.lettering import mark
from results.charts.scales import unit_axis, with_margin
from results.charts.sweep import draw_key, source
from results.charts.tradeoff import good_corner
from results.measures.registry import MEASURES
from results.reading import format as words
from results.reading.signs import Sign, signs_in
from results.studies.choice import usual_measures
from results.studies.frontier import frontier
from results.studies.plan import AS_IT_IS, Place
from results.studies.study import Study
from results.studies.words import place_in_words, title, varies

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_BODY_IN, _KEY_IN = 5.4, 0.45
_MOST_NAMES = 9
_SMALLEST, _LARGEST = 5.0, 13.0
_PALE = "#BDBDBD"

Means = dict[Place, tuple[float, ...]]


def draw(study: Study) -> Figure | None:
    """Waits across, first contact up, money by the size of the sign; None without both axes."""
    measures = frontier_measures(study)
    means = _means(study, measures)
    if len(measures) < 2 or len(means) < 2:
        return None
    front = frontier(means, [MEASURES[name].better for name in measures])
    named = _spread(means, front)
    page = sheets.sheet(message(study), _notes(study, measures, front, named), _BODY_IN + _KEY_IN)
    axes = page.figure.add_subplot(page.grid(left_in=1.1, top_in=_KEY_IN, bottom_in=0.5)[0])
    style.plain(axes, "both")
    points = np.array([value[:2] for value in means.values()])
    axes.set_xlim(*with_margin(list(points[:, 0]), 0.14))
    axes.set_ylim(*with_margin(list(points[:, 1]), 0.14))
    currency = study.plan.scenario.costs.currency
    for axis, name in ((axes.xaxis, measures[0]), (axes.yaxis, measures[1])):
        unit_axis(axis, MEASURES[name].unit, currency)
    axes.set_xlabel(title(study, measures[0]), color=style.INK)
    axes.set_ylabel(title(study, measures[1]), color=style.INK)
    _draw_points(axes, study, means, front)
    corner = good_corner(axes, MEASURES[measures[0]], MEASURES[measures[1]])
    names = [_name(study, place, means[place], measures) for place in named]
    others = [_sign(axes, means[place]) for place in means if place not in named]
    spots = [(means[place][0], means[place][1]) for place in named]
    name_points(axes, spots, names, others, corner)
    draw_key(page, study, _signs(study))
    return page.figure


def frontier_measures(study: Study) -> tuple[str, ...]:
    """Wait, first contact and money, or the first two; none where one of these never varies."""
    usual = [name for name in usual_measures(study) if varies(study, name)]
    across = [name for name in usual if name in ("wait_all", "response_time")]
    up = [name for name in usual if name in ("fcr_complaints", "fcr")]
    return (*across[:1], *up[:1], *usual[2:]) if across and up else ()


def _means(study: Study, measures: Sequence[str]) -> Means:
    """The means of each place at which all of them are defined."""
    found = {
        place: tuple(study.level(place, name).mean for name in measures)
        for place in study.plan.names
    }
    return {place: one for place, one in found.items() if not any(map(math.isnan, one))}


def _signs(study: Study) -> dict[str, Sign]:
    policies = dict.fromkeys((*study.plan.policies, *(policy for policy, _ in study.plan.names)))
    return signs_in(study.plan.scenario, policies)


def _sizes(means: Means) -> dict[Place, float]:
    """How large each sign is: by the last measure where there are three."""
    money = np.array([one[2] if len(one) > 2 else 0.0 for one in means.values()])
    span = money.max() - money.min()
    scaled: NDArray[np.float64] = (money - money.min()) / span if span else np.full(len(money), 0.4)
    sizes = _SMALLEST + (_LARGEST - _SMALLEST) * scaled
    return dict(zip(means, map(float, sizes), strict=True))


def _draw_points(axes: Axes, study: Study, means: Means, front: Sequence[Place]) -> None:
    signs, sizes = _signs(study), _sizes(means)
    for place in sorted(means, key=lambda one: one in front):
        policy, at = place
        ahead = place in front
        axes.plot(
            *means[place][:2],
            marker=signs[policy].marker,
            markersize=sizes[place],
            color=signs[policy].on_paper if ahead else _PALE,
            markeredgecolor="white",
            markeredgewidth=0.6,
            linestyle="none",
            zorder=4 if ahead else 2,
            gid=mark("frontier" if ahead else "beaten", f"{policy} {at}"),
        )


def _sign(axes: Axes, means: tuple[float, ...]) -> Line:
    """A sign that names should not lie on, as a line across it."""
    (left, right), reach = axes.get_xlim(), 0.008
    across = reach * (right - left)
    return (means[0] - across, means[1]), (means[0] + across, means[1])


def _name(study: Study, place: Place, means: tuple[float, ...], measures: Sequence[str]) -> Name:
    colour = style.for_letters(_signs(study)[place[0]].on_paper)
    below = ""
    if len(means) > 2:
        unit, currency = MEASURES[measures[2]].unit, study.plan.scenario.costs.currency
        below = f"\n{words.value(means[2], unit, currency)}"
    return Name(f"{style.wrapped(_levels(study, place), 26, 2)}{below}", colour)


def _levels(study: Study, place: Place) -> str:
    """The level of each factor, by the last word of its key; a policy as it is by its title."""
    policy, at = place
    if at == AS_IT_IS:
        return study.plan.title_of(policy)
    point, factors = study.plan.points[at], study.plan.factors
    return ", ".join(f"{one.name.split('.')[-1]} {one.written(point[one.key])}" for one in factors)


def _spread(means: Means, front: Sequence[Place]) -> list[Place]:
    """The points that are named: the best by each measure, then those furthest from the named."""
    if len(front) <= _MOST_NAMES:
        return list(front)
    values = np.array([means[place] for place in front])
    span = values.max(axis=0) - values.min(axis=0)
    scaled = (values - values.min(axis=0)) / np.where(span > 0.0, span, 1.0)
    chosen = list(dict.fromkeys((*scaled.argmin(axis=0), *scaled.argmax(axis=0))))
    while len(chosen) < _MOST_NAMES:
        away = np.linalg.norm(scaled[:, None, :2] - scaled[None, chosen, :2], axis=2).min(axis=1)
        chosen.append(int(away.argmax()))
    return [front[number] for number in sorted(set(chosen[:_MOST_NAMES]))]


def message(study: Study) -> str:
    """How many choices are left, and which of them costs least, in one sentence."""
    measures = frontier_measures(study)
    means = _means(study, measures)
    front = frontier(means, [MEASURES[name].better for name in measures])
    of = ", ".join(title(study, name).lower() for name in measures)
    beaten = len(means) - len(front)
    if not beaten:
        return f"Each of {len(means)} choices is best in something: {of}"
    if len(front) == 1:
        return f"{place_in_words(study, front[0])} beats all others at once: {of}"
    last = measures[-1]
    turned = -1.0 if MEASURES[last].better == "higher" else 1.0
    best = min(front, key=lambda place: turned * means[place][-1])
    unit, currency = MEASURES[last].unit, study.plan.scenario.costs.currency
    value = words.value(means[best][-1], unit, currency)
    return (
        f"{beaten} of {len(means)} choices are beaten by another in everything; of the other "
        f"{len(front)} the best in {title(study, last).lower()} is {place_in_words(study, best)}: "
        f"{value}"
    )


def _notes(
    study: Study, measures: Sequence[str], front: Sequence[Place], named: Sequence[Place]
) -> list[str]:
    said = "Each sign is a policy at a point. "
    if len(measures) > 2:
        said += f"The larger it is, the higher: {title(study, measures[2]).lower()}. "
    if len(front) < len(_means(study, measures)):
        said += "Grey: another one is at least as good in all and better in one, by the means."
    if len(named) < len(front):
        said += f" {len(named)} of {len(front)} in colour have their names."
    return [said, source(study)]
