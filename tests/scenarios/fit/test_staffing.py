"""Who was on duty, read from what they answered: by hand."""

import numpy as np
import pytest

from scenarios.fit.calls import Calls
from scenarios.fit.document import by_date
from scenarios.fit.staffing import Window, logged_on, times_away, windows_of
from tests.support.recorded import written_calls


def test_a_gap_of_more_than_a_quarter_of_an_hour_ends_a_window() -> None:
    calls = Calls(written_calls((0, 0, 100, 1), (1000, 0, 100, 1), (2001, 0, 99, 1)))
    windows = [(w.agent, w.start, w.end) for w in windows_of(calls)]
    # 900 s without a contact are within the window, 901 s are not.
    assert windows == [(1, 0, 1100), (1, 2001, 2100)]


def test_windows_are_of_each_agent_and_run_past_midnight() -> None:
    calls = Calls(written_calls((86_000, 0, 900, 1), (86_100, 0, 50, 2)))
    windows = {w.agent: (w.start, w.end) for w in windows_of(calls)}
    assert windows == {1: (86_000, 86_900), 2: (86_100, 86_150)}


def test_calls_without_an_agent_make_no_window() -> None:
    calls = Calls(written_calls((0, 0, 100, -1), (5, 60, None, -1), (50, 0, 10, 3)))
    assert [w.agent for w in windows_of(calls)] == [3]


def test_as_many_wait_for_a_free_agent_as_agents_are_away() -> None:
    # One agent, a call every 600 s; each third caller waits 40 s for the agent to come back.
    rows = [(600.0 * n, 40.0 if n % 3 == 0 else 0.0, 60.0, 1) for n in range(1, 121)]
    calls = Calls(written_calls((0, 0, 60, 1), *rows))
    away = times_away(calls, windows_of(calls))
    assert away.when_idle.value == pytest.approx(1 / 3, abs=0.02)
    assert 1 / 3 in away.when_idle
    assert away.back_s.value == pytest.approx(40, abs=1.5)
    assert away.back_s.records == 40


def test_the_change_over_is_the_gap_before_a_caller_who_had_waited() -> None:
    rows = [(200.0 * n, 30.0, 194.0, 1) for n in range(50)]
    calls = Calls(written_calls(*rows))
    away = times_away(calls, windows_of(calls))
    assert away.between_s.value == pytest.approx(6)
    assert away.between_s.records == 49
    assert np.isnan(away.back_s.value)  # nobody had been away


def test_agents_were_there_before_their_first_contact_and_after_their_last() -> None:
    # Gaps of 40 s between the contacts of one agent: 40 s are added at both ends.
    rows = [(100.0 * n, 0.0, 60.0, 1) for n in range(10, 20)]
    (window,) = logged_on(Calls(written_calls(*rows)))
    assert (window.start, window.end) == (960, 2000)


def test_windows_that_reach_into_each_other_meet_in_the_middle() -> None:
    # Agent 2 has gaps of 800 s: both windows of agent 1, 1,000 s apart, move by more than half.
    slow = [(860.0 * n, 0.0, 60.0, 2) for n in range(10)]
    calls = Calls(written_calls((0, 0, 1000, 1), (2000, 0, 1000, 1), *slow))
    first, second = (w for w in logged_on(calls) if w.agent == 1)
    assert first.end == second.start == 1500


def test_windows_that_touch_in_whole_seconds_are_one_and_midnight_cuts_them() -> None:
    day = np.datetime64("2026-01-05")
    windows = (
        Window(1, day, 10.2, 60.4),
        Window(1, day, 60.4, 90.0),
        Window(1, day, 86_000.0, 86_500.0),
    )
    assert by_date(windows) == {
        1: {
            "2026-01-05": ["00:00:10-00:01:30", "23:53:20-24:00"],
            "2026-01-06": ["00:00:00-00:01:40"],
        }
    }
