"""Files changed outside: every screen says so, nothing is swapped silently, no edit is lost."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from results import compare, run
from results.reading.rows import ASKED
from results.runs.store import begin, finish
from scenarios import load, load_text
from scenarios.save import save_policy
from sim.live import SetLimit
from tests.support.command_line import SHOP
from tests.tui.app.canned_answers import told
from tests.tui.app.canned_floor import CannedDriver
from tests.tui.app.fake_runner import FakeRunner
from tests.tui.app.pilot import settled
from tests.tui.app.test_what_if import turn, until_run
from tui.app.app import FirstlineApp
from tui.compare.comparison_table import ComparisonTable
from tui.floor import session
from tui.floor.screen import FloorScreen
from tui.how_far.screen import HowFarScreen
from tui.parts.dialogs import ErrorDialog, TextDialog, WordsDialog
from tui.shell import scenario_file
from tui.shell.outside import OutsideWatch
from tui.shell.outside_line import OutsideLine
from tui.shell.requests import Update
from tui.what_if.knob_list import KnobList
from tui.what_if.screen import SETTLED_S, WhatIfScreen
from tui.why.screen import WhyScreen

HEADS = "groups.front_line.heads"
AUTHORITY = "groups.front_line.authority"
EDITED = SHOP.replace("heads = 4", "heads = 6")
COUNTS = "weekday,start,count\nevery_day,09:00,40\n"
BROKEN = SHOP.replace("heads = 4", "heads = -4")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.toml"
    path.write_text(SHOP, encoding="utf-8")
    return path


# -- the watch alone -------------------------------------------------------------------------


def watched(path: Path) -> OutsideWatch:
    watch = OutsideWatch()
    watch.follow(scenario_file.read(path))
    looked(watch)
    return watch


def looked(watch: OutsideWatch) -> str:
    """Look until nothing moves any more; what there is to say."""
    for _ in range(2):
        if watch.must_read():
            found = watch.read()
            assert found is not None
            watch.take(found)
    return watch.news.kind if watch.news is not None else ""


def test_a_change_that_means_something_else_is_news_and_a_touched_file_is_none(shop: Path) -> None:
    watch = watched(shop)
    assert not looked(watch)
    shop.touch()
    assert not looked(watch)
    shop.write_text(f"# a word about it\n{SHOP}", encoding="utf-8")
    assert not looked(watch), "comments change no answer"
    shop.write_text(EDITED, encoding="utf-8")
    assert looked(watch) == "changed"
    shop.write_text(SHOP, encoding="utf-8")
    assert not looked(watch), "it is again what is open"


def test_a_file_that_is_being_written_is_read_when_it_is_whole(shop: Path) -> None:
    watch = watched(shop)
    shop.write_text(SHOP[:300], encoding="utf-8")
    assert not watch.must_read(), "half of it is there"
    shop.write_text(EDITED, encoding="utf-8")
    assert not watch.must_read(), "and more has come"
    assert watch.must_read()


def test_a_file_that_is_deleted_or_broken_is_said_to_be_so(shop: Path) -> None:
    watch = watched(shop)
    shop.write_text(BROKEN, encoding="utf-8")
    assert looked(watch) == "broken"
    shop.unlink()
    assert looked(watch) == "gone"
    assert watch.news is not None
    assert watch.news.words == "shop.toml is gone."
    shop.mkdir()
    assert looked(watch) == "broken", "a folder in its place"
    shop.rmdir()
    shop.write_text(SHOP, encoding="utf-8")
    assert not looked(watch)


def test_what_is_kept_is_said_again_when_the_file_changes_again(shop: Path) -> None:
    watch = watched(shop)
    shop.write_text(EDITED, encoding="utf-8")
    assert looked(watch) == "changed"
    watch.keep(scenario_file.read(shop))
    assert not looked(watch)
    shop.touch()
    assert not looked(watch), "nothing new in it"
    shop.write_text(SHOP.replace("heads = 4", "heads = 7"), encoding="utf-8")
    assert looked(watch) == "changed"
    watch.keep(scenario_file.read(shop))
    watch.again()
    assert looked(watch) == "changed", "somebody asked for the file"


def test_a_table_that_belongs_to_the_scenario_is_looked_after_as_well(tmp_path: Path) -> None:
    table = tmp_path / "calls.csv"
    table.write_text(f"{COUNTS}every_day,09:30,60\n", encoding="utf-8")
    path = tmp_path / "shop.toml"
    with_table = SHOP.replace("volume.per_day = 120", 'volume.csv = "calls.csv"')
    path.write_text(with_table, encoding="utf-8")
    watch = watched(path)
    assert scenario_file.read(path).scenario is not None
    table.write_text(f"{COUNTS}every_day,09:30,90\n", encoding="utf-8")
    assert looked(watch) == "changed"


def test_a_shipped_scenario_does_not_change(tmp_path: Path) -> None:
    watch = OutsideWatch()
    assert not watch.must_read()
    watch.follow(scenario_file.read(scenario_file.first()))
    assert not watch.must_read()
    assert not watch.must_read()
    assert tmp_path.is_dir()


# -- on every screen -------------------------------------------------------------------------


async def until(pilot: Pilot[None], what: Callable[[], object]) -> None:
    for _ in range(200):
        if what():
            return
        await pilot.pause(0.05)
    raise AssertionError("it never came")


def lines(pilot: Pilot[None]) -> list[str]:
    """What the screen says about the file."""
    return [str(one.content) for one in pilot.app.screen.query(OutsideLine)]


async def to_ask(pilot: Pilot[None], _: FakeRunner) -> None:
    await settled(pilot)


async def to_what_if(pilot: Pilot[None], runner: FakeRunner) -> None:
    await settled(pilot)
    await pilot.press("2")
    await settled(pilot)
    await until_run(pilot, runner, 1)


async def to_compare(pilot: Pilot[None], _: FakeRunner) -> None:
    await settled(pilot)
    await pilot.press("3")
    await settled(pilot)


async def to_floor(pilot: Pilot[None], _: FakeRunner) -> None:
    await settled(pilot)
    await pilot.press("4")
    await settled(pilot)


async def to_runs(pilot: Pilot[None], _: FakeRunner) -> None:
    await settled(pilot)
    await pilot.press("5")
    await settled(pilot)


async def to_how_far(pilot: Pilot[None], runner: FakeRunner) -> None:
    await to_what_if(pilot, runner)
    await turn(pilot, HEADS, "h")
    await settled(pilot)
    assert isinstance(pilot.app.screen, HowFarScreen)


async def to_why(pilot: Pilot[None], runner: FakeRunner) -> None:
    await to_what_if(pilot, runner)
    await turn(pilot, AUTHORITY, "right")
    job = await until_run(pilot, runner, 2)
    asked = job.request
    found = run(asked.scenario, policies=asked.policies, replications=3, workers=1)
    done = dict.fromkeys(asked.policies, 3)
    job.tell(Update("done", done, 3, None, found, compare(found, ASKED)))
    await settled(pilot)
    await pilot.press("w")
    await settled(pilot)
    assert isinstance(pilot.app.screen, WhyScreen)


WAYS: dict[str, Callable[[Pilot[None], FakeRunner], Awaitable[None]]] = {
    "ask": to_ask,
    "what-if": to_what_if,
    "compare": to_compare,
    "floor": to_floor,
    "runs": to_runs,
    "how far": to_how_far,
    "why": to_why,
}


@pytest.mark.parametrize("screen", WAYS)
async def test_every_screen_says_that_the_file_was_changed_and_lets_choose(
    screen: str, app: FirstlineApp, runner: FakeRunner, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "start", lambda *_given, **_more: CannedDriver())
    async with app.run_test(size=(80, 24)) as pilot:
        await WAYS[screen](pilot, runner)
        before = app.opened
        assert before is not None
        assert before.path == shop
        there = app.screen
        shop.write_text(EDITED, encoding="utf-8")
        await until(pilot, lambda: lines(pilot))
        assert lines(pilot) == [
            "shop.toml was changed outside. Ctrl+R reads it anew, Ctrl+K keeps what is open"
        ]
        assert app.opened is before, "nothing is swapped silently"
        await pilot.press("ctrl+k")
        await until(pilot, lambda: not lines(pilot))
        assert app.opened is before
        shop.write_text(EDITED.replace("heads = 6", "heads = 7"), encoding="utf-8")
        await until(pilot, lambda: lines(pilot))
        await pilot.press("ctrl+r")
        await until(pilot, lambda: app.opened is not before)
        assert app.opened is not None
        assert app.opened.scenario == load(shop)
        await until(pilot, lambda: not lines(pilot))
        assert app.screen is there, "one stays where one is"


@pytest.mark.parametrize("text", ["", BROKEN])
async def test_a_file_that_is_gone_or_broken_leaves_what_is_open_and_every_edit(
    text: str, app: FirstlineApp, runner: FakeRunner, shop: Path
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_what_if(pilot, runner)
        await turn(pilot, HEADS, "right")
        screen = cast(WhatIfScreen, app.screen)
        if text:
            shop.write_text(text, encoding="utf-8")
        else:
            shop.unlink()
        await until(pilot, lambda: lines(pilot))
        (said,) = lines(pilot)
        assert ("has problems now" in said) if text else ("is gone" in said)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        await pilot.press("escape")
        await settled(pilot)
        assert app.opened is not None
        assert app.opened.scenario == load_text(SHOP)
        assert lines(pilot), "it is still to be decided"
        assert screen.bench is not None
        assert [*screen.bench.turned.changes] == [HEADS]
        await pilot.press("s", *"mine", "enter")
        await settled(pilot)
        if text:
            assert isinstance(app.screen, ErrorDialog), "nothing is saved into a broken file"
            assert shop.read_text(encoding="utf-8") == text
            await pilot.press("escape")
            assert [*screen.bench.turned.changes] == [HEADS], "and what is turned stays"
        else:
            assert [*load(shop).policies] == ["empowered", "mine"], "the file is there again"
            await until(pilot, lambda: not lines(pilot))


async def test_what_is_turned_stays_turned_when_the_file_is_read_anew(
    app: FirstlineApp, runner: FakeRunner, shop: Path
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_what_if(pilot, runner)
        await turn(pilot, HEADS, "right")
        await turn(pilot, AUTHORITY, "right")
        screen = cast(WhatIfScreen, app.screen)
        assert screen.bench is not None
        turned = screen.bench.turned
        assert len(turned.changes) == 2
        shop.write_text(SHOP.replace("per_day = 120", "per_day = 180"), encoding="utf-8")
        await until(pilot, lambda: lines(pilot))
        await pilot.press("ctrl+r")
        await settled(pilot)
        await until(pilot, lambda: screen.bench is not None and screen.bench.before)
        assert screen.bench.turned == turned
        assert screen.bench.base.reasons["order"].volume.per_day == 180
        without = EDITED.replace("[authority.everything]", "[authority.all]")
        without = without.replace('"everything"', '"all"')
        shop.write_text(without, encoding="utf-8")
        await until(pilot, lambda: lines(pilot))
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(app.screen, WordsDialog))
        said = app.screen
        assert isinstance(said, WordsDialog)
        assert "May decide alone: " in said._detail, "what is not turned is told by its title"
        assert AUTHORITY not in said._detail.splitlines()[0]
        assert [*screen.bench.turned.changes] == [HEADS], "and the rest is"


async def test_a_dialog_is_answered_before_the_line_comes(
    app: FirstlineApp, runner: FakeRunner, shop: Path
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_what_if(pilot, runner)
        await turn(pilot, HEADS, "right")
        await pilot.press("s", *"mi")
        assert isinstance(app.screen, TextDialog)
        shop.write_text(EDITED, encoding="utf-8")
        await until(pilot, lambda: app.outside.news)
        await pilot.press("ctrl+r", *"ne")
        await settled(pilot)
        assert isinstance(app.screen, TextDialog)
        assert not lines(pilot)
        assert app.opened is not None
        assert app.opened.scenario == load_text(SHOP)
        await pilot.press("escape")
        await until(pilot, lambda: lines(pilot))


async def test_opening_the_file_from_the_table_swaps_nothing_and_offers_the_choice_again(
    app: FirstlineApp, runner: FakeRunner, shop: Path
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_what_if(pilot, runner)
        shop.write_text(EDITED, encoding="utf-8")
        await until(pilot, lambda: lines(pilot))
        await pilot.press("ctrl+k")
        await until(pilot, lambda: not lines(pilot))
        app.open_scenario(shop, then="what_if")
        await settled(pilot)
        assert app.opened is not None
        assert app.opened.scenario == load_text(SHOP)
        await until(pilot, lambda: lines(pilot))
        await pilot.press("ctrl+k")
        await until(pilot, lambda: not lines(pilot))
        await pilot.press("1")
        await settled(pilot)
        assert not lines(pilot)
        await pilot.press("r")
        await until(pilot, lambda: lines(pilot))


async def test_the_changes_made_on_the_floor_stay_until_the_day_is_begun_anew(
    app: FirstlineApp, runner: FakeRunner, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[CannedDriver] = []

    def start(*_given: object, **_more: object) -> CannedDriver:
        begun.append(CannedDriver())
        return begun[-1]

    monkeypatch.setattr(session, "start", start)
    async with app.run_test(size=(120, 40)) as pilot:
        await to_floor(pilot, runner)
        screen = cast(FloorScreen, app.screen)
        await until(pilot, lambda: screen.seen)
        begun[-1].change(SetLimit("nothing", 50.0))
        await until(pilot, lambda: screen.session.changes)
        shop.write_text(EDITED, encoding="utf-8")
        await until(pilot, lambda: lines(pilot))
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert len(begun) == 1, "the day goes on"
        assert screen.session.base == load_text(SHOP)
        await pilot.press("n")
        await pilot.pause()
        await pilot.press("y")
        await settled(pilot)
        assert len(begun) == 2
        assert screen.session.base == load_text(EDITED)


# -- what the app itself saves ---------------------------------------------------------------


async def test_what_the_app_saves_is_no_change_from_outside_and_starts_nothing(
    app: FirstlineApp, runner: FakeRunner, shop: Path
) -> None:
    before = shop.read_text(encoding="utf-8")
    async with app.run_test(size=(120, 40)) as pilot:
        await to_compare(pilot, runner)
        await pilot.press("x")
        await settled(pilot)
        job = runner.last
        job.tell(told(job.request, 6))
        await pilot.press("x")
        await settled(pilot)
        await pilot.press("2")
        await settled(pilot)
        await turn(pilot, HEADS, "right")
        await pilot.pause(2 * SETTLED_S)
        begun = len(runner.jobs)
        await pilot.press("s", *"mine", "enter")
        await settled(pilot)
        for _ in range(3):
            app.look_outside()
            await settled(pilot)
        assert not lines(pilot)
        assert app.outside.news is None
        assert shop.read_text(encoding="utf-8").startswith(before), "it was saved"
        await pilot.pause(2 * SETTLED_S)
        assert len(runner.jobs) == begun
        knob = app.screen.query_one(KnobList).current
        assert knob is not None
        assert knob.key == HEADS
        await pilot.press("3")
        await settled(pilot)
        assert app.screen.query_one(ComparisonTable).row_count, "what was found is still shown"
        assert "mine" in str(app.screen.query_one("#compare-state", Static).content)
        await pilot.press("x")
        await settled(pilot)
        again = runner.last.request
        assert again.policies == ("ask", "empowered", "mine")
        assert {*again.known} == {(name, n) for name in ("ask", "empowered") for n in range(6)}


async def test_saving_keeps_what_others_have_written_and_swaps_nothing_of_what_is_open(
    app: FirstlineApp, runner: FakeRunner, shop: Path
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_what_if(pilot, runner)
        await turn(pilot, AUTHORITY, "right")
        shop.write_text(EDITED, encoding="utf-8")
        await pilot.press("s", *"mine", "enter")
        await settled(pilot)
        on_disk = load(shop)
        assert on_disk.groups["front_line"].heads == 6, "theirs"
        assert [*on_disk.policies] == ["empowered", "mine"], "and yours"
        assert app.opened is not None
        assert app.opened.scenario is not None
        assert app.opened.scenario.groups["front_line"].heads == 4
        assert [*app.opened.scenario.policies] == ["empowered", "mine"]
        await until(pilot, lambda: lines(pilot))
        await pilot.press("ctrl+k")
        await until(pilot, lambda: not lines(pilot))
        await turn(pilot, HEADS, "right")
        await pilot.press("s", *"more", "enter")
        await settled(pilot)
        for _ in range(3):
            app.look_outside()
            await settled(pilot)
        assert not lines(pilot), "what was kept stays kept"
        assert "more" in load(shop).policies


async def test_a_past_run_stays_what_it_was_when_its_file_changes(
    app: FirstlineApp, shop: Path
) -> None:
    scenario = load(shop)
    experiment = run(scenario, replications=3, workers=1)
    folder = begin(app.runs, "shop", scenario, SHOP, 1, "test", file=str(shop))
    folder = finish(folder, experiment, compare(experiment))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.show_run(folder)
        await settled(pilot)
        await settled(pilot)
        rows = app.screen.query_one(ComparisonTable).row_count
        assert rows
        save_policy(shop, "theirs", {HEADS: 5})
        await until(pilot, lambda: lines(pilot))
        assert app.screen.query_one(ComparisonTable).row_count == rows
