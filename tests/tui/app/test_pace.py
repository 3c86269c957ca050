"""What a run has found is drawn between keys: the latest of it, and not without end later."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tests.tui.app.canned_answers import told
from tests.tui.app.fake_runner import FakeRunner
from tests.tui.app.pilot import hammered, settled
from tests.tui.app.test_what_if import at_the_bench, until_run
from tui.app.app import FirstlineApp
from tui.shell import pace, tidying
from tui.shell.pace import Pace
from tui.what_if.answer import WhatIfAnswer
from tui.what_if.knob_list import KnobList

ABSENCE = "groups.front_line.absence"


@dataclass
class Clock:
    """A clock that stands until it is moved, and what is called when it has come so far."""

    now: float = 100.0
    due: list[tuple[float, Callable[[], None]]] = field(default_factory=list)

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        self.due.append((self.now + seconds, call))

    def move(self, seconds: float) -> None:
        end = self.now + seconds
        while self.due and min(at for at, _ in self.due) <= end:
            at, call = min(self.due, key=lambda one: one[0])
            self.due.remove((at, call))
            self.now = at
            call()
        self.now = end


@pytest.fixture
def usual(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the app, where other tests do without waiting."""
    monkeypatch.setattr(pace, "PAUSE_S", 0.2)
    monkeypatch.setattr(pace, "GAP_S", 0.25)


@pytest.mark.usefixtures("usual")
def test_of_answers_that_come_while_keys_are_pressed_the_latest_is_drawn_in_the_pause() -> None:
    clock, drawn = Clock(), list[int]()
    pressed = [clock.now]
    paced = Pace(clock.later, lambda: pressed[-1], lambda: clock.now)
    for number in range(4):
        paced.draw(lambda number=number: drawn.append(number))
        clock.move(0.1)
        pressed.append(clock.now)
    assert drawn == [], "a key was pressed every 0.1 s"
    clock.move(0.3)
    assert drawn == [3]


@pytest.mark.usefixtures("usual")
def test_somebody_who_never_stops_pressing_keys_sees_an_answer_every_two_seconds() -> None:
    clock, drawn = Clock(), list[float]()
    pressed = [clock.now]
    paced = Pace(clock.later, lambda: pressed[-1], lambda: clock.now)
    for _ in range(50):
        paced.draw(lambda: drawn.append(clock.now))
        clock.move(0.1)
        pressed.append(clock.now)
    assert len(drawn) == 2, "50 keys in 5 s"


@pytest.mark.usefixtures("usual")
def test_the_first_answer_is_drawn_at_once_and_the_last_word_waits_for_nothing() -> None:
    clock, drawn = Clock(), list[str]()
    paced = Pace(clock.later, lambda: float("-inf"), lambda: clock.now)
    paced.draw(lambda: drawn.append("first"))
    paced.draw(lambda: drawn.append("second"))
    assert drawn == ["first"], "another one 0.25 s after it at the earliest"
    paced.draw(lambda: drawn.append("stopped"), now=True)
    clock.move(5.0)
    assert drawn == ["first", "stopped"], "what was waiting is older than the last word"


@pytest.mark.usefixtures("usual")
def test_an_answer_to_what_stood_before_the_turn_is_not_drawn_after_it() -> None:
    clock, drawn = Clock(), list[str]()
    paced = Pace(clock.later, lambda: clock.now, lambda: clock.now)
    paced.draw(lambda: drawn.append("before"))
    paced.forget()
    clock.move(5.0)
    assert drawn == []


async def test_of_quick_turns_the_last_is_run_and_shown_once_no_key_comes_any_more(
    app: FirstlineApp, runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await at_the_bench(pilot, runner)
        before = len(runner.jobs)
        monkeypatch.setattr("tui.what_if.screen.SETTLED_S", 1.0)
        knobs = pilot.app.screen.query_one(KnobList)
        knobs.go_to(ABSENCE)
        await hammered(pilot, "plus", "plus", "plus")
        job = await until_run(pilot, runner, before + 1)
        assert knobs.current is not None
        assert len(runner.jobs) == before + 1, "the first two turns are run by nobody"
        (policy,) = job.request.scenario.policies.values()
        assert policy.changes == {ABSENCE: knobs.current.value}
        monkeypatch.setattr(pace, "PAUSE_S", 1_000.0)
        monkeypatch.setattr(pace, "LATEST_S", 1_000.0)
        answer = pilot.app.screen.query_one(WhatIfAnswer)
        job.tell(told(job.request, 3))
        await settled(pilot)
        assert answer.has_class("-stale"), "a key was pressed a moment ago"
        job.stop()
        await settled(pilot)
        assert not answer.has_class("-stale"), "what is finished is shown when it is stopped"


def test_python_tidies_up_only_when_no_key_was_pressed_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done = list[str]()
    monkeypatch.setattr(tidying.gc, "collect", lambda: done.append("all"))
    monkeypatch.setattr(tidying.gc, "get_count", lambda: (0, 0, tidying.DUE))
    assert not tidying.tidy(tidying.monotonic())
    assert not done
    assert tidying.tidy(tidying.monotonic() - tidying.PAUSE_S)
    assert done == ["all"]
