"""The report: one file to read, send and print, with pictures, figures and what they mean."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from xml.etree.ElementTree import Element

from results.charts import BECAUSE, DEPENDS_ON, TITLES, TRADE_OFF
from results.comparison.comparison import Comparison
from results.errors import ExperimentError
from results.experiments.experiment import Experiment
from results.reading.endings import endings
from results.reading.interval_table import interval_table
from results.reading.table import NET, Row, left_out_of_net, measure_rows, rows_by
from results.reading.tradeoff import trade_off
from results.report import background
from results.report.elements import element, listed, page, section, table
from results.report.figures import (
    PARTS,
    all_rows,
    endings_table,
    figures,
    legend,
    meanings,
)
from results.report.formula import next_to_the_formula
from results.report.sensitivity import varied
from results.report.why import explained
from results.sensitivity.swings import Sensitivity
from results.why.account import Accounting

__all__ = ["REPORT", "write_report"]

REPORT = "report.html"
"""Name of the file in a run folder."""

MOST_INTERVALS = 7 * 48
"""Intervals of the interval table in a report: a week of half-hours; the app has all of them."""

_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}


def write_report(
    experiment: Experiment,
    comparison: Comparison,
    folder: Path,
    charts: Sequence[Path] = (),
    sensitivity: Sensitivity | None = None,
    why: Accounting | None = None,
) -> Path:
    """Write the report of a run into its folder; it needs no other file, not even its charts.

    Args:
        experiment: what was run.
        comparison: of its policies, over the whole centre and all measures.
        folder: of the run.
        charts: files from ``draw_all``; of a chart in two formats the SVG is taken.
        sensitivity: what the answer depends on, if somebody asked.
        why: what the difference of a policy is made of, if somebody asked for one of them; every
            policy is explained against the baseline.

    Returns:
        The file that was written.

    Raises:
        ExperimentError: a chart cannot be read, or the file cannot be written.
    """
    try:
        html = _page(experiment, comparison, _pictures(charts, comparison), sensitivity, why)
        path = folder / REPORT
        try:
            path.write_text(html, encoding="utf-8")
        except OSError:
            # Half a report is none.
            with suppress(OSError):
                path.unlink(missing_ok=True)
            raise
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        raise ExperimentError(
            f"The report cannot be written to {folder}: {error.strerror}{place}."
        ) from error
    return path


def _page(
    experiment: Experiment,
    comparison: Comparison,
    pictures: Mapping[str, Element],
    sensitivity: Sensitivity | None,
    why: Accounting | None,
) -> str:
    scenario, rows = experiment.scenario, measure_rows(comparison)
    every, parts = all_rows(comparison), _parts(experiment)
    title = scenario.title or "Scenario without a title"
    style = files(__package__).joinpath("report.css").read_text(encoding="utf-8")
    drawn = [pictures[DEPENDS_ON]] if DEPENDS_ON in pictures else []
    others = [picture for name, picture in pictures.items() if name not in (*BECAUSE, DEPENDS_ON)]
    because = explained(experiment, why, [pictures[name] for name in BECAUSE if name in pictures])
    return page(
        f"{title}: policies compared",
        style,
        element("header", element("h1", title), *_story(scenario.story)),
        section("What the policies do", *_verdicts(comparison), *others[:1]),
        section("The figures", figures(rows), element("p", legend(comparison), class_="note")),
        *([section("Why the policies differ", *because)] if because else []),
        *([section("In pictures", *others[1:])] if others[1:] else []),
        *([section(TITLES[DEPENDS_ON], *drawn, *varied(sensitivity))] if sensitivity else []),
        section("Compared with a queueing formula", *next_to_the_formula(experiment)),
        section("What the policies change", *background.policies(experiment)),
        section("What is assumed", *background.assumed(experiment)),
        section("Warnings about the scenario", *background.doubts(experiment)),
        section("How it was computed", *background.computing(experiment, comparison)),
        section(
            "More figures", *parts, *_by_time(experiment), _folded("Every measure", figures(every))
        ),
        section("What the measures mean", meanings(every), *_net(experiment, every)),
    )


def _story(story: str) -> list[Element]:
    return [element("p", story, class_="story")] if story else []


def _verdicts(comparison: Comparison) -> list[Element]:
    verdicts = comparison.verdicts
    parts = [listed(verdicts.values(), class_="verdicts")] if verdicts else []
    return [*parts, *([element("p", verdicts.overall)] if verdicts.overall else [])]


def _parts(experiment: Experiment) -> list[Element]:
    tables = ((heading, rows_by(experiment, measure, by)) for by, measure, heading in PARTS)
    parts = [_folded(heading, figures(rows)) for heading, rows in tables if len(rows) > 1]
    ends = endings(experiment)
    return [*([_folded(f"How {ends.noun} end", endings_table(ends))] if ends else []), *parts]


def _by_time(experiment: Experiment) -> list[Element]:
    """The interval table of the baseline; of a long horizon its begin."""
    policy = experiment.policies[0]
    found = interval_table(experiment, policy)
    shown = found.rows[:MOST_INTERVALS]
    heading = f"By time: {policy}"
    if len(shown) < len(found.rows):
        heading += f", the first {len(shown)} intervals"
    return [_folded(heading, table(found.titles, shown, class_="figures"))] if shown else []


def _net(experiment: Experiment, rows: Sequence[Row]) -> list[Element]:
    """What the net measure leaves out, where it is among the figures."""
    shown = any(row.measure == NET for row in rows)
    return [element("p", left_out_of_net(experiment), class_="note")] if shown else []


def _folded(heading: str, content: Element) -> Element:
    return element("details", element("summary", heading), content)


def _pictures(charts: Sequence[Path], comparison: Comparison) -> dict[str, Element]:
    """One picture for each chart, inside the page, in the order of the charts."""
    titles, traded = dict(TITLES), trade_off(comparison)
    if traded is not None:
        titles[TRADE_OFF] = traded.title
    # The later format of a chart takes the place of the earlier: svg comes after png.
    chosen = {path.stem: path for path in sorted(charts, key=lambda path: path.suffix)}
    ordered = [chosen[name] for name in TITLES if name in chosen]
    return {
        path.stem: element(
            "figure",
            element("img", src=_inside(path), alt=titles[path.stem], loading="lazy"),
        )
        for path in ordered
    }


def _inside(path: Path) -> str:
    return f"data:{_TYPES[path.suffix]};base64,{b64encode(path.read_bytes()).decode('ascii')}"
