"""Workers: ended whenever somebody likes, and nobody waits for what will not come."""

import os
import struct
import sys
import time
from pathlib import Path

import pytest

from results.experiments.workers import ProcessPool

PATIENCE_S = 60.0


def begin_an_answer(told: Path) -> None:
    """Hand over the first ten of a thousand bytes, and get no further."""
    frame = sys._getframe()
    while "result_queue" not in frame.f_locals:
        assert frame.f_back is not None
        frame = frame.f_back
    pipe = frame.f_locals["result_queue"]._writer.fileno()
    os.write(pipe, struct.pack("!i", 1000) + b"ten bytes.")
    told.touch()
    time.sleep(PATIENCE_S)


@pytest.mark.skipif(sys.platform == "win32", reason="its pipes are others")
def test_a_pool_that_is_ended_in_the_middle_of_an_answer_lets_go(tmp_path: Path) -> None:
    pool = ProcessPool(2)
    asked = pool.submit(begin_an_answer, tmp_path / "told")
    reader = pool._executor_manager_thread
    deadline = time.monotonic() + PATIENCE_S
    while not (tmp_path / "told").exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    pool.end()
    reader.join(10.0)
    assert not reader.is_alive(), "it waits for the rest of the answer"
    assert asked.done()
