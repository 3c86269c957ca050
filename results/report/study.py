"""The report of a study: what a knob does, where a goal is reached, what a policy is worth."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from results.charts import frontier, study, sweep
from results.comparison.estimate import Estimate
from results.measures.registry import MEASURES
from results.reading import format as numbers
from results.reading.listing import joined
from results.reading.notation import Notation, notation
from results.report import background
from results.report.document import Document
from results.report.elements import Content, element, listed, section, table
from results.report.figures import MOST, meanings_of
from results.report.pictures import Picture, pictures
from results.report.provenance import Provenance, noted, repeating
from results.report.stress_des import Reported, stress_des
from results.studies.choice import MAP, PICTURES
from results.studies.goal import worth
from results.studies.kept import PastStudy
from results.studies.plan import AS_IT_IS, Place
from results.studies.study import Study
from results.studies.study_file import StudyFile
from results.studies.words import (
    READ_OFF,
    crossing_words,
    goal_title,
    goal_words,
    place_in_words,
    title,
    turning_words,
    worth_words,
    written_in,
)
from scenarios import Scenario
from scenarios.policies.policy_set import PolicySet

MOST_ROWS = 200
"""Points in a table of a report; study.csv of the run folder has all of them."""


def studied(past: PastStudy, made: Provenance, charts: Sequence[Path] = ()) -> Document:
    """The report of a study.

    Args:
        past: what was asked and found, with at least one replication.
        made: where the figures come from.
        charts: files of its pictures.

    Raises:
        ExperimentError: a picture cannot be read.
    """
    asked, found = past.asked, past.study
    shown = asked.shown(found)
    drawn = pictures(charts, _titles(found, charts))
    scenario = found.plan.scenario
    heading = asked.title or f"{scenario.title or 'Scenario without a title'}: {_subject(found)}"
    sections = [
        _answer(asked, found, shown, drawn),
        section("The figures", *_figures(found, shown)),
        *_differences(found, shown),
        section("What is varied", *_varied(found)),
        section("What is assumed", *background.assumed(_plain(found)), *background.not_modelled()),
        section("Warnings about the scenario", *background.doubts(_plain(found))),
        section(
            "How it was computed",
            *background.computing(found.experiment, _method(found), made.origin, found.state),
            *repeating(made),
        ),
        section("What the measures mean", meanings_of(shown)),
        stress_des(_reported(asked, found, made, shown)),
    ]
    about = (*_about(asked, found, heading), *noted(made))
    head = element("header", element("h1", heading), *about)
    return Document(f"{heading}: a study", head, tuple(sections))


def _subject(found: Study) -> str:
    factors = joined([factor.name for factor in found.plan.factors])
    if found.plan.beside is not None:
        return f"what {found.plan.called(found.plan.beside)} is worth in {factors}"
    return f"what {factors} {'does' if len(found.plan.factors) == 1 else 'do'}"


def _about(asked: StudyFile, found: Study, heading: str) -> Iterator[Element]:
    scenario = found.plan.scenario
    question = asked.question or scenario.report.question
    if question and question != heading:
        yield element("p", question, class_="question")
    if scenario.story:
        yield element("p", scenario.story, class_="story")
    made = [asked.author or scenario.report.author, background.today(), found.state]
    yield element("p", " · ".join(part for part in made if part), class_="note")


def _titles(found: Study, charts: Sequence[Path]) -> dict[str, str]:
    """What each picture shows, in the order of the files."""
    titles = dict(PICTURES)
    for path in charts:
        kind, _, measure = path.stem.partition("-")
        if kind == MAP and measure in MEASURES:
            titles[path.stem] = f"{PICTURES[MAP]}: {title(found, measure).lower()}"
    return titles


def _answer(
    asked: StudyFile, found: Study, shown: Sequence[str], drawn: dict[str, Picture]
) -> Element:
    """The answer in a line, a sentence for each policy and measure, the pictures."""
    said = list(_sought(asked, found, shown))
    one = len(found.plan.factors) == 1 and found.plan.factors[0].is_ordered
    turning = [
        f"{title(found, name)}. {words}"
        for name in shown
        for policy in found.plan.policies
        if one and (words := turning_words(found, policy, name))
    ]
    lead, *rest = [*said, *turning] if said else [_message(found, shown), *turning]
    figures = [picture.figure for picture in drawn.values()]
    return section(
        "What the study says",
        element("p", lead if lead.endswith(".") else f"{lead}.", class_="answer"),
        *([listed(rest, class_="verdicts")] if rest else []),
        *([element("p", READ_OFF, class_="note")] if said else []),
        *([element("div", *figures, class_="pictures")] if figures else []),
    )


def _sought(asked: StudyFile, found: Study, shown: Sequence[str]) -> Iterator[str]:
    """At which level a goal is reached, or the baseline does as well as a policy."""
    if asked.goal is not None:
        for policy in found.plan.policies:
            level = goal_words(found, asked.goal, policy)
            yield f"{goal_title(found, asked.goal)}. {_called(found, policy)}: {level}"
    if asked.worth is not None:
        (factor,), (baseline,) = found.plan.factors, found.plan.policies
        levels = "; ".join(
            f"{title(found, name).lower()} "
            f"{crossing_words(worth(found, asked.worth, baseline, name), factor)}"
            for name in shown
        )
        yield (
            f"What “{_called(found, asked.worth)}” is worth in {factor.name} of "
            f"“{_called(found, baseline)}”: {levels}"
        )
        yield from (worth_words(found, asked.worth, name) for name in shown)


def _message(found: Study, shown: Sequence[str]) -> str:
    one = len(found.plan.factors) == 1
    if one and found.plan.factors[0].is_ordered and found.replications > 1:
        return sweep.message(found, shown)
    if len(frontier.frontier_measures(found)) > 1:
        return frontier.message(found)
    return sweep.message(found, shown) if one else study.effects_message(found, shown)


def _figures(found: Study, shown: Sequence[str]) -> Iterator[Element]:
    """A table of the points for each measure, and how to read it."""
    for name in shown:
        form = written_in(found, name)

        def written(place: Place, name: str = name, form: Notation = form) -> str:
            one = found.level(place, name)
            return f"{form.value(one.mean)} {form.margin(one.half_width)}".rstrip()

        yield element("h3", title(found, name))
        yield from _points(found, found.plan.policies, written)
        if found.plan.beside is not None:
            place = (found.plan.beside, AS_IT_IS)
            said = f"{place_in_words(found, place)}, as it is: {written(place)}."
            yield element("p", said)
    if len(found.plan.points) > MOST_ROWS:
        said = f"The first {MOST_ROWS} of {len(found.plan.points)} points; study.csv has all."
        yield element("p", said, class_="note")
    yield element("p", _legend(found), class_="note")


def _points(
    found: Study, policies: Sequence[str], written: Callable[[Place], str]
) -> Iterator[Element]:
    """A row for each point, a column for each factor and policy; few policies to a table."""
    factors = found.plan.factors
    for start in range(0, len(policies), MOST):
        part = policies[start : start + MOST]
        rows: list[list[Content]] = [
            [
                *(factor.written(point[factor.key]) for factor in factors),
                *(written((policy, at)) for policy in part),
            ]
            for at, point in enumerate(found.plan.points[:MOST_ROWS])
        ]
        head = [*(factor.name for factor in factors), *(_called(found, one) for one in part)]
        yield table(head, rows, class_="figures")


def _called(found: Study, policy: str) -> str:
    return found.plan.title_of(policy)


def _differences(found: Study, shown: Sequence[str]) -> Iterator[Element]:
    """What each policy at each point differs by from what it is set against."""
    against = found.plan.opposites
    places = {name: place for place, name in found.plan.names.items()}
    opposite = {places[name]: places[other] for name, other in against.items()}
    if found.replications < 2 or not opposite:
        return
    policies = [p for p in found.plan.policies if any(place[0] == p for place in opposite)]
    currency = found.plan.scenario.costs.currency
    content: list[Element] = [element("p", _against(found), class_="note")]
    for name in shown:
        unit = MEASURES[name].unit

        def written(place: Place, name: str = name, unit: str = unit) -> str:
            if place not in opposite:
                return ""
            return _moved(found.difference(place, opposite[place], name), unit, currency)

        content += [element("h3", title(found, name)), *_points(found, policies, written)]
    yield section("The differences", *content)


def _moved(moved: Estimate, unit: str, currency: str) -> str:
    if math.isnan(moved.mean):
        return numbers.UNDEFINED
    form = notation((moved.mean,), unit, currency)
    sure = "" if moved.excludes_zero or moved.mean == 0.0 else " (may be chance)"
    return f"{form.change(moved.mean)} {form.margin(moved.half_width)}{sure}"


def _against(found: Study) -> str:
    """What a difference is from, and which interval it has."""
    plan = found.plan
    if plan.beside is not None:
        other = f"from {_called(found, plan.beside)} as it is"
    elif len(plan.policies) > 1:
        other = f"from {_called(found, plan.policies[0])} at the same point"
    else:
        other = "from the first point"
    return (
        f"Each difference is {other}, replication by replication with the same customers; ± is its "
        "95 % interval, point by point."
    )


def _varied(found: Study) -> Iterator[Element]:
    rows: list[list[Content]] = [
        [
            element("code", factor.key),
            ", ".join(map(factor.written, factor.levels)),
        ]
        for factor in found.plan.factors
    ]
    yield table(["Key", "Levels"], rows, class_="facts")
    count = len(found.plan.points)
    yield element("p", f"{count} point{'s' if count != 1 else ''}, each under every policy below.")
    yield from background.policies(_plain(found))


@dataclass(frozen=True)
class _Centre:
    """The scenario before anything was varied, with the policies that were run."""

    scenario: Scenario
    policies: tuple[str, ...]
    under: Mapping[str, Scenario]


def _plain(found: Study) -> _Centre:
    plan = found.plan
    policies = tuple(dict.fromkeys((*plan.policies, *(policy for policy, _ in plan.names))))
    return _Centre(plan.scenario, policies, PolicySet.of(plan.scenario).under)


def _legend(found: Study) -> str:
    if found.replications < 2:
        return "One replication: there are no intervals, and differences may be chance."
    return f"± is the 95 % interval of a mean over {found.replications} replications."


def _method(found: Study) -> str:
    if found.replications < 2:
        return "One replication: no intervals, so a difference may be chance."
    return (
        f"Means over {found.replications} replications with 95 % t intervals. Every policy meets "
        "the same customers at every point, so points are compared replication by replication; "
        "“best” and “from … on” are decided by paired intervals, adjusted for the number of points "
        "(Bonferroni), and by as much as matters ([relevance]). A level at which something is "
        "reached "
        "is read off a straight line between two levels, with the levels at which the ends of the "
        "interval reach it."
    )


def _reported(asked: StudyFile, found: Study, made: Provenance, shown: Sequence[str]) -> Reported:
    plan = found.plan
    factors = "; ".join(
        f"{factor.key} at {', '.join(map(factor.written, factor.levels))}"
        for factor in plan.factors
    )
    policies = ", ".join(_called(found, policy) for policy in plan.policies)
    aims = f"Varied: {factors}. Under: {policies}."
    if asked.goal is not None:
        aims += f" Sought: the level with {asked.goal.text}."
    if asked.worth is not None:
        aims += f" Sought: the level at which it does as well as {_called(found, asked.worth)}."
    centre = _plain(found)
    under = {policy: centre.under[policy] for policy in centre.policies}
    return Reported(
        plan.scenario,
        found.state,
        found.experiment.seed,
        under,
        made,
        shown,
        aims,
        _method(found),
        asked.question,
    )
