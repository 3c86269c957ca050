"""Over which days a what-if and a comparison run and why, and that both find the same."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from results import Comparison, compare, run
from results.experiments.replications import FLOOR
from results.measures.registry import summarise
from results.reading.table import measure_rows
from scenarios import list_scenarios, load, path_of
from tests.tui.app.canned_answers import told
from tests.tui.app.fake_runner import FakeJob, FakeRunner
from tests.tui.app.pilot import settled
from tui.app.app import FirstlineApp
from tui.compare.screen import CompareScreen
from tui.parts.cards import cards_of
from tui.shell.requests import Request
from tui.what_if.answer import left_out_words
from tui.what_if.day import days_of_run, is_quick, one_day, stretch_for, why_all, why_this
from tui.what_if.measure_list import MeasureList
from tui.what_if.screen import SETTLED_S

FULL = (120, 40)
QUICK = "kind-words"
"""A scenario whose whole week is quick to run."""
QUICK_ONES = {"bank-1999", "keep-your-word", "kind-words", "outage"}


async def at_the_bench(pilot: Pilot[None], runner: FakeRunner) -> FakeJob:
    await settled(pilot)
    await pilot.press("2")
    await settled(pilot)
    return await until_run(pilot, runner, 1)


async def until_run(pilot: Pilot[None], runner: FakeRunner, jobs: int) -> FakeJob:
    for _ in range(50):
        if len(runner.jobs) >= jobs:
            return runner.last
        await pilot.pause(SETTLED_S / 5)
    raise AssertionError(f"{len(runner.jobs)} requests instead of {jobs}")


def words(pilot: Pilot[None], selector: str) -> str:
    return str(pilot.app.screen.query_one(selector, Static).content)


def opened(app: FirstlineApp, folder: Path, name: str) -> Path:
    """Let the app begin with a copy of a shipped scenario."""
    file = folder / f"{name}.toml"
    file.write_text(path_of(name).read_text(encoding="utf-8"), encoding="utf-8")
    for table in path_of(name).parent.glob(f"{name}*.csv"):
        (folder / table.name).write_bytes(table.read_bytes())
    app.settings.remember(file, folder)
    return file


@pytest.mark.parametrize("name", [shipped.name for shipped in list_scenarios()])
def test_the_whole_horizon_is_run_where_it_is_quick_and_one_day_elsewhere(name: str) -> None:
    scenario = load(name)
    assert is_quick(scenario) == (name in QUICK_ONES)
    stretch = stretch_for(scenario, "")
    assert stretch.whole == (name in QUICK_ONES or scenario.horizon.days == 1)
    assert stretch_for(scenario, "all").scenario is scenario
    # A day, after those that warm up; half of the textbook's only one does.
    one = stretch_for(scenario, "day").scenario.horizon
    assert one.days == 1 + one.warm_up_days or name == "textbook"


def test_a_headline_says_which_days_why_these_and_where_others_are() -> None:
    week, quarter, quick, single = map(
        load, ("retail-complaints", "complaints-are-gifts", QUICK, "outage")
    )
    days = {one.title: one_day(one) for one in (week, quarter, quick, single)}
    assert why_this(days[week.title], week, "day") == (
        "One ordinary Tuesday, as chosen; Compare and d run the whole week."
    )
    assert why_this(days[quarter.title], quarter, "") == (
        "One ordinary Tuesday, because all 112 days take over a second; Compare and d run them. "
        "One day shows nothing of root causes."
    )
    assert why_this(stretch_for(quick, ""), quick, "") == (
        "The whole week, as in Compare, because it is quick to run; d runs one day."
    )
    assert why_this(days[single.title], single, "") == (
        "One Tuesday, as in Compare: the scenario has no other day."
    )
    assert why_all(week, "") == (
        "The whole week, because cases go on for days; What-if runs one day."
    )
    assert why_all(week, "all").endswith("because cases go on for days; as What-if does.")
    assert days_of_run(quick) == "The whole week of that run."
    assert days_of_run(days[week.title].scenario) == (
        "One Tuesday of 7 days: what shows later is left out; Compare runs all."
    )


async def test_the_days_of_a_file_are_remembered_for_that_file(
    app: FirstlineApp, runner: FakeRunner, new_app: Callable[[], FirstlineApp], tmp_path: Path
) -> None:
    file = opened(app, tmp_path, "retail-complaints")
    async with app.run_test(size=FULL) as pilot:
        job = await at_the_bench(pilot, runner)
        assert job.request.scenario.horizon.days == 1
        await pilot.press("d")
        job = await until_run(pilot, runner, 2)
        assert job.request.scenario.horizon.days == 7
        job.tell(told(job.request, 10, "done"))
        await settled(pilot)
        await pilot.press("ctrl+q")
    again = new_app()
    async with again.run_test(size=FULL) as pilot:
        runner.jobs.clear()
        job = await at_the_bench(pilot, runner)
        assert job.request.scenario.horizon.days == 7
        assert words(pilot, "#answer-days").startswith("The whole week, as in Compare, as chosen")
        assert again.settings.days_of(file) == "all"
        assert again.settings.days_of(path_of("retail-complaints")) == "", "another file"
        await pilot.press("3")
        await settled(pilot)
        assert words(pilot, "#compare-days").endswith("as What-if does.")
        await pilot.press("2")
        await settled(pilot)
        await pilot.press("d", "3")
        await settled(pilot)
        assert words(pilot, "#compare-days").endswith("What-if runs one day.")


async def test_a_quick_week_is_run_whole_without_being_asked_for(
    app: FirstlineApp, runner: FakeRunner, tmp_path: Path
) -> None:
    opened(app, tmp_path, QUICK)
    async with app.run_test(size=FULL) as pilot:
        job = await at_the_bench(pilot, runner)
        assert job.request.scenario.horizon.days == 7
        assert job.request.replications == 10


async def test_one_day_names_what_it_leaves_out_and_shows_none_of_it(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=FULL) as pilot:
        job = await at_the_bench(pilot, runner)
        job.tell(told(job.request, 20, "done"))
        await settled(pilot)
        assert words(pilot, "#answer-left-out") == (
            "Not shown, as cases go on after this day: revenue at risk a day and total cost a day. "
            "Compare and d show them."
        )
        measures = app.screen.query_one(MeasureList)
        shown = [measures.line(at, 80).plain for at in range(measures.count())]
        assert any("Service cost" in line for line in shown)
        assert not any("Total cost" in line or "at risk" in line for line in shown)
        await pilot.press("d")
        job = await until_run(pilot, runner, 2)
        job.tell(told(job.request, 10, "done"))
        await settled(pilot)
        assert words(pilot, "#answer-left-out") == ""


async def requests_of_both(
    pilot: Pilot[None], runner: FakeRunner, policies: tuple[str, ...]
) -> tuple[Request, Request]:
    """What the what-if of a policy runs, and what a comparison of some policies runs."""
    await at_the_bench(pilot, runner)
    screen = pilot.app.screen
    opened_ = cast(FirstlineApp, pilot.app).opened
    assert opened_ is not None
    assert opened_.scenario is not None
    before = len(runner.jobs)
    screen.take(screen.bench.start_from(opened_.scenario.policies[policies[0]]))  # type: ignore[attr-defined]
    what_if = (await until_run(pilot, runner, before + 1)).request
    await pilot.press("3")
    await settled(pilot)
    compare_ = cast(CompareScreen, pilot.app.screen)
    compare_._plan.picked = {opened_.scenario.baseline, *policies}
    await pilot.press("x")
    await settled(pilot)
    return what_if, runner.last.request


def answered(request: Request) -> Comparison:
    """What the runner makes of a request, over two replications."""
    engine = replace(FLOOR, summarise=lambda *a: summarise(*a, kinds=request.kinds))
    asked = replace(request, replications=2)
    experiment = run(
        asked.scenario,
        policies=asked.policies,
        replications=2,
        seed=asked.seed,
        workers=1,
        engine=engine,
    )
    return compare(experiment, asked.measures, details=asked.details)


async def test_what_if_and_compare_of_one_policy_over_the_same_days_show_the_same_numbers(
    app: FirstlineApp, runner: FakeRunner, tmp_path: Path
) -> None:
    opened(app, tmp_path, QUICK)
    first, second = list(load(QUICK).policies)[:2]
    async with app.run_test(size=FULL) as pilot:
        asked = await requests_of_both(pilot, runner, (first,))
    assert asked[0].scenario.horizon == asked[1].scenario.horizon
    assert (asked[0].replications, asked[0].seed) == (asked[1].replications, asked[1].seed)
    what_if, whole = map(answered, asked)
    rows = [[tuple(row.cells.values()) for row in measure_rows(one)] for one in (what_if, whole)]
    assert rows[0] == rows[1], "values, margins, differences, intervals, words"
    assert cards_of(what_if, what_if.others[0]) == cards_of(whole, first)
    # Beside another policy only the intervals of the differences grow, to hold together.
    both = answered(replace(asked[1], policies=(whole.baseline, first, second)))
    for measure in whole.measures:
        alone, beside = (one.findings[first, measure] for one in (whole, both))
        assert alone.difference is not None
        assert beside.difference is not None
        moved = alone.difference.estimate.mean, beside.difference.estimate.mean
        if measure != "fcr_net":  # leaves out what no policy that is compared can resolve
            assert moved[0] == pytest.approx(moved[1], nan_ok=True)
            assert alone.mean.mean == pytest.approx(beside.mean.mean, nan_ok=True)


def test_what_a_day_leaves_out_is_said_of_one_measure_and_of_none() -> None:
    found = compare(run(load("outage"), policies=["nothing"], replications=1, seed=1, workers=1))
    assert left_out_words(found) == ""
    one = replace(found, left_out=("total_cost",))
    assert left_out_words(one).endswith("this day: total cost a day. Compare and d show it.")
