"""Keys pressed faster than the screen is drawn: each of them counts, in its order."""

from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot

from scenarios import load
from tests.tui.app.canned_floor import CannedDriver
from tests.tui.app.fake_runner import FakeRunner
from tests.tui.app.pilot import hammered, settled
from tui.app.app import FirstlineApp
from tui.compare.plan_list import PlanList
from tui.compare.screen import CompareScreen
from tui.what_if.bench import Bench
from tui.what_if.knob import Knob
from tui.what_if.knob_list import KnobList
from tui.what_if.screen import WhatIfScreen
from tui.what_if.together import ALL_CUSTOMERS

AUTHORITY = "groups.front_line.authority"
ABSENCE = "groups.front_line.absence"
ROSTER = 'groups.front_line."*".heads'
TALK = "reasons.late_delivery.handling.voice.talk_s.mean"
LIMIT = "authority.guided.limit"
REPEAT = "repeat"
SIZE = (120, 40)


async def at_a_knob(pilot: Pilot[None], key: str) -> WhatIfScreen:
    """Go to the what-if screen and put the cursor on a knob."""
    await settled(pilot)
    await pilot.press("2")
    await settled(pilot)
    screen = cast(WhatIfScreen, pilot.app.screen)
    knobs = screen.query_one(KnobList)
    knobs.go_to(key)
    knobs.focus()
    await pilot.pause()
    return screen


def bench_of(screen: WhatIfScreen) -> Bench:
    assert screen.bench is not None
    return screen.bench


def stepped(knob: Knob, bench: Bench, *directions: int) -> object:
    """Where a knob stands after one press after the other."""
    for direction in directions:
        bench = bench.turn(knob.key, bench.knob(knob.key).stepped(direction))
    return bench.knob(knob.key).value


async def test_five_quick_plus_on_all_customers_give_125_per_cent(app: FirstlineApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await at_a_knob(pilot, ALL_CUSTOMERS)
        await hammered(pilot, *["plus"] * 5)
        assert bench_of(screen).knob(ALL_CUSTOMERS).shown == "125 %"


async def test_a_key_that_is_held_turns_a_knob_of_every_kind_at_every_press(
    app: FirstlineApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await at_a_knob(pilot, ALL_CUSTOMERS)
        knobs = screen.query_one(KnobList)
        for more, less in (("plus", "minus"), ("right", "left"), ("equals_sign", "minus")):
            for key in (ALL_CUSTOMERS, ABSENCE, ROSTER, TALK, LIMIT, AUTHORITY):
                knobs.go_to(key)
                before = bench_of(screen)
                await hammered(pilot, *[more] * 5, *[less] * 2)
                found = bench_of(screen)
                wanted = stepped(before.knob(key), before, *[1] * 5, *[-1] * 2)
                assert found.knob(key).value == wanted, (more, key)
                assert len(found.before) == len(before.before) + 7, "each of them can be undone"


async def test_a_switch_is_switched_by_every_press(app: FirstlineApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await at_a_knob(pilot, REPEAT)
        for count in (3, 4):
            await hammered(pilot, *["space"] * count)
            assert bench_of(screen).knob(REPEAT).value is False
        await hammered(pilot, "right", "left", "right")
        assert bench_of(screen).turned.nothing


async def test_quick_keys_are_done_in_their_order(app: FirstlineApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await at_a_knob(pilot, ALL_CUSTOMERS)
        await hammered(pilot, "plus", "plus", "plus", "u")
        assert bench_of(screen).knob(ALL_CUSTOMERS).shown == "110 %"
        await hammered(pilot, "plus", "r")
        assert bench_of(screen).turned.nothing
        await hammered(pilot, "plus", "down", "up", "plus")
        assert bench_of(screen).knob(ALL_CUSTOMERS).shown == "110 %"


async def test_a_number_typed_at_once_after_enter_goes_into_the_field(app: FirstlineApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await at_a_knob(pilot, ROSTER)
        await hammered(pilot, "enter", "4", "5", "enter", "plus")
        assert app.screen is screen, "4 and 5 are keys of other screens"
        assert bench_of(screen).knob(ROSTER).value == 46


async def test_a_name_typed_at_once_after_save_goes_into_the_dialog(
    app: FirstlineApp, tmp_path: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await at_a_knob(pilot, ALL_CUSTOMERS)
        await hammered(pilot, "plus", "s", "m", "5", "enter", "enter")
        await settled(pilot)
        saved = tmp_path / "retail-complaints.toml"
        assert list(load(saved).policies)[-1] == "m5"
        assert app.screen is screen


async def test_policies_are_picked_by_every_press_and_before_the_run(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("3")
        await settled(pilot)
        screen = cast(CompareScreen, app.screen)
        screen.query_one(PlanList).focus()
        await hammered(pilot, "down", "space", "down", "space", "down", "space", "space", "x")
        await settled(pilot)
        picked = runner.last.request.policies
        assert picked == ("ask-the-boss", "empowered-owned", "five-more-agents")


async def test_the_floor_goes_as_much_faster_as_plus_was_pressed(
    app: FirstlineApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = CannedDriver()
    monkeypatch.setattr("tui.floor.session.start", lambda *_given, **_more: driver)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("4")
        await settled(pilot)
        await hammered(pilot, "plus", "plus", "plus", "minus")
        assert driver.latest is not None
        assert driver.latest.speed == 600.0, "from 60: 300, 600, 1,800 and back"
        await hammered(pilot, "space", "space", "space")
        assert not driver.latest.paused, "it stood, so three of them let it run"
