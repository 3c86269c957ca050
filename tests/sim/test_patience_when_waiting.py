"""Patience that depends on how many wait already, in centres worked out by hand."""

from typing import Any

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
