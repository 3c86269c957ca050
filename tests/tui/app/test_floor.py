"""The live floor as a manager uses it: the clock, customers, the log, changes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from math import inf
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input, OptionList

from scenarios import load, path_of
from sim.live import CallIn, SendAgents, SetLimit, Topic
from tests.tui.app.canned_floor import NOW, CannedDriver
from tests.tui.app.pilot import settled
from tui.app.app import FirstlineApp
from tui.floor import screen as floor
from tui.floor import session
from tui.floor.against import Against
from tui.floor.against_dialog import AgainstDialog
from tui.floor.differences import Row
from tui.floor.lines import Lines
from tui.floor.measure_board import MeasureBoard
from tui.parts.choice import ChoiceDialog
from tui.parts.dialogs import ErrorDialog, YesNoDialog
from tui.parts.form import FormDialog, PickDialog

RETAIL = load("retail-complaints")


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> Iterator[CannedDriver]:
    driver = CannedDriver()
    monkeypatch.setattr(session, "start", lambda *_given, **_more: driver)
    yield driver
    assert driver.asked[-1] == "stop", "the run ends with the app"


@pytest.fixture
def app(app: FirstlineApp) -> FirstlineApp:
    app.first_screen = "floor"
    return app


async def looked(pilot: Pilot[None]) -> None:
    """Wait until the screen has looked at the driver again."""
    await asyncio.sleep(0.15)
    await pilot.pause()


def text(app: FirstlineApp, panel: str) -> str:
    return app.screen_stack[0].query_one(f"#{panel}", Lines).text


async def test_the_boards_say_what_the_floor_does(app: FirstlineApp, driver: CannedDriver) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await looked(pilot)
        assert "Monday 10:42:07 · day 1 of 7  ‖ paused" in text(app, "clock")
        assert "Front line · voice" in text(app, "queues")
        assert "!74.1 %" in text(app, "queues")
        assert "2 with approver" in text(app, "agents")
        assert "■ #412 €64 refund · Front line 3" in text(app, "approvals")
        assert "4 promised  !1 overdue  next 13:42" in text(app, "approvals")
        assert "!74.1 %" in text(app, "measures")
        assert "#416 Supervisors 4 refuses €310" in text(app, "log")
        assert driver.latest is not None


async def test_on_a_small_screen_every_sign_has_its_word_and_what_lies_below_is_announced(
    app: FirstlineApp, driver: CannedDriver
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await looked(pilot)
        for words in ("2 approver", "1 away", "17 off"):
            assert words in text(app, "agents")
        measures = app.screen.query_one("#measures", MeasureBoard)
        assert "So far ▾" in str(measures.border_title)
        measures.focus()
        await pilot.press("down", "down")
        await pilot.pause()
        assert measures.scroll_offset.y == 2, "and can be reached"
        assert "!1:14" in text(app, "queues"), "waits longer than the target"
        assert driver.latest is not None


async def test_space_stops_the_clock_and_lets_it_go_on(
    app: FirstlineApp, driver: CannedDriver
) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        for sign in ("▶ ×60", "‖ paused"):
            await looked(pilot)
            await pilot.press("space")
            await looked(pilot)
            assert sign in text(app, "clock")
        assert driver.latest is not None


async def test_plus_goes_up_to_as_fast_as_it_goes(app: FirstlineApp, driver: CannedDriver) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        await looked(pilot)
        for _ in range(7):
            await pilot.press("plus")
            await looked(pilot)
        await pilot.press("space")
        await looked(pilot)
        assert driver.latest is not None
        assert driver.latest.speed == inf
        assert "▶ as fast as it goes (×9,000)" in text(app, "clock")
        await pilot.press("minus")
        assert driver.latest.speed == 3_600.0


async def test_a_step_stops_at_what_the_log_shows(app: FirstlineApp, driver: CannedDriver) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        await looked(pilot)
        await pilot.press("l")
        assert isinstance(app.screen, PickDialog)
        await pilot.press("a", "down", "down", "down", "space", "enter")
        await settled(pilot)
        assert driver.asked[-1] == ("show", frozenset({Topic.APPROVALS}))
        await pilot.press("full_stop", "m")
        assert driver.asked[-2:] == [("step", frozenset({Topic.APPROVALS})), "minute"]


async def test_a_time_is_typed_as_it_is_said(app: FirstlineApp, driver: CannedDriver) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        await looked(pilot)
        await pilot.press("g", *"14:75", "enter")
        assert "written as 14:30" in str(app.screen.query_one("#wrong").render())
        app.screen.query_one(Input).value = "tue 9:00"
        await pilot.press("enter")
        await settled(pilot)
        assert driver.asked[-1] == ("jump", 33 * 3600.0)
        await pilot.press("o")
        assert driver.asked[-1] == ("jump", None)


async def test_a_customer_is_followed_by_number(app: FirstlineApp, driver: CannedDriver) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        await looked(pilot)
        await pilot.press("f", *"412", "enter")
        await settled(pilot)
        await looked(pilot)
        story = text(app, "story")
        assert story.startswith("Damaged item (complaint), needs €64")
        for words in ("calls: Damaged item", "gives up waiting after 100 s", "asks Supervisors"):
            assert words in story
        assert "on hold, 2.2 min" in story
        await pilot.press("escape")
        assert not app.screen.has_class("-following")
        assert driver.latest is not None
        assert driver.latest.snapshot.followed is None


async def test_a_customer_of_whom_nothing_is_known_is_said_so(
    app: FirstlineApp, driver: CannedDriver
) -> None:
    async with app.run_test(notifications=True) as pilot:
        await settled(pilot)
        await looked(pilot)
        await pilot.press("f", *"7", "enter")
        await settled(pilot)
        assert not app.screen.has_class("-following")
        assert any("#7" in str(note.message) for note in app._notifications)
        assert driver.latest is not None


async def test_enter_on_the_log_follows_the_customer_of_that_line(
    app: FirstlineApp, driver: CannedDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed: list[int | None] = []
    known = driver.follow
    monkeypatch.setattr(driver, "follow", lambda case: followed.append(case) or known(case))
    async with app.run_test() as pilot:
        await settled(pilot)
        await looked(pilot)
        await pilot.press("up", "up", "enter")
        await settled(pilot)
        assert followed == [430]


async def test_a_click_on_an_agent_follows_the_customer_in_hand(
    app: FirstlineApp, driver: CannedDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed: list[int | None] = []
    known = driver.follow
    monkeypatch.setattr(driver, "follow", lambda case: followed.append(case) or known(case))
    async with app.run_test(size=(200, 60)) as pilot:
        await settled(pilot)
        await looked(pilot)
        await pilot.click("#agents", offset=(3 + 2 * 2, 2))
        await settled(pilot)
        assert followed == [502]


async def answer(pilot: Pilot[None], which: int, **fields: str) -> None:
    """Intervene: choose a kind of change and answer its form."""
    await pilot.press("i")
    assert isinstance(pilot.app.screen, ChoiceDialog)
    pilot.app.screen.query_one(OptionList).highlighted = which
    await pilot.press("enter")
    await pilot.pause()
    assert isinstance(pilot.app.screen, FormDialog)
    for name, value in fields.items():
        pilot.app.screen.query_one(f"#field-{name}").value = value  # type: ignore[attr-defined]
    pilot.app.screen.query_one("#ok").press()  # type: ignore[attr-defined]
    await looked(pilot)


async def test_changes_are_made_as_they_were_asked_for(
    app: FirstlineApp, driver: CannedDriver
) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        await looked(pilot)
        for which, fields, change in (
            (
                0,
                {"count": "3", "leave": "front_line", "join": "specialists"},
                SendAgents(3, "front_line", "specialists"),
            ),
            (
                1,
                {"count": "2", "group": "specialists", "hours": "2.5"},
                CallIn(2, "specialists", 2.5),
            ),
            (2, {"level": "none", "limit": "80"}, SetLimit("none", 80.0)),
        ):
            await answer(pilot, which, **fields)
            assert driver.latest is not None
            assert driver.latest.changes[-1].change == change
        assert "+3" in text(app, "clock")


async def test_a_change_that_cannot_be_made_says_why(
    app: FirstlineApp, driver: CannedDriver
) -> None:
    driver.refuses = "Front line has nobody off duty."
    async with app.run_test() as pilot:
        await settled(pilot)
        await looked(pilot)
        await answer(pilot, 1)
        assert isinstance(app.screen, ErrorDialog)


async def test_a_form_wants_its_numbers(app: FirstlineApp, driver: CannedDriver) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        await looked(pilot)
        await answer(pilot, 1, hours="")
        assert isinstance(app.screen, FormDialog)
        assert "missing" in str(app.screen.query_one("#wrong").render())
        hours, ok = app.screen.query_one("#field-hours", Input), app.screen.query_one("#ok", Button)
        hours.value = "inf"
        ok.press()
        await looked(pilot)
        assert "can be counted with" in str(app.screen.query_one("#wrong").render())
        await pilot.press("escape")
        assert driver.latest is not None
        assert not driver.latest.changes


async def test_changes_are_set_against_the_untouched_run_and_saved_as_a_policy(
    app: FirstlineApp, driver: CannedDriver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    row = Row("asa", "Average speed of answer", "21 s", "14 s", "−7 s")
    monkeypatch.setattr(floor, "set_against", lambda *given: Against(1, (row,), given[3]))
    async with app.run_test() as pilot:
        await settled(pilot)
        await looked(pilot)
        await answer(pilot, 2, level="none", limit="80")
        await pilot.press("u")
        await looked(pilot)
        assert isinstance(app.screen, AgainstDialog)
        lines = app.screen.query_one(Lines).text
        assert "−7 s" in lines
        assert "better" not in lines, "one draw is no verdict"
        await pilot.press("s")
        await looked(pilot)
        app.screen.query_one(Input).value = "eighty"
        await pilot.press("enter")
        await settled(pilot)
        assert app.screen.query_one(Input).value == "retail-complaints.toml", "the user's copy"
        await pilot.press("enter")
        await settled(pilot)
        assert "stop" not in driver.asked, "the run continues after its changes were saved"
    policy = load(tmp_path / "retail-complaints.toml").policies["eighty"]
    assert policy.changes == {"authority.none.limit": 80.0}
    assert driver.latest is not None


async def test_a_mistake_in_the_program_is_told_and_the_app_stays(
    app: FirstlineApp, driver: CannedDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Against:
        raise RuntimeError("a fault")

    monkeypatch.setattr(floor, "set_against", broken)
    async with app.run_test() as pilot:
        await settled(pilot)
        await looked(pilot)
        await answer(pilot, 2, level="none", limit="80")
        await pilot.press("u")
        await looked(pilot)
        assert isinstance(app.screen, ErrorDialog)
        await pilot.press("escape")
        driver.failed = "Traceback"
        await looked(pilot)
        assert isinstance(app.screen, ErrorDialog)
        await pilot.press("escape")
        await looked(pilot)
        assert not isinstance(app.screen, ErrorDialog), "told once"
        assert app.return_code is None


async def test_without_a_change_there_is_nothing_to_compare_or_to_save(
    app: FirstlineApp, driver: CannedDriver
) -> None:
    async with app.run_test(notifications=True) as pilot:
        await settled(pilot)
        await looked(pilot)
        await pilot.press("u", "s")
        await settled(pilot)
        assert len(app.screen_stack) == 1
        assert driver.latest is not None


async def test_another_policy_is_watched_at_the_same_time_of_day(
    app: FirstlineApp, driver: CannedDriver
) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        await looked(pilot)
        await pilot.press("p", "down", "enter")
        await settled(pilot)
        await looked(pilot)
        assert ("jump", NOW) in driver.asked
        assert "Let agents settle up to €25" in text(app, "clock")


async def test_changes_that_are_not_saved_are_not_lost_unasked(
    app: FirstlineApp, driver: CannedDriver
) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        await looked(pilot)
        await answer(pilot, 2, level="none", limit="80")
        for keys in (("n",), ("p", "down", "enter")):
            await pilot.press(*keys)
            await looked(pilot)
            assert isinstance(app.screen, YesNoDialog)
            await pilot.press("n")
            await looked(pilot)
        assert "stop" not in driver.asked
        await pilot.press("n", "y")
        await looked(pilot)
        assert "stop" in driver.asked


async def test_leaving_the_floor_rests_the_run_and_coming_back_goes_on(
    app: FirstlineApp, driver: CannedDriver
) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        await looked(pilot)
        await pilot.press("space")
        await looked(pilot)
        await pilot.press("5")
        await settled(pilot)
        assert driver.latest is not None
        assert driver.latest.paused
        await pilot.press("4")
        await settled(pilot)
        assert not driver.latest.paused


async def test_an_open_dialog_holds_the_clock(app: FirstlineApp, driver: CannedDriver) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        await looked(pilot)
        await pilot.press("space")
        await looked(pilot)
        assert driver.latest is not None
        for key in ("f", "question_mark", "i"):
            await pilot.press(key)
            await looked(pilot)
            assert driver.latest.paused, key
            await pilot.press("escape")
            await looked(pilot)
            assert not driver.latest.paused, key


async def test_another_scenario_begins_another_run(app: FirstlineApp, driver: CannedDriver) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        await looked(pilot)
        app.open_scenario(path_of("textbook"))
        await settled(pilot)
        await looked(pilot)
        assert driver.asked.count("stop") == 1
