"""Callbacks by their delay: the later a callback is to come, the fewer take it."""

from typing import Any

import numpy as np
import pytest

from scenarios import load_text, with_changes
from sim import simulate
from sim.trace.codes import Outcome
from sim.trace.trace import Trace

LINE = """
[horizon]
days = 1
[opening]
hours = "08:00-12:00"
[reasons.enquiry]
volume.per_day = 1200
groups = ["desk"]
handling.voice.talk_s = 60
[callback_offer]
accept = 0.8
place = "window"
window_after_min = 60
priority_bonus = -1
[groups.desk]
heads = 1
"""


def line(**offer: Any) -> Trace:
    return simulate(
        with_changes(
            load_text(LINE), {f"callback_offer.{key}": value for key, value in offer.items()}
        ),
        1,
        0,
    )


def takers(trace: Trace) -> set[float]:
    took = trace.contacts["outcome"] == Outcome.CALLBACK_TAKEN
    return set(trace.contacts["arrival"][took].tolist())


def share(trace: Trace, until_h: float = 24.0) -> float:
    rows = trace.contacts.as_dict()
    offered = (rows["offered_callback"] == 1) & (rows["queued"] < until_h * 3600.0)
    return float(np.mean(rows["outcome"][offered] == Outcome.CALLBACK_TAKEN))


def test_half_as_many_take_a_callback_an_hour_later_where_half_are_lost_with_every_hour() -> None:
    # About 600 offers before 10:00, so that the window lies on the same day; standard error of a
    # share 2 points, four of them.
    assert share(line(), 10.0) == pytest.approx(0.8, abs=0.07)
    hour = line(accept_falls_per_h=0.5)
    assert share(hour, 10.0) == pytest.approx(0.4, abs=0.08)
    quarter = line(accept_falls_per_h=0.5, window_after_min=15)
    assert share(quarter, 10.0) == pytest.approx(0.8 * 0.5**0.25, abs=0.08)


def test_the_later_the_callback_the_fewer_of_the_same_customers_take_it() -> None:
    at_once, soon, late = (
        takers(line(accept_falls_per_h=0.3, window_after_min=after)) for after in (0, 15, 120)
    )
    assert late < soon < at_once


def test_a_window_that_opens_tomorrow_is_taken_by_almost_nobody() -> None:
    # Two hours after 10:00 the centre is closed: the window is that of the next morning, twenty
    # hours later, and 0.5^20 of the customers is nobody.
    trace = line(accept_falls_per_h=0.5, window_after_min=120)
    assert max(takers(trace)) < 10 * 3600.0


def test_a_kept_place_in_the_queue_is_worth_the_less_the_longer_the_queue_is() -> None:
    # Calls come at five times the pace at which one agent answers: the expected wait grows all day.
    falls = {"place": "kept", "accept_falls_per_h": 0.9}
    taken = line(**falls)
    rows = taken.contacts.as_dict()
    offered, took = rows["offered_callback"] == 1, rows["outcome"] == Outcome.CALLBACK_TAKEN
    early = offered & (rows["queued"] < 9 * 3600.0)
    late = offered & (rows["queued"] > 11 * 3600.0)
    assert np.mean(took[early]) > 2.0 * np.mean(took[late])


def test_left_out_the_delay_makes_no_difference() -> None:
    assert takers(line(window_after_min=15)) == takers(line(window_after_min=60))
