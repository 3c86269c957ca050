import signal
from pathlib import Path

import numpy as np
import pytest

from results import parquet

TABLES = {
    f"table_{number}": {
        "text": np.array(["voice"] * 2_000, dtype=object),
        "number": np.arange(2_000.0),
    }
    for number in range(4)
}


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such timer")
def test_ctrl_c_stays_ctrl_c_while_tables_are_written_and_read(tmp_path: Path) -> None:
    parquet.write(tmp_path, TABLES)
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        for attempt in range(60):
            # Each time at another moment of the work.
            signal.setitimer(signal.ITIMER_REAL, 0.001 + 0.0005 * attempt)
            with pytest.raises(KeyboardInterrupt):
                while True:
                    parquet.write(tmp_path, TABLES)
                    parquet.read(tmp_path, TABLES)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)
