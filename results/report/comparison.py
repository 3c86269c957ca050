"""The report of policies that were compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from results.charts.sheets import together
from results.charts.titles import (
    BECAUSE,
    COST_AND_BENEFIT,
    DEPENDS_ON,
    SCORECARD,
    TITLES,
    TRADE_OFF,
)
from results.comparison.comparison import Comparison
from results.comparison.reported import deciding
from results.experiments.experiment import Experiment
from results.reading.answer import answer
from results.reading.by import By
from results.reading.endings import endings
from results.reading.interval_table import interval_table
from results.reading.names import title_of_policy, titles_of
from results.reading.table import NET, Row, left_out_of_net, measure_rows, rows_by
from results.report import background, sceptic
from results.report.document import Document, write_html
from results.report.elements import element, listed, section, table
from results.report.figures import (
    PARTS,
    all_rows,
    endings_table,
    figures,
    legend,
    meanings,
    telling,
)
from results.report.formula import next_to_the_formula
from results.report.money import money
from results.report.pictures import Picture, pictures
from results.report.provenance import Provenance, noted, repeating
from results.report.sensitivity import varied
from results.report.stress_des import Reported, stress_des
from results.report.uncertain import in_centres
from results.report.why import explained
from results.sensitivity.swings import Sensitivity
from results.uncertain.answer import Centres
from results.uncertain.words import TITLE as IN_CENTRES
from results.why.account import Accounting

_LEADS = (COST_AND_BENEFIT, TRADE_OFF)
_SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "Money": ("cost",),
    "Waits": (
        *("waits-over-the-day", "distribution-of-waits", "weekdays", "staffing-and-load"),
        "promises-and-resolution",
    ),
    "Complaints": (
        *("path-of-a-complaint", "how-cases-end", "first-contact-resolution"),
        "where-failure-demand-comes-from",
    ),
    "People": (
        *("occupancy", "approvals-over-the-day", "approvals-and-coaching"),
        *("people-week-by-week", "week-by-week"),
    ),
}
"""The sections of pictures; what is in none of them stands where the reasons stand."""

_BY: Mapping[By, str] = {By.REASON: "Complaints", By.GROUP: "People", By.CAUSE: "Complaints"}
"""The section of the table of each kind of part; others are of waits."""

MOST_INTERVALS = 7 * 48
"""Intervals of the interval table in a report: a week of half-hours; the app has all of them."""


def write_report(
    experiment: Experiment,
    comparison: Comparison,
    folder: Path,
    charts: Sequence[Path] = (),
    sensitivity: Sensitivity | None = None,
    why: Accounting | None = None,
    centres: Centres | None = None,
) -> Path:
    """Write the report of a run into its folder; it needs no other file, not even its charts.

    Args:
        experiment: what was run.
        comparison: of its policies, over the whole centre and all measures.
        folder: of the run.
        charts: files from ``draw_all``; of a chart in two formats the SVG is taken.
        sensitivity: what the answer depends on, if it was asked for.
        why: what the difference of a policy is made of, if one of them was asked for; every
            policy is explained against the baseline.
        centres: what centres that fit the figures say, if it was asked for.

    Returns:
        The file that was written.

    Raises:
        ExperimentError: a chart cannot be read, or the file cannot be written.
    """
    made = Provenance.of(experiment, folder)
    document = compared(experiment, comparison, made, charts, sensitivity, why, centres=centres)
    return write_html(document, folder)


def compared(
    experiment: Experiment,
    comparison: Comparison,
    made: Provenance,
    charts: Sequence[Path] = (),
    sensitivity: Sensitivity | None = None,
    why: Accounting | None = None,
    parts: Sequence[Element] = (),
    centres: Centres | None = None,
) -> Document:
    """The report of policies that were compared.

    Args:
        experiment: what was run.
        comparison: of its policies, over the whole centre and all measures.
        made: where the figures come from.
        charts: files from ``draw_all``; of a chart in two formats the SVG is taken.
        sensitivity: what the answer depends on, if it was asked for.
        why: what the difference of a policy is made of, if it was asked for.
        parts: further reasons, of which nothing but their tables is kept.
        centres: what centres that fit the figures say, if it was asked for.

    Raises:
        ExperimentError: a chart cannot be read.
    """
    drawn = pictures(charts)
    scenario, rows = experiment.scenario, measure_rows(comparison)
    title = scenario.title or "Scenario without a title"
    sections = [
        _answer(experiment, comparison, drawn),
        *_reasons(experiment, why, drawn, parts),
        section(
            "The figures",
            *figures(rows, _titles(experiment)),
            element("p", legend(comparison), class_="note"),
        ),
        *_subjects(experiment, comparison, drawn),
        *_what_could_change(experiment, comparison, drawn, sensitivity, centres),
        *_behind(experiment, comparison, made),
    ]
    head = element("header", element("h1", title), *_about(experiment), *noted(made))
    return Document(f"{title}: policies compared", head, tuple(sections))


def _about(experiment: Experiment) -> Iterator[Element]:
    """Question, story, who made it and when."""
    report, story = experiment.scenario.report, experiment.scenario.story
    if report.question:
        yield element("p", report.question, class_="question")
    if story:
        yield element("p", story, class_="story")
    made = [report.author, background.today(), experiment.state]
    yield element("p", " · ".join(part for part in made if part), class_="note")


def _answer(
    experiment: Experiment, comparison: Comparison, drawn: Mapping[str, Picture]
) -> Element:
    """The answer in a line, the scorecard, the picture that leads, a sentence for each policy."""
    said = answer(comparison, experiment.scenario.report.policy)
    verdicts = comparison.verdicts
    lead = [drawn[name].figure for name in _lead(drawn)]
    leading = [_side_by_side(lead[:1], "pictures lead"), _side_by_side(lead[1:])] if lead else []
    return section(
        "What the policies do",
        element("p", together(said), class_="answer"),
        *leading,
        *([listed(map(together, verdicts.values()), class_="verdicts")] if verdicts else []),
        *([element("p", verdicts.overall)] if verdicts.overall else []),
    )


def _lead(drawn: Mapping[str, Picture]) -> list[str]:
    """The scorecard, and the first picture: the one that the scenario puts first, or the trade."""
    card = [SCORECARD] if SCORECARD in drawn else []
    named = {name for names in _SUBJECTS.values() for name in names}
    rest = [name for name in drawn if name not in (SCORECARD, DEPENDS_ON, *BECAUSE)]
    first = rest[:1] if rest and rest[0] not in named else []
    leads = [name for name in _LEADS if name in drawn]
    return list(dict.fromkeys((*card, *first, *leads)))


def _reasons(
    experiment: Experiment,
    why: Accounting | None,
    drawn: Mapping[str, Picture],
    parts: Sequence[Element],
) -> list[Element]:
    """What the differences are made of, and pictures that are of no subject of their own."""
    carried = [drawn[name].figure for name in BECAUSE if name in drawn]
    because = [*explained(experiment, why, carried), *parts]
    named = {name for names in _SUBJECTS.values() for name in names}
    apart = (*named, *_lead(drawn), DEPENDS_ON, *BECAUSE)
    rest = [name for name in drawn if name not in apart]
    shown = [_side_by_side([drawn[name].figure for name in rest])] if rest else []
    return [section("Why the policies differ", *because, *shown)] if because or shown else []


def _side_by_side(figures_: Sequence[Element], class_: str = "pictures") -> Element:
    """Pictures in a row where they are printed, below each other on a screen."""
    return element("div", *figures_, class_=class_)


def _subjects(
    experiment: Experiment, comparison: Comparison, drawn: Mapping[str, Picture]
) -> Iterator[Element]:
    """Money, waits, complaints and people: pictures, and the tables of the parts."""
    tables = dict(_parts(experiment))
    costs = money(experiment, comparison, _titles(experiment))
    for heading, names in _SUBJECTS.items():
        found = [one.figure for name, one in drawn.items() if name in names]
        shown = [_side_by_side(found)] if found else []
        shown += costs if heading == "Money" else []
        shown += [one for of, (subject, one) in tables.items() if subject == heading]
        if shown:
            yield section(heading, *shown)


def _parts(experiment: Experiment) -> Iterator[tuple[str, tuple[str, Element]]]:
    """The tables of the parts of the centre by heading, each with the subject it belongs to."""
    ends, titles = endings(experiment), _titles(experiment)
    if ends:
        heading = f"How {ends.noun} end"
        yield heading, ("Complaints", _under(heading, [endings_table(ends, titles)]))
    for by, measure, heading in PARTS:
        rows = telling(rows_by(experiment, measure, by), nothing_is_an_answer=by != By.CAUSE)
        if len(rows) > 1:
            yield heading, (_BY.get(by, "Waits"), _under(heading, figures(rows, titles)))


def _by_time(experiment: Experiment) -> list[Element]:
    """The interval table of the baseline; of a long horizon its begin."""
    policy = experiment.policies[0]
    found = interval_table(experiment, policy)
    shown = found.rows[:MOST_INTERVALS]
    heading = f"By time: {title_of_policy(experiment.scenario, policy)}"
    if len(shown) < len(found.rows):
        heading += f", the first {len(shown)} intervals"
    if not shown:
        return []
    inside = table(found.titles, shown, class_="figures")
    return [element("details", element("summary", heading), inside)]


def _net(experiment: Experiment, rows: Sequence[Row]) -> list[Element]:
    """What the net measure leaves out, where it is among the figures."""
    shown = any(row.measure == NET for row in rows)
    return [element("p", left_out_of_net(experiment), class_="note")] if shown else []


def _under(heading: str, content: Sequence[Element]) -> Element:
    return element("div", element("h3", heading), *content, class_="part")


def _what_could_change(
    experiment: Experiment,
    comparison: Comparison,
    drawn: Mapping[str, Picture],
    sensitivity: Sensitivity | None,
    centres: Centres | None,
) -> Iterator[Element]:
    """What the answer depends on, what these runs could have seen, and any two policies."""
    if sensitivity is not None:
        figure = [drawn[DEPENDS_ON].figure] if DEPENDS_ON in drawn else []
        yield section(TITLES[DEPENDS_ON], *figure, *varied(sensitivity))
    if centres is not None:
        yield section(IN_CENTRES, *in_centres(centres, deciding(comparison)))
    measures = [row.measure for row in measure_rows(comparison)]
    if visible := sceptic.seen(comparison, measures):
        yield section("What these runs could have seen", *visible)
    if pairs := sceptic.any_two(experiment, comparison, _titles(experiment)):
        yield section("Any two policies", *pairs)


def _behind(experiment: Experiment, comparison: Comparison, made: Provenance) -> Iterator[Element]:
    """What was assumed, what is not modelled, and how to repeat it."""
    rows = measure_rows(comparison)
    if fitting := sceptic.fit(experiment, _titles(experiment)):
        yield section("Held to what is known or expected", *fitting)
    yield section("Compared with a queueing formula", *next_to_the_formula(experiment))
    yield section("What the policies change", *background.policies(experiment))
    assumed = [
        *sceptic.known(experiment),
        *background.assumed(experiment),
        *background.not_known(experiment.scenario),
    ]
    yield section("What is assumed", *assumed, *background.not_modelled())
    yield section("Warnings about the scenario", *background.doubts(experiment))
    computed = background.computing(experiment, comparison.method, made.origin)
    yield section("How it was computed", *computed, *repeating(made))
    whole = all_rows(comparison)
    yield section("What the measures mean", meanings(rows), *_net(experiment, whole))
    every = element(
        "details",
        element("summary", "Every measure"),
        *figures(whole, _titles(experiment)),
    )
    yield stress_des(Reported.comparison(experiment, comparison, made, [r.measure for r in rows]))
    note = "Every measure is in the tables of the run folder; on the screen it stands here."
    yield section("More figures", element("p", note, class_="note"), *_by_time(experiment), every)


def _titles(experiment: Experiment) -> dict[str, str]:
    return titles_of(experiment.scenario, experiment.policies)
