"""The driver: pause is exact, speed is kept, times are jumped to, changes are made in order."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from math import inf

import pytest

from scenarios import load_text
from sim.live import TOPIC_OF, CallIn, ChangeError, Doing, LiveRun, SendAgents, SetLimit, Topic
from tests.support.busy_centre import BUSY
from tui.floor.driver import ThreadDriver
from tui.floor.frames import Frame

HOUR = 3600.0
BUSY_DAY = load_text(BUSY.replace("days = 9", "days = 2"))
PATIENCE_S = 20.0
"""How long a test waits on a machine that is busy with something else."""


@pytest.fixture
def driver() -> Iterator[ThreadDriver]:
    driver = ThreadDriver(lambda: LiveRun(BUSY_DAY, 3), paused=True)
    until(driver, lambda frame: frame.snapshot.now >= 8 * HOUR)
    yield driver
    driver.stop()
    driver.wait()


def until(driver: ThreadDriver, seen: Callable[[Frame], bool]) -> Frame:
    ends = time.monotonic() + PATIENCE_S
    while time.monotonic() < ends:
        frame = driver.latest
        if frame is not None and seen(frame):
            return frame
        time.sleep(0.005)
    raise AssertionError(f"not seen in {PATIENCE_S:g} s: {driver.failed}")


def test_a_run_begins_when_the_doors_open(driver: ThreadDriver) -> None:
    assert driver.latest is not None
    assert driver.latest.snapshot.now == 8 * HOUR
    assert driver.latest.snapshot.open


def test_nothing_happens_after_a_pause_is_seen(driver: ThreadDriver) -> None:
    driver.set_speed(inf)
    driver.go_on()
    until(driver, lambda frame: frame.snapshot.now > 9 * HOUR)
    driver.pause()
    paused = until(driver, lambda frame: frame.paused)
    time.sleep(0.2)
    assert driver.latest is not None
    assert driver.latest.snapshot.now == paused.snapshot.now
    assert driver.latest.snapshot.written == paused.snapshot.written


def test_the_clock_goes_no_faster_than_was_asked_for(driver: ThreadDriver) -> None:
    driver.set_speed(300.0)
    begun = time.monotonic()
    driver.go_on()
    frame = until(driver, lambda frame: frame.snapshot.now > 8 * HOUR + 200.0)
    assert frame.snapshot.now - 8 * HOUR <= 300.0 * (time.monotonic() - begun) + 1.0


def test_a_step_ends_at_the_next_thing_to_be_seen(driver: ThreadDriver) -> None:
    driver.step([Topic.ARRIVALS])
    frame = until(driver, lambda frame: frame.snapshot.now > 8 * HOUR and frame.paused)
    assert any(moment.at == frame.snapshot.now for moment in frame.snapshot.recent)


def test_as_many_steps_are_made_as_were_asked_for_however_quickly(driver: ThreadDriver) -> None:
    for _ in range(5):
        driver.step([Topic.ARRIVALS])
    frame = until(driver, lambda frame: frame.paused and len(arrivals(frame)) == 5)
    assert arrivals(frame)[-1] == frame.snapshot.now
    driver.step([Topic.ARRIVALS])
    until(driver, lambda frame: frame.paused and len(arrivals(frame)) == 6)


def arrivals(frame: Frame) -> list[float]:
    """When customers came, of what the log has."""
    return sorted({m.at for m in frame.snapshot.recent if TOPIC_OF[m.what] is Topic.ARRIVALS})


def test_every_press_counts_for_the_speed_and_for_the_pause(driver: ThreadDriver) -> None:
    for by in (1, 1, 1, -1):
        driver.faster(by)
    for _ in range(3):
        driver.pause_or_go_on()
    frame = until(driver, lambda frame: frame.speed != 60.0 and not frame.paused)
    assert frame.speed == 600.0, "from 60: 300, 600, 1,800 and back"
    driver.pause_or_go_on()
    until(driver, lambda frame: frame.paused)


def test_a_jump_ends_at_its_time_and_leaves_the_clock_as_it_was(driver: ThreadDriver) -> None:
    driver.jump(11.25 * HOUR)
    frame = until(driver, lambda frame: frame.going_to is None and frame.snapshot.now > 9 * HOUR)
    assert frame.snapshot.now == 11.25 * HOUR
    assert frame.paused


def test_the_next_opening_is_the_next_mornings(driver: ThreadDriver) -> None:
    driver.jump(None)
    frame = until(driver, lambda frame: frame.going_to is None and frame.snapshot.now > 9 * HOUR)
    assert frame.snapshot.now == 32 * HOUR


def test_going_back_keeps_the_changes_made_before_that_time(driver: ThreadDriver) -> None:
    early = driver.change(SetLimit("limited", 60.0)).result(PATIENCE_S)
    driver.jump(12 * HOUR)
    until(driver, lambda frame: frame.snapshot.now == 12 * HOUR)
    driver.change(SetLimit("limited", 90.0)).result(PATIENCE_S)
    driver.jump(10 * HOUR)
    frame = until(driver, lambda frame: frame.snapshot.now == 10 * HOUR)
    assert frame.snapshot.changes == (early,)


def test_a_quarter_of_an_hour_back_is_the_floor_as_it_was(driver: ThreadDriver) -> None:
    driver.quarters(5)
    was = until(driver, lambda frame: frame.snapshot.now == 9.25 * HOUR and settled(frame))
    driver.quarters(3)
    until(driver, lambda frame: frame.snapshot.now == 10 * HOUR and settled(frame))
    driver.quarters(-3)
    frame = until(driver, lambda frame: frame.snapshot.now == 9.25 * HOUR)
    assert repr(frame.snapshot.groups) == repr(was.snapshot.groups)
    assert repr(frame.snapshot.today) == repr(was.snapshot.today)
    # Once the clock goes on it goes on from there, whatever was shown.
    driver.go_on()
    frame = until(driver, lambda frame: frame.snapshot.now > 9.25 * HOUR)
    assert frame.snapshot.now < 9.3 * HOUR


def settled(frame: Frame) -> bool:
    return frame.going_to is None


def test_from_within_a_quarter_of_an_hour_back_is_its_beginning(driver: ThreadDriver) -> None:
    driver.jump(9 * HOUR + 400.0)
    until(driver, lambda frame: frame.snapshot.now >= 9 * HOUR and settled(frame))
    driver.quarters(-1)
    until(driver, lambda frame: frame.snapshot.now == 9 * HOUR)
    driver.jump(9 * HOUR + 400.0)
    driver.quarters(1)
    until(driver, lambda frame: frame.snapshot.now == 9.25 * HOUR)
    driver.quarters(-99)
    until(driver, lambda frame: frame.snapshot.now == 0.0)


def test_a_whole_day_is_recorded_while_the_clock_stands(driver: ThreadDriver) -> None:
    until(driver, lambda _frame: driver.day.complete)
    assert driver.day.number == 0
    assert driver.day.reached == 24 * HOUR - 60.0
    driver.jump(33 * HOUR)
    until(driver, lambda _frame: driver.day.number == 1 and driver.day.complete)
    assert driver.day.reached == 48 * HOUR


def test_a_held_clock_goes_on_when_it_is_released(driver: ThreadDriver) -> None:
    driver.go_on()
    driver.hold()
    held = until(driver, lambda frame: frame.paused)
    time.sleep(0.2)
    assert driver.latest is not None
    assert driver.latest.snapshot.now == held.snapshot.now
    driver.release()
    until(driver, lambda frame: frame.snapshot.now > held.snapshot.now and not frame.paused)
    driver.pause()
    driver.hold()
    driver.release()
    until(driver, lambda frame: frame.paused)


def test_going_back_before_a_change_keeps_it_for_its_time(driver: ThreadDriver) -> None:
    made = driver.change(SetLimit("limited", 60.0)).result(PATIENCE_S)
    driver.jump(9 * HOUR)
    until(driver, lambda frame: frame.snapshot.now == 9 * HOUR and settled(frame))
    driver.jump(7.5 * HOUR)
    frame = until(driver, lambda frame: frame.snapshot.now == 7.5 * HOUR)
    assert frame.snapshot.changes == ()
    assert frame.changes == (made,)
    driver.jump(8.5 * HOUR)
    until(driver, lambda frame: frame.snapshot.changes == (made,))


def test_a_change_taken_back_gives_the_untouched_day_again(driver: ThreadDriver) -> None:
    driver.jump(12 * HOUR)
    untouched = until(driver, lambda frame: frame.snapshot.now == 12 * HOUR and settled(frame))
    driver.jump(9 * HOUR)
    until(driver, lambda frame: frame.snapshot.now == 9 * HOUR)
    made = driver.change(SetLimit("limited", 5_000.0)).result(PATIENCE_S)
    driver.jump(12 * HOUR)
    changed = until(driver, lambda frame: frame.snapshot.now == 12 * HOUR and settled(frame))
    assert repr(changed.snapshot.today) != repr(untouched.snapshot.today)
    driver.take_back(made)
    frame = until(driver, lambda frame: not frame.changes and settled(frame))
    assert frame.snapshot.now == 12 * HOUR
    assert repr(frame.snapshot.today) == repr(untouched.snapshot.today)


def test_what_cannot_be_made_again_is_reported(driver: ThreadDriver) -> None:
    called = driver.change(CallIn(1, "front", 4.0)).result(PATIENCE_S)
    until(driver, lambda frame: frame.snapshot.changes == (called,))
    every = sum(one != Doing.OFF for one in doing(driver, "front"))
    sent = driver.change(SendAgents(every, "front", "specialists")).result(PATIENCE_S)
    driver.take_back(called)
    until(driver, lambda frame: frame.changes == ())
    refused = driver.refusals()
    assert refused
    assert refused[0].startswith(f"{sent.words}: ")
    assert driver.refusals() == []


def doing(driver: ThreadDriver, name: str) -> bytes:
    assert driver.latest is not None
    return next(one.doing for one in driver.latest.snapshot.groups if one.name == name)


def test_a_change_that_cannot_be_made_is_reported_to_the_screen_that_asked(
    driver: ThreadDriver,
) -> None:
    refused = driver.change(SendAgents(99, "front", "specialists"))
    with pytest.raises(ChangeError, match="only"):
        refused.result(PATIENCE_S)
    driver.go_on()
    until(driver, lambda frame: not frame.paused)


def test_only_a_known_customer_can_be_followed(driver: ThreadDriver) -> None:
    driver.jump(9 * HOUR)
    until(driver, lambda frame: frame.snapshot.now == 9 * HOUR)
    assert driver.follow(0).result(PATIENCE_S)
    assert not driver.follow(99_999).result(PATIENCE_S)
    frame = until(driver, lambda frame: frame.snapshot.followed is not None)
    assert frame.snapshot.followed is not None
    assert frame.snapshot.followed.case == 0


def test_a_run_that_has_come_to_its_end_rests(driver: ThreadDriver) -> None:
    driver.set_speed(inf)
    driver.go_on()
    frame = until(driver, lambda frame: frame.snapshot.finished)
    assert frame.snapshot.now == 48 * HOUR
    assert not frame.failed


def test_a_run_that_fails_says_so_instead_of_standing_still() -> None:
    class Broken(LiveRun):
        def advance(self, until: float) -> None:
            if until > 8.5 * HOUR:
                raise RuntimeError("the floor caved in")
            super().advance(until)

    driver = ThreadDriver(lambda: Broken(BUSY_DAY, 3), paused=True)
    until(driver, lambda frame: frame.snapshot.now >= 8 * HOUR)
    driver.jump(9 * HOUR)
    frame = until(driver, lambda frame: frame.failed)
    assert frame.paused
    assert driver.wait()
    assert "the floor caved in" in driver.failed


def test_a_run_that_fails_before_anything_was_seen_of_it_says_so_as_well() -> None:
    def broken() -> LiveRun:
        raise RuntimeError("there is no floor")

    driver = ThreadDriver(broken)
    assert driver.wait()
    assert driver.latest is None
    assert "there is no floor" in driver.failed


def test_a_stopped_driver_leaves_no_thread_behind() -> None:
    driver = ThreadDriver(lambda: LiveRun(BUSY_DAY, 3))
    until(driver, lambda frame: frame.snapshot.now > 8 * HOUR)
    driver.stop()
    assert driver.wait()
