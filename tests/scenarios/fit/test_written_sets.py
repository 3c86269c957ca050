"""Figures drawn together, as they stand in the file of a fitted centre."""

import pytest

from scenarios.fit.write import _cell


@pytest.mark.parametrize("value", [9.8125e-5, 1e-7, 0.25, 1.234, 12_345.678, 3e6, 0.0, 1.0])
def test_a_set_reads_back_as_the_figure_that_was_estimated(value: float) -> None:
    written = _cell(value)
    assert "e" not in written
    assert float(written) == pytest.approx(value, rel=5e-5)
