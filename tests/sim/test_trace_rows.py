"""Rows of the trace are written by the names of their columns."""

import pytest

from sim.floor.cases import Leg
from sim.trace.rows import row_of
from sim.trace.table import Table


def test_a_row_written_by_name_has_each_number_in_its_column_whatever_their_order() -> None:
    for columns in ({"agent": int, "start": float}, {"start": float, "agent": int}):
        table = Table(columns)
        table.write(start=2.5, agent=7)
        table.write(agent=8, start=3.5)
        assert table["agent"].tolist() == [7, 8]
        assert table["start"].tolist() == [2.5, 3.5]


@pytest.mark.parametrize("cells", [{"agent": 7}, {"agent": 7, "start": 2.5, "end": 3.0}])
def test_a_row_with_a_column_missing_or_too_many_is_refused(cells: dict[str, float]) -> None:
    with pytest.raises(TypeError, match=r"start|end"):
        Table({"agent": int, "start": float}).write(**cells)


def test_the_row_of_an_object_follows_the_order_of_the_columns() -> None:
    class Call:
        begun, ended = 3.0, 9.0

    assert row_of(["start", "ended"], Call, start="begun")(Call()) == (3.0, 9.0)
    assert row_of(["ended", "start"], Call, start="begun")(Call()) == (9.0, 3.0)


def test_what_writes_rows_is_refused_before_the_run_when_a_column_has_no_source() -> None:
    with pytest.raises(TypeError, match="rows of Leg: no column or attribute colour"):
        row_of(["talk_s", "colour"], Leg)
    with pytest.raises(TypeError, match="no column or attribute case"):
        row_of(["talk_s"], Leg, case="contact.case.number")
