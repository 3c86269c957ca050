"""Why: one key on a difference opens the parts that add up to it."""

from functools import cache

import pytest
from textual.widgets import Static

from results import Experiment, compare, run
from results.charts.waterfall import Step, steps_of
from results.why.accounting import accountings
from scenarios import load_text
from tests.support.command_line import SHOP
from tests.tui.app.canned_answers import told
from tests.tui.app.fake_runner import FakeRunner
from tests.tui.app.pilot import settled
from tests.tui.app.test_what_if import at_the_bench
from tui.app.app import FirstlineApp
from tui.compare.comparison_panes import ComparisonPanes
from tui.compare.screen import CompareScreen
from tui.shell.runner import Update
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
