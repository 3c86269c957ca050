import numpy as np
import pytest

from scenarios.fit.document import patience
from scenarios.fit.patience import tail_mean
from scenarios.fit.survival import kaplan_meier


def test_where_nobody_waited_long_the_tail_is_that_of_all() -> None:
    time, left = np.array([10.0, 20.0, 30.0, 40.0]), np.array([True, False, True, False])
    assert tail_mean(time, left, 90.0) == pytest.approx(100.0 / 2)
    longer = np.append(time, [100.0, 120.0]), np.append(left, [False, True])
    assert tail_mean(*longer, 90.0) == pytest.approx(10.0 + 30.0)


def test_where_the_last_to_wait_hung_up_there_is_no_tail() -> None:
    time = np.linspace(10.0, 50.0, 100)
    everybody = patience(kaplan_meier(time, np.ones(100, bool)), 30.0)
    assert everybody["survival"][-1] > 0, "the curve ends where few are left"
    few = patience(kaplan_meier(time[:20], np.ones(20, bool)), 30.0)
    assert few["survival"][-1] == 0
    assert "tail_mean" not in few
