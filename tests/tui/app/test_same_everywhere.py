"""Terminal, app, chart and report show the same of a result: rows, marks, axes and endings."""

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.collections import LineCollection
from rich.console import Console
from textual.app import App, ComposeResult
from textual.widgets import Static, TabbedContent

from results import Comparison, Experiment, compare, run
from results.charts.catalogue import CHARTS
from results.charts.scorecard import chosen
from results.charts.titles import TITLES, TRADE_OFF
from results.charts.view import View
from results.facts.endings import ENDINGS
from results.measures.registry import MEASURES
from results.reading import format as numbers
from results.reading.names import titles_of
from results.reading.parts import compared
from results.reading.table import Row, measure_rows, sections, short_title_in, title_in
from results.reading.tradeoff import trade_off
from results.report.comparison import write_report
from scenarios import Scenario, list_scenarios, load, with_changes
from tests.support.outline import Outline
from tui.command_line.answers.comparison_table import tables
from tui.compare.comparison_panes import ComparisonPanes
from tui.compare.comparison_table import ComparisonTable
from tui.compare.trade_off_plot import PointPlot
from tui.parts.cards import ASKED, cards_of
from tui.parts.curve import LYING
from tui.parts.endings_table import EndingsTable
from tui.parts.interval_bar import MEAN, ZERO

NAMES = [shipped.name for shipped in list_scenarios()]
NO_BARS = dict.fromkeys(map(ord, LYING.strip()))
WIDE = 400
"""Columns in which every row of a terminal's table is one line."""


def thin(name: str) -> Scenario:
    """A shipped scenario over two days at most, without warm-up; the textbook with fewer calls.

    What is shown depends on what was found, not on how closely it is known.
    """
    scenario = load(name)
    if name == "textbook":
        fewer = {"reasons.enquiry.volume.per_day": 3_456, "groups.agents.heads": 3}
        scenario = with_changes(scenario, fewer)
    horizon = {"days": min(scenario.horizon.days, 2), "warm_up_days": 0.0}
    return scenario.model_copy(update={"horizon": scenario.horizon.model_copy(update=horizon)})


@pytest.fixture(scope="module", params=NAMES)
def experiment(request: pytest.FixtureRequest) -> Experiment:
    scenario = thin(request.param)
    policies = [scenario.baseline, *scenario.policies][:3]
    return run(scenario, policies=policies, replications=2, seed=5, workers=1)


class Faces(App[None]):
    """The views of the app alone."""

    def compose(self) -> ComposeResult:
        yield ComparisonPanes()


@pytest.fixture(scope="module")
def report(experiment: Experiment, tmp_path_factory: pytest.TempPathFactory) -> Outline:
    folder: Path = tmp_path_factory.mktemp("report")
    picture = folder / f"{TRADE_OFF}.svg"
    picture.write_text("<svg/>")
    path = write_report(experiment, compare(experiment), folder, [picture])
    return Outline(path.read_text(encoding="utf-8"))


def on_the_terminal(experiment: Experiment) -> Iterator[tuple[str, str]]:
    """Measure and line of each row, without the total over all days."""
    comparisons = compared(experiment, None, None)
    console = Console(width=WIDE)
    by_title = {title_in(comparisons[0], name): name for name in MEASURES}
    for _, rows in sections(comparisons, None, experiment.scenario):
        for table in tables(rows, comparisons[0].titles, WIDE):
            with console.capture() as capture:
                console.print(table)
            *_, body = capture.get().partition("─\n")
            for line in body.splitlines():
                titles = [title for title in by_title if line.startswith(f"{title} ")]
                assert titles or line.startswith("the same over"), line
                if titles:
                    title = max(titles, key=len)
                    yield by_title[title], line.removeprefix(title)


async def in_the_app(experiment: Experiment) -> tuple[list[list[str]], str, str, str]:
    """Cells of the table, what the trade-off shows across and upwards, the endings as drawn."""
    app = Faces()
    async with app.run_test(size=(160, 60)) as pilot:
        app.query_one(ComparisonPanes).show_answer(experiment, compare(experiment))
        await pilot.pause()
        table = app.query_one("#compare-table", ComparisonTable)
        cells = [[str(cell) for cell in table.get_row_at(at)] for at in range(table.row_count)]
        panes = app.query_one("#panes", TabbedContent)
        panes.active = "pane-trade"
        await pilot.pause()
        key = str(app.query_one("#trade-off-key", Static).content)
        drawn = str(app.query_one(PointPlot).render()).split("\n")
        across = next((line.strip() for line in reversed(drawn) if line.strip()), "")
        panes.active = "pane-endings"
        await pilot.pause()
        endings = str(app.query_one("#compare-endings", EndingsTable).render())
    return cells, across, drawn[0].strip() or key, endings


async def test_terminal_app_and_report_have_the_same_rows_with_the_same_figures_and_marks(
    experiment: Experiment, report: Outline
) -> None:
    printed = list(on_the_terminal(experiment))
    cells, *_ = await in_the_app(experiment)
    header, *reported = report.tables["The figures"]
    titles_ = [*titles_of(experiment.scenario, experiment.policies).values()]
    assert [name.strip() for name in header[1:]] == titles_
    measures = [name for name, _ in printed]
    comparison = compare(experiment)
    titles = [title_in(comparison, name) for name in measures]
    assert [row[0].strip() for row in reported] == titles
    labels = [row[0].strip().rstrip("…") for row in cells]
    shorts = [short_title_in(comparison, name) for name in measures]
    assert all(map(str.startswith, shorts, labels)), labels
    assert len(labels) == len(measures)
    for (_, line), seen, told in zip(printed, cells, reported, strict=True):
        # The app has no room for the word for points.
        rest = line.replace(" points", "")
        for place, cell in enumerate(seen[1:], start=1):
            value, mark, spread = _taken_apart(cell)
            written = " ".join(part for part in (value, spread, mark) if part)
            before, found, rest = rest.partition(written)
            assert found, (line, written)
            assert not before.strip(), (line, before)
            # The report has the margin of the mean as well, before the difference with its own.
            assert told[place].startswith(f"{value} ")
            assert spread in told[place].replace(" points", "")
            assert "".join(set("✓✗≠") & set(told[place])) == mark
        assert not rest.strip(), line


def _taken_apart(cell: str) -> tuple[str, str, str]:
    """Value, mark and what stands under them in the app: ``  83.1 % ✓\\n+2.0 points\\n±1.1``."""
    upper, *under = cell.split("\n")
    under = [part for part in under if not set(part) & {MEAN, ZERO}]  # the drawn interval
    return upper[:-1].strip(), upper[-1].strip(), " ".join(part.strip() for part in under).strip()


async def test_app_chart_and_report_lay_the_same_measure_against_waits(
    experiment: Experiment, report: Outline
) -> None:
    figure = CHARTS[TRADE_OFF](View.of(experiment))
    _, across, upwards, _ = await in_the_app(experiment)
    if figure is None:
        assert upwards.startswith("Nobody waits on a line here")
        return
    (axes,) = figure.axes
    assert axes.get_xlabel().startswith(across)
    shown, _, _ = axes.get_ylabel().partition(":")
    assert f"{shown}, upwards" == upwards
    assert TITLES[TRADE_OFF] in report.section("What the policies do")


def test_app_and_chart_draw_the_same_intervals_of_the_differences_in_the_trade_off(
    experiment: Experiment,
) -> None:
    figure, comparison = CHARTS[TRADE_OFF](View.of(experiment)), compare(experiment)
    view = trade_off(comparison)
    if figure is None or view is None:
        assert figure is None or len(experiment.policies) == 1
        return
    base = view.points[0]
    assert (base.x_margin, base.y_margin) == (0.0, 0.0)
    in_the_app = []
    for one in view.points[1:]:
        x, y = one.x - base.x, one.y - base.y
        in_the_app += [(_ends(x, one.x_margin), (y, y))] if one.x_margin else []
        in_the_app += [((x, x), _ends(y, one.y_margin))] if one.y_margin else []
    drawn = [
        tuple((low, high) for low, high in zip(*segment, strict=True))
        for lines in figure.axes[0].collections
        if isinstance(lines, LineCollection)
        for segment in lines.get_segments()
    ]
    _assert_same(drawn, in_the_app)


def test_app_and_chart_draw_the_same_intervals_of_the_differences_in_cards_and_table(
    experiment: Experiment,
) -> None:
    view, comparison = View.of(experiment), compare(experiment)
    rows = {row.measure: row for row in measure_rows(comparison)}
    for name, row in rows.items():
        for policy, reading in view.measured(name).items():
            interval, shift = row.cells[policy].interval, reading.shift
            if shift is None or math.isnan(shift.mean):
                assert interval is None
                continue
            assert interval is not None
            ends = shift.mean - shift.half_width, shift.mean, shift.mean + shift.half_width
            assert interval == pytest.approx(ends, nan_ok=True)
    for policy in comparison.others:
        for card, names in zip(cards_of(comparison, policy), _asked(rows), strict=True):
            expected = rows[names].cells[policy].interval or (math.nan,) * 3
            assert card.interval == pytest.approx(expected, nan_ok=True)
    _assert_scorecard(view, comparison, rows)


def _asked(rows: Mapping[str, Row]) -> list[str]:
    return [name for names in ASKED for name in [one for one in names if one in rows][:1]]


def _assert_scorecard(view: View, comparison: Comparison, rows: Mapping[str, Row]) -> None:
    """The lines of the scorecard end where the bars of the app's table end."""
    figure = CHARTS["scorecard"](view)
    if figure is None:
        return
    for axes, name in zip(figure.axes, chosen(view), strict=True):
        lines = [line for line in axes.lines if len(line.get_xdata()) == 2]
        drawn = [tuple(line.get_xdata()) for line in lines if set(line.get_xdata()) != {0.0}]
        cells = [rows[name].cells[policy].interval for policy in comparison.others]
        ends = [(one[0], one[2]) for one in cells if one is not None and one[0] != one[2]]
        for low, high in ends:
            assert any(pair == pytest.approx((low, high)) for pair in drawn), name


def _ends(value: float, margin: float) -> tuple[float, float]:
    return value - margin, value + margin


def _assert_same(first: Sequence[Any], second: Sequence[Any]) -> None:
    flat = [
        sorted(tuple(round(end, 6) for pair in one for end in pair) for one in found)
        for found in (first, second)
    ]
    assert len(flat[0]) == len(flat[1])
    assert np.allclose(np.array(flat[0]), np.array(flat[1]), atol=2e-6)


async def test_app_chart_and_report_say_the_same_of_how_cases_end(
    experiment: Experiment, report: Outline
) -> None:
    figure = CHARTS["how-cases-end"](View.of(experiment))
    *_, seen = await in_the_app(experiment)
    assert figure is not None
    (axes,), (key,) = figure.axes, figure.legends
    noun = axes.get_xlabel().removeprefix("Share of ")
    assert f"How {noun} end" in seen
    _, *rows = report.tables[f"How {noun} end"]
    named = {text.get_text() for text in key.get_texts()}
    assert {row[0].strip().capitalize() for row in rows} == named
    drawn = {str(bar.get_gid()): [] for bar in axes.patches}
    for bar in axes.patches:
        drawn[str(bar.get_gid())].append(bar.get_width())
    by_words = {words: drawn[f"piece:{ending}"] for ending, words in ENDINGS.items()}
    lines = seen.splitlines()
    for name, *shares in rows:
        words = name.strip()
        figures = [numbers.share(share) for share in by_words[words]]
        assert [share.strip() for share in shares] == figures
        (line,) = (one for one in lines if words[:20] in one)
        assert " ".join(figures) in " ".join(line.translate(NO_BARS).split())
