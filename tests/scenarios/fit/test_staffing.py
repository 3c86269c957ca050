"""Who was on duty, read from what they answered: by hand."""

import numpy as np
import pytest

from scenarios.fit.calls import Calls
from scenarios.fit.staffing import times_away, windows_of
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
