"""The table of a comparison and its headline: whole, drawn, and in their columns on any screen."""

from collections.abc import Mapping
from pathlib import Path
from typing import cast

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Static

from results import Experiment, compare
from results.reading.answer import answer
from results.reading.signs import faces_of
from results.reading.table import measure_rows
from scenarios import Scenario, load, load_text, path_of, with_changes
from tests.tui.app.canned_answers import experiment_of, told
from tests.tui.app.fake_runner import FakeRunner
from tests.tui.app.pilot import settled
from tui.app.app import FirstlineApp
from tui.compare.comparison_panes import ComparisonPanes
from tui.compare.comparison_table import ComparisonTable
from tui.parts.interval_bar import MEAN, ZERO
from tui.parts.point_chart import Axis, Spot, point_chart

LONG = (
    "Let every agent on the front line settle whatever a customer is owed, up to €150 by the "
    "table, without asking anybody, and keep what was promised 🙂"
)
SIZES = [(80, 24), (120, 40), (200, 60)]


def crowded(title: str, policies: int) -> str:
    """The shipped centre with policies of one title, each a little better than the one before."""
    text = path_of("retail-complaints").read_text(encoding="utf-8")
    head, _, _ = text.partition("[policies.")
    assert 'baseline = "ask-the-boss"' in head
    return head + "".join(
        f'\n[policies.p{number}]\ntitle = "{title} ({number})"\n'
        f'changes."groups.front_line.heads +=" = {number + 1}\n'
        for number in range(policies)
    )


async def compared(app: FirstlineApp, pilot: Pilot[None], runner: FakeRunner) -> ComparisonPanes:
    await settled(pilot)
    await pilot.press("3")
    await settled(pilot)
    await pilot.press("x")
    await settled(pilot)
    job = runner.last
    job.tell(told(job.request, 10, "done"))
    await settled(pilot)
    return app.screen.query_one(ComparisonPanes)


def opened(app: FirstlineApp, folder: Path, text: str) -> Scenario:
    file = folder / "crowded.toml"
    file.write_text(text, encoding="utf-8")
    app.settings.remember(file, folder)
    return load_text(text)


@pytest.fixture
def quick_keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts take seconds to draw; that they are drawn is another test's claim."""
    from tui.terminal.run_files import RunFiles

    monkeypatch.setattr("tui.compare.comparison_keeping.kept", lambda folder, *_: RunFiles(folder))


def painted(app: FirstlineApp) -> list[str]:
    """The rows of the screen as they are seen."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


@pytest.mark.usefixtures("quick_keeping")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("title", "policies"), [("Decide alone", 1), (LONG, 3), (LONG, 12)])
async def test_the_headline_of_a_comparison_is_whole_on_every_screen(
    app: FirstlineApp,
    runner: FakeRunner,
    tmp_path: Path,
    title: str,
    policies: int,
    size: tuple[int, int],
) -> None:
    opened(app, tmp_path, crowded(title, policies))
    async with app.run_test(size=size) as pilot:
        panes = await compared(app, pilot, runner)
        headline = panes.query_one("#compare-headline", Static)
        said = str(headline.content)
        assert said.endswith(".")
        assert panes.favoured
        region = headline.content_region
        strips = app.screen._compositor.render_strips()[region.y : region.bottom]
        seen = [strip.crop(region.x, region.right).text for strip in strips]
        assert " ".join(" ".join(seen).split()) == said
        table = panes.query_one("#compare-table", ComparisonTable)
        assert table.size.height >= 6, "and leaves room for the table"


@pytest.mark.usefixtures("quick_keeping")
@pytest.mark.parametrize("size", SIZES)
async def test_the_headline_says_over_which_days_and_why(
    app: FirstlineApp, runner: FakeRunner, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await compared(app, pilot, runner)
        shown = " ".join(" ".join(painted(app)).split())
        assert "The whole week, because cases go on for days" in shown


class Table(App[None]):
    """A table of a comparison alone, on a screen of one of the app's widths."""

    def __init__(self, experiment: Experiment, breadth: str) -> None:
        super().__init__()
        self._experiment, self._breadth = experiment, breadth

    def compose(self) -> ComposeResult:
        yield VerticalScroll(ComparisonTable(id="table", cursor="cell"))

    async def on_mount(self) -> None:
        self.screen.add_class(self._breadth)
        self.call_after_refresh(self.fill)

    def fill(self) -> None:
        experiment = self._experiment
        faces = faces_of(experiment.scenario, experiment.policies)
        rows = measure_rows(compare(experiment))
        self.query_one(ComparisonTable).show_lines(rows, faces)


async def cells_of(experiment: Experiment, size: tuple[int, int], breadth: str) -> list[list[str]]:
    app = Table(experiment, breadth)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        table = app.query_one(ComparisonTable)
        return [[cell.plain for cell in table.get_row_at(at)] for at in range(table.row_count)]


async def test_from_120_columns_on_every_difference_has_its_interval_drawn_on_one_scale() -> None:
    experiment = experiment_of(
        load("retail-complaints"), ("ask-the-boss", "guided", "empowered"), 6
    )
    rows = await cells_of(experiment, (120, 40), "-normal")
    drawn = [cell.split("\n")[-1] for row in rows for cell in row[2:]]
    assert all(MEAN in bar and (ZERO in bar or "┼" in bar) for bar in drawn)
    assert not any(MEAN in row[1] for row in rows), "the base has no difference"
    for row in rows:
        near, far = (cell.split("\n")[-1] for cell in row[2:])
        # The further policy of the canned answer lies further from no difference, on one scale.
        gaps = [abs(bar.index(MEAN) - bar.index(ZERO)) for bar in (near, far)]
        assert gaps[0] <= gaps[1]
    narrow = await cells_of(experiment, (80, 24), "-narrow")
    assert not any(MEAN in cell for row in narrow for cell in row)
    assert all("\n" not in cell for row in narrow for cell in row[1:]), "short and clear"


async def test_a_table_of_five_policies_has_no_bars_where_they_would_crowd_out_measures() -> None:
    scenario = load("retail-complaints")
    experiment = experiment_of(scenario, (scenario.baseline, *scenario.policies), 6)
    beside_the_plan = await cells_of(experiment, (82, 40), "-normal")
    assert not any(MEAN in cell for row in beside_the_plan for cell in row)
    tall = await cells_of(experiment, (82, 60), "-normal")
    assert all(MEAN in cell for row in tall for cell in row[2:])


@pytest.mark.parametrize("name", [LONG, "🙂🚀 漢字かな", "e\u0301a\u0308" * 30, "x"])
async def test_names_of_any_letters_keep_the_columns_of_the_table(name: str) -> None:
    scenario = load("retail-complaints")
    policies = dict(scenario.policies)
    policies["guided"] = policies["guided"].model_copy(update={"title": name})
    experiment = experiment_of(
        scenario.model_copy(update={"policies": policies}), ("ask-the-boss", "guided"), 6
    )
    app = Table(experiment, "-normal")
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        table = app.query_one(ComparisonTable)
        *_, column = table.columns.values()
        label = str(column.label).split("\n")
        assert all(cell_len(line) <= column.width for line in label)
        assert table.virtual_size.width <= table.size.width
        rows = [strip.text for strip in app.screen._compositor.render_strips()]
        ends = {cell_len(row.rstrip()) for row in rows if " better" not in row and "✓" in row}
        assert len(ends) == 1, "marks stand under each other"


@pytest.mark.usefixtures("quick_keeping")
async def test_a_policy_keeps_its_sign_whichever_others_are_picked(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        panes = await compared(app, pilot, runner)
        before = signs(panes)
        await pilot.press("down", "space", "x")
        await settled(pilot)
        job = runner.last
        assert "guided" not in job.request.policies
        job.tell(told(job.request, 10, "done"))
        await settled(pilot)
        after = signs(panes)
        assert after == {name: before[name] for name in after}
        assert len(after) == len(before) - 1


def signs(panes: ComparisonPanes) -> Mapping[str, str]:
    return {name: face.sign.mark for name, face in panes._faces.items()}


def test_a_chart_of_points_ends_where_no_value_can_be() -> None:
    spots = [Spot("a", "●", "", 2.0, 0.98, 5.0, 0.09), Spot("b", "■", "", 1.0, 0.90)]
    drawn = point_chart(spots, Axis("Wait", "s"), Axis("Answered", "share"), 80, 24)
    labels = " ".join(line.plain for line in drawn)
    assert "100 %" in labels
    assert "105 %" not in labels
    assert "110 %" not in labels
    assert "-" not in labels
    assert "−" not in labels


@pytest.mark.usefixtures("quick_keeping")
async def test_rows_after_closing_say_closed_and_the_service_level_its_seconds(
    app: FirstlineApp,
) -> None:
    from results import run

    scenario = load("kind-words")
    day = with_changes(scenario.model_copy(update={"policies": {}}), {"horizon.days": 1})
    experiment = run(day, replications=1, seed=1, workers=1)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        await settled(pilot)
        panes = app.screen.query_one(ComparisonPanes)
        panes.show_answer(experiment, compare(experiment))
        panes.query_one("#panes").active = "pane-intervals"  # type: ignore[attr-defined]
        await settled(pilot)
        table = panes.query_one("#compare-intervals", ComparisonTable)
        heads = [str(column.label).strip() for column in table.columns.values()]
        assert "In 30 s" in heads
        times = [cast(str, table.get_row_at(at)[0].plain).strip() for at in range(table.row_count)]
        closed = [time.startswith("closed ") for time in times]
        assert any(closed)
        assert not all(closed)
        last_open = max(at for at, one in enumerate(closed) if not one)
        assert not any(closed[closed.index(False) : last_open]), "only before and after the day"
        panes.drill("service_level")
        await settled(pilot)
        title = str(panes.query_one("#parts-title", Static).content)
        assert title.startswith("Service level within 30 s")


def test_a_short_answer_names_the_same_policy_as_the_whole_one() -> None:
    scenario = load_text(crowded("Decide alone", 2))
    comparison = compare(experiment_of(scenario, ("ask-the-boss", "p0", "p1"), 10))
    short, whole = answer(comparison, None, (1, 1)), answer(comparison)
    assert short.split(":")[0] == whole.split(":")[0]
