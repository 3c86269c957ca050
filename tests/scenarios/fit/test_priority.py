"""Head starts, read from who overtakes whom."""

from dataclasses import replace

import numpy as np
import pytest

from scenarios.fit.calls import Calls
from scenarios.fit.priority import head_starts_of
from tests.support.recorded import written_calls


def served_in_order(head_start: float, share: float, seed: int = 1) -> Calls:
    """Two thousand callers who wait long, served one a 20 s by when they came, less a head start.

    Half of them are of the high class, a share of whom really has it.
    """
    random = np.random.default_rng(seed)
    came = np.sort(random.uniform(0, 40_000, 2000)).round()
    high = random.random(2000) < 0.5
    ahead = high & (random.random(2000) < share)
    answered = np.empty(2000)
    clock, waiting, following = 300.0, list[int](), 0
    for _ in range(2000):
        while following < 2000 and came[following] <= clock:
            waiting.append(following)
            following += 1
        if not waiting:
            clock = came[following]
            waiting.append(following)
            following += 1
        first = min(waiting, key=lambda place: came[place] - head_start * ahead[place])
        waiting.remove(first)
        answered[first] = clock + 1
        clock += 20.0
    rows = [(float(c), float(a - c), 10.0, 1) for c, a in zip(came, answered, strict=True)]
    made = written_calls(*rows)
    return Calls(replace(made, priority=np.where(high, 2.0, 1.0)))


@pytest.mark.parametrize(("head_start", "share"), [(90.0, 1.0), (60.0, 0.6)])
def test_a_head_start_is_found_with_its_length_and_who_has_it(
    head_start: float, share: float
) -> None:
    (found,) = head_starts_of(served_in_order(head_start, share))
    assert found.priority == 2.0
    assert found.seconds == pytest.approx(head_start, abs=5)
    # Pairs share callers, so the interval of the share is too narrow: 0.08 is three of its widths.
    assert found.share.value == pytest.approx(share, abs=0.08)


def test_where_the_order_is_that_of_coming_there_is_no_head_start() -> None:
    assert head_starts_of(served_in_order(0.0, 1.0)) == ()
