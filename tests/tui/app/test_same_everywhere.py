"""Terminal, app, chart and report show the same of a result: rows, marks, axes and endings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console
from textual.app import App, ComposeResult
from textual.widgets import Static, TabbedContent
from textual_plot import PlotWidget

from results import Experiment, compare, run
from results.charts import CHARTS, TITLES, TRADE_OFF
from results.charts.view import View
from results.facts.endings import ENDINGS
from results.measures.registry import MEASURES
from results.reading import format as numbers
from results.reading.names import titles_of
from results.reading.parts import compared
from results.reading.table import sections, short_title_in, title_in
from results.report import write_report
from scenarios import Scenario, list_scenarios, load, with_changes
from tests.support.outline import Outline
from tui.command_line.answers.comparison_table import tables
from tui.compare.comparison_panes import ComparisonPanes
from tui.compare.comparison_table import ComparisonTable
from tui.parts.endings_table import EndingsTable

NAMES = [shipped.name for shipped in list_scenarios()]
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
        across = str(app.query_one(PlotWidget)._x_label)
        panes.active = "pane-endings"
        await pilot.pause()
        endings = str(app.query_one("#compare-endings", EndingsTable).render())
    return cells, across, key.splitlines()[0], endings


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
        assert " ".join(figures) in " ".join(line.split())
