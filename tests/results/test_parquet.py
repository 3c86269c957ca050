import signal
from pathlib import Path

import duckdb
import numpy as np
import pytest

from results.errors import ExperimentError
from results.runs import parquet

ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such timer")
def test_ctrl_c_stays_ctrl_c_while_the_database_is_at_work() -> None:
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.5)
        with pytest.raises(KeyboardInterrupt), parquet.connection() as database:
            database.execute(ENDLESS)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)


def test_an_error_that_duckdb_made_of_ctrl_c_is_ctrl_c_again() -> None:
    with pytest.raises(KeyboardInterrupt), parquet.connection():
        raise duckdb.Error("KeyboardInterrupt: ")


def test_any_other_error_of_the_database_stays_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(duckdb.Error), parquet.connection() as database:
        database.execute("select nothing from nowhere")
    with pytest.raises(ExperimentError, match=r"nowhere.*table\.parquet cannot be written"):
        parquet.write(tmp_path / "nowhere", {"table": {"number": np.arange(3.0)}})
