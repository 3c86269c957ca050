"""Patience that depends on how many wait already, in centres worked out by hand."""

from typing import Any

import pytest

from tests.support.timed_centres import played, reason, rows

CROWDED = [{"waiting": 2, "patience_s": 30}, {"waiting": 3, "patience_s": 10}]
HEAD_START = {"early": {"share": 1.0, "priority": 90}}


def waits(**more: Any) -> list[float]:
    """Waits of four callers behind a call of 500 s, all of whom hang up."""
    calls = reason(0, 1, 2, 3, 4, talk_s=500, patience_s={"voice": 100}, **more)
    table = rows(played({"call": calls}, {"front": 1}), "contacts", "queued ended")
    return [float(ended or 0) - float(queued or 0) for queued, ended in table[1:]]


def test_who_finds_a_long_queue_hangs_up_sooner() -> None:
    # The first two find nobody and one in line, the third finds two, the last three.
    assert waits(patience_when_waiting=CROWDED) == [100, 100, 30, 10]


def test_without_the_key_the_length_of_the_queue_changes_nobodys_patience() -> None:
    assert waits() == [100, 100, 100, 100]


def test_a_class_without_patience_of_its_own_has_that_of_the_reason_in_a_long_queue() -> None:
    classes = {"patience_when_waiting": CROWDED, "priority_classes": HEAD_START}
    assert waits(**classes) == [100, 100, 30, 10]


def test_a_class_with_patience_of_its_own_keeps_it_in_a_long_queue() -> None:
    early = {"early": {"share": 1.0, "priority": 90, "patience_s": 80}}
    assert waits(patience_when_waiting=CROWDED, priority_classes=early) == [80, 80, 80, 80]


def test_a_factor_on_patience_moves_that_of_long_queues_and_classes_as_well() -> None:
    assert waits(patience_when_waiting=CROWDED, patience_factor=0.5) == [50, 50, 15, 5]
    early = {"early": {"share": 1.0, "priority": 90, "patience_s": 80}}
    assert waits(priority_classes=early, patience_factor=2.0) == [160, 160, 160, 160]


def test_a_factor_on_patience_scales_what_each_caller_draws() -> None:
    def drawn(factor: float) -> list[float]:
        law = {"voice": {"distribution": "exponential", "mean": 60}}
        calls = reason(0, 1, 2, 3, 4, talk_s=5000, patience_s=law, patience_factor=factor)
        table = rows(played({"call": calls}, {"front": 1}), "contacts", "queued ended")
        return [float(ended or 0) - float(queued or 0) for queued, ended in table[1:]]

    assert drawn(2.0) == pytest.approx([2 * each for each in drawn(1.0)])
