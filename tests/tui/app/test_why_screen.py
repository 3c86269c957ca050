"""Why: one key on a difference opens the parts that add up to it."""

from dataclasses import replace
from functools import cache

import pytest
from textual.widgets import Static

from results import Experiment, compare, run
from results.charts.waterfall import Step, steps_of
from results.why.accounting import accountings
from scenarios import load, load_text
from sim.trace.codes import CaseState
from tests.support.command_line import SHOP
from tests.tui.app.canned_answers import told
from tests.tui.app.fake_runner import FakeRunner
from tests.tui.app.pilot import settled
from tests.tui.app.test_what_if import at_the_bench
from tui.app.app import FirstlineApp
from tui.compare.comparison_panes import ComparisonPanes
from tui.compare.screen import CompareScreen
from tui.parts.row_table import RowTable
from tui.shell.requests import Update
from tui.why.customers import asked_of, find, story, went_words
from tui.why.customers_screen import CustomersScreen, StoryScreen
from tui.why.screen import WhyScreen
from tui.why.waterfall import Tones, waterfall


@cache
def shop() -> Experiment:
    """The corner shop, its agents asking and deciding alone, a real run."""
    return run(load_text(SHOP), replications=6, workers=1)


def words(app: FirstlineApp, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).content)


@pytest.mark.parametrize("width", [76, 116])
def test_a_waterfall_has_a_line_for_each_part_and_fits(width: int) -> None:
    (found,) = accountings(shop()).values()
    for account in found.accounts:
        steps = steps_of(found, account)
        lines = waterfall(account.title, steps, width, Tones()).split("\n")
        assert len(lines) == 1 + len(steps)
        assert all(line.cell_len <= width for line in lines)
        assert all(step.value in line.plain for step, line in zip(steps, lines[1:], strict=True))


def test_each_part_begins_where_the_one_before_has_ended() -> None:
    def step(size: float, *, whole: bool = False) -> Step:
        return Step("part", size, 0.0, f"{size:g}", "", filled=True, whole=whole)

    steps = [step(-40.0), step(10.0), step(-30.0, whole=True)]
    first, second, last = (line.plain for line in waterfall("", steps, 60, Tones()).split("\n")[1:])
    assert first.index("█") == second.index("█"), "more goes back from where less has led"
    assert last.rindex("█") == first.rindex("█"), "the whole begins at zero"
    assert last.index("█") == second.rindex("█") + 1, "and ends where the last part ends"


async def test_w_on_the_what_if_says_what_the_difference_comes_from(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await at_the_bench(pilot, runner)
        await pilot.press("w")
        await pilot.pause()
        assert app.screen is screen, "there is no difference yet"
        experiment = shop()
        done = dict.fromkeys(experiment.policies, 6)
        screen._last = Update("done", done, 6, None, experiment, compare(experiment))
        await pilot.press("w")
        await settled(pilot)
        assert isinstance(app.screen, WhyScreen)
        assert words(app, "#why-title").startswith("Why Decide alone differs from Ask")
        (found,) = accountings(experiment).values()
        assert words(app, "#why-sentence") == found.sentence
        shown = words(app, "#why-accounts")
        assert all(account.title in shown for account in found.accounts)
        await pilot.press("escape")
        assert app.screen is screen


async def test_w_on_a_comparison_explains_the_favoured_policy(app: FirstlineApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, CompareScreen)
        experiment = shop()
        screen.query_one(ComparisonPanes).show_answer(experiment, compare(experiment))
        await pilot.press("w")
        await settled(pilot)
        assert isinstance(app.screen, WhyScreen)
        assert app.screen.shown.policy == "empowered"


async def test_a_run_without_accounts_says_so(app: FirstlineApp, runner: FakeRunner) -> None:
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await at_the_bench(pilot, runner)
        job = runner.last
        update = told(job.request, 3)
        assert update.experiment is not None
        screen._last = update
        await pilot.press("w")
        await pilot.pause()
        assert app.screen is screen


async def test_the_customers_behind_a_difference_are_listed_and_one_story_stands_under_both(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await at_the_bench(pilot, runner)
        experiment = shop()
        done = dict.fromkeys(experiment.policies, 6)
        screen._last = Update("done", done, 6, None, experiment, compare(experiment))
        await pilot.press("w")
        await settled(pilot)
        await pilot.press("c")
        await settled(pilot)
        await settled(pilot)
        assert isinstance(app.screen, CustomersScreen)
        assert "the other way round (one replication" in words(app, "#customers-said")
        asked = asked_of(experiment, "empowered")
        found = find(asked)
        table = app.screen.query_one(RowTable)
        assert list(table.rows) == [str(one.case) for one in found.customers]
        await pilot.press("enter")
        await settled(pilot)
        await settled(pilot)
        assert isinstance(app.screen, StoryScreen)
        one = found.customers[0]
        first, second = (words(app, f"#story-{side}") for side in ("first", "second"))
        assert went_words(one.first) in first
        assert went_words(one.second) in second
        assert "calls: " in first, "told as the floor tells it"
        await pilot.press("y")
        assert " ".join(first.split()) in " ".join(app.clipboard.split()), "lines unbroken"
        await pilot.press("escape", "escape", "escape")
        await pilot.pause()
        assert app.screen is screen


def test_a_story_ends_as_the_trace_says_the_case_ended() -> None:
    asked = asked_of(shop(), "empowered")
    for one in find(asked).customers[:4]:
        lines = story(asked.first, asked.seed, one.case, one.first)
        assert any("calls" in line or "writes" in line for line in lines)
        gave_up = one.first.state is CaseState.GIVEN_UP
        assert any("gives up: the case" in line for line in lines) == gave_up


def test_a_long_horizon_is_shown_by_one_day() -> None:
    scenario = load("retail-complaints")
    year = scenario.horizon.model_copy(update={"days": 70})
    experiment = shop()
    long = replace(experiment, scenario=scenario.model_copy(update={"horizon": year}))
    long = replace(long, policies=("ask-the-boss", "empowered"), checked=None)
    asked = asked_of(long, "empowered")
    assert asked.first.horizon.days == 1
    assert asked.stretch.startswith("One day")
    assert asked_of(shop(), "empowered").first.horizon.days == shop().scenario.horizon.days
