"""Back and forth through the day on the screen, two policies beside each other, changes undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from textual.pilot import Pilot

from scenarios import Scenario
from sim.live import CallIn, Made, SetLimit
from tests.tui.app.canned_floor import DAY, FOLLOWED, NOW, CannedDriver
from tests.tui.app.pilot import settled
from tests.tui.app.test_floor import looked, text
from tui.app.app import FirstlineApp
from tui.floor import session
from tui.floor.driver import ThreadDriver
from tui.floor.heat_strip import HeatStrip
from tui.floor.parting import Parting
from tui.floor.screen import FloorScreen
from tui.parts.choice import ChoiceDialog

HOUR = 3600.0


@pytest.fixture
def drivers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[CannedDriver]]:
    """The runs in the order in which they begin: the watched one, then the other policy's."""
    begun: list[CannedDriver] = []

    def start(_scenario: Scenario, _replication: int, *, paused: bool = False) -> CannedDriver:
        begun.append(CannedDriver())
        assert paused == (len(begun) > 1)
        return begun[-1]

    monkeypatch.setattr(session, "start", start)
    yield begun
    assert all(driver.asked[-1] == "stop" for driver in begun), "all runs end with the app"


@pytest.fixture
def app(app: FirstlineApp) -> FirstlineApp:
    app.first_screen = "floor"
    return app


def floor(app: FirstlineApp) -> FloorScreen:
    screen = app.screen_stack[0]
    assert isinstance(screen, FloorScreen)
    return screen


async def shown(pilot: Pilot[None]) -> None:
    await settled(pilot)
    await looked(pilot)


async def test_brackets_go_a_quarter_of_an_hour_back_and_forward(
    app: FirstlineApp, drivers: list[CannedDriver]
) -> None:
    async with app.run_test() as pilot:
        await shown(pilot)
        await pilot.press("left_square_bracket", "left_square_bracket", "right_square_bracket")
        assert drivers[0].asked[-3:] == [("quarters", by) for by in (-1, -1, 1)]


async def test_the_worst_quarter_of_an_hour_is_gone_to_with_its_reasons(
    app: FirstlineApp, drivers: list[CannedDriver]
) -> None:
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await shown(pilot)
        title = str(floor(app).query_one(HeatStrip).border_title)
        assert "worst from 10:30, 1:48 on average: 4 on break and 4 with an approver" in title
        await pilot.press("w")
        await shown(pilot)
        assert drivers[0].asked[-1] == ("jump", 10.5 * HOUR)
        assert any("4 on break" in str(note.message) for note in app._notifications)


async def test_the_strip_has_hours_the_clock_and_bookmarks_and_a_click_goes_there(
    app: FirstlineApp, drivers: list[CannedDriver]
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await shown(pilot)
        strip = floor(app).query_one(HeatStrip)
        axis = strip.text.splitlines()[-1]
        for sign in ("08", "12", "!", "▲"):
            assert sign in axis
        await pilot.press("b")
        await shown(pilot)
        assert floor(app).session.bookmarks.times == [NOW // 60 * 60]
        floor(app).session.bookmarks.toggle(15 * HOUR)
        await pilot.press("apostrophe")
        assert drivers[0].asked[-1] == ("jump", 15 * HOUR)
        column = axis.index("12")
        await pilot.click("#strip", offset=(3 + column, 2))
        await shown(pilot)
        assert drivers[0].asked[-1] == ("jump", 12 * HOUR)


async def test_without_a_bookmark_there_is_none_to_go_to(
    app: FirstlineApp, drivers: list[CannedDriver]
) -> None:
    async with app.run_test(notifications=True) as pilot:
        await shown(pilot)
        await pilot.press("B")
        await shown(pilot)
        assert not any(
            isinstance(asked, tuple) and asked[0] == "jump" for asked in drivers[0].asked
        )
        assert any("b sets one" in str(note.message) for note in app._notifications)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_two_policies_stand_beside_each_other_with_where_they_part(
    app: FirstlineApp,
    drivers: list[CannedDriver],
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
) -> None:
    first, second = FOLLOWED.moments[8], FOLLOWED.moments[9]
    parting = Parting(NOW - 7_200.0, first, second, 412)
    monkeypatch.setattr("tui.floor.other_policy.parting_of", lambda *_given: parting)
    async with app.run_test(size=size) as pilot:
        await shown(pilot)
        await pilot.press("v")
        assert isinstance(app.screen, ChoiceDialog)
        await pilot.press("down", "enter")
        await shown(pilot)
        assert floor(app).has_class("-beside")
        drivers[1]._shows(today={**DAY.minutes[0].today, "service_level": 0.9})
        drivers[0].pause_or_go_on()
        await shown(pilot)
        both = floor(app).query_one("#both")
        words = both.text  # type: ignore[attr-defined]
        assert "They part at 08:42:07, with customer #412" in words
        assert "Front line 3 may not decide €64 (refund) alone" in words
        assert "Service level" in words
        assert "+15.9 points" in words
        assert "better" not in words
        assert "┼" in text(app, "strip")
        assert "B Let agents settle up to €150" in text(app, "clock") or size[0] < 120
        await pilot.press("apostrophe")
        assert drivers[0].asked[-1] == ("jump", parting.at // 60 * 60)
        await pilot.press("v")
        await shown(pilot)
        assert not floor(app).has_class("-beside")
        assert drivers[1].asked[-1] == "stop"


@pytest.mark.usefixtures("drivers")
async def test_one_customers_two_stories_stand_beside_each_other(
    app: FirstlineApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.floor.other_policy.parting_of", lambda *_given: None)
    async with app.run_test(size=(120, 40)) as pilot:
        await shown(pilot)
        await pilot.press("f", *"412", "enter")
        await shown(pilot)
        await pilot.press("c", "enter")
        await shown(pilot)
        await looked(pilot)
        assert floor(app).has_class("-beside")
        for story in ("story", "other-story"):
            assert text(app, story).startswith("Damaged item (complaint), needs €64")
        await pilot.press("c")
        await shown(pilot)
        assert not floor(app).has_class("-beside")
        assert floor(app).has_class("-following")


async def test_a_change_can_be_taken_back_by_its_name(
    app: FirstlineApp, drivers: list[CannedDriver]
) -> None:
    limit = Made(NOW - 60.0, SetLimit("none", 80.0), "Front line may decide up to €80 alone")
    more = Made(NOW - 30.0, CallIn(2, "front_line"), "2 agents called in for Front line, 4 h")
    async with app.run_test(size=(120, 40)) as pilot:
        await shown(pilot)
        drivers[0]._becomes(changes=(limit, more))
        await looked(pilot)
        assert "+ 2 of your changes" in text(app, "clock")
        await pilot.press("U")
        assert isinstance(app.screen, ChoiceDialog)
        await pilot.press("up", "enter")
        await shown(pilot)
        assert drivers[0].latest is not None
        assert drivers[0].latest.changes == (more,)
        await pilot.press("U")
        await shown(pilot)
        assert drivers[0].latest.changes == ()


async def test_a_real_day_is_gone_through_and_both_policies_keep_one_clock(
    app: FirstlineApp,
) -> None:
    """No canned answers: retail-complaints, its day recorded, two runs at one clock."""
    async with app.run_test(size=(120, 40)) as pilot:
        await shown(pilot)
        driver = floor(app).driver
        assert isinstance(driver, ThreadDriver)
        await waited(pilot, lambda: driver.day.complete)
        await pilot.press("space")
        await pilot.press(*["right_square_bracket"] * 4)
        await waited(pilot, lambda: at_clock(app) == 9 * HOUR)
        await pilot.press("left_square_bracket")
        await waited(pilot, lambda: at_clock(app) == 8.75 * HOUR)
        await pilot.press("w")
        worst = floor(app).session.worst
        assert worst is not None
        await waited(pilot, lambda: at_clock(app) == worst.begins)
        await pilot.press("v", "down", "enter")
        await waited(pilot, lambda: "They part at" in text(app, "both"))
        other = floor(app).session.other
        assert other is not None
        await waited(pilot, lambda: other.at(worst.begins) is not None)
        await pilot.press("space")
        await waited(pilot, lambda: at_clock(app) > worst.begins + 60.0)
        await pilot.press("space")
        await waited(pilot, lambda: "Service level" in text(app, "both"))
        assert not driver.failed


def at_clock(app: FirstlineApp) -> float:
    seen = floor(app).seen
    return seen.snapshot.now if seen else -1.0


async def waited(pilot: Pilot[None], there: Callable[[], bool]) -> None:
    for _ in range(300):
        if there():
            return
        await looked(pilot)
    raise AssertionError("not seen in time")
