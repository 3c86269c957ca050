"""Numbers in CSV files as spreadsheets and programs of several countries write them."""

from pathlib import Path

import pytest

from scenarios.files.amounts import Amounts
from tests.scenarios.test_scenarios_tables import WITH_COUNTS, WITH_VALUES, centre, problems


def read(separator: str, *cells: str) -> list[float | None]:
    amounts = Amounts(cells, separator)
    return [amounts.value(cell) for cell in cells]


@pytest.mark.parametrize(
    ("separator", "cells", "numbers"),
    [
        (",", ("1_000", "12", "0"), [1000, 12, 0]),
        (";", ("1,5", "12", "0,25"), [1.5, 12, 0.25]),
        (",", ("1.5", "12", "+3", "1e3", "2.5e-1"), [1.5, 12, 3, 1000, 0.25]),
        (",", ("1,5",), [1.5]),
        (";", ("1.000", "1,5"), [1000, 1.5]),
        (";", ("1.000", "0,125"), [1000, 0.125]),
        (",", ("1,000", "950.5"), [1000, 950.5]),
        (",", ("1.000", "0.125"), [1, 0.125]),
        (",", ("1.000", "12.25"), [1, 12.25]),
        (",", ("1.000", "1234.567"), [1, 1234.567]),
        (",", ("143.250", "98.127", "301.500"), [143.25, 98.127, 301.5]),
        (";", ("1.234.567", "1.000"), [1234567, 1000]),
        (";", ("1.234,5",), [1234.5]),
        (",", ("1,234.5",), [1234.5]),
        (",", (".5", "5."), [0.5, 5]),
    ],
)
def test_a_number_that_can_only_be_one_is_read(
    separator: str, cells: tuple[str, ...], numbers: list[float]
) -> None:
    assert read(separator, *cells) == numbers


@pytest.mark.parametrize(
    ("separator", "cells", "wrong", "hint"),
    [
        (",", ("1.000", "950"), "1.000", "1.000 can be 1 or 1000: write the one that is meant."),
        (",", ("1.000",), "1.000", "1.000 can be 1 or 1000: write the one that is meant."),
        (";", ("1.000", "2.000"), "2.000", "2.000 can be 2 or 2000: write the one that is meant."),
        (",", ("1,000", "950"), "1,000", "1,000 can be 1 or 1000: write the one that is meant."),
        (
            ";",
            ("1.5", "1,5"),
            "1,5",
            "The column has decimals with a point and with a comma: write them alike.",
        ),
        (",", ("1 000",), "1 000", "Write 1000, without a sign between thousands."),
        (",", ("1'000",), "1'000", "Write 1000, without a sign between thousands."),
        (",", ("1\u202f000",), "1\u202f000", "Write 1000, without a sign between thousands."),
        (",", ("-1",), "-1", ""),
        (";", ("-1,5",), "-1,5", ""),
        (",", ("nan",), "nan", ""),
        (",", ("inf",), "inf", ""),
        (",", ("1e999",), "1e999", ""),
        (",", ("_1",), "_1", ""),
        (",", ("1__0",), "1__0", ""),
        (",", ("1.2.3",), "1.2.3", ""),
        (",", ("1,2,3.5",), "1,2,3.5", ""),
        (",", (".",), ".", ""),
        (",", ("long",), "long", ""),
    ],
)
def test_a_number_that_is_none_or_could_be_two_is_refused_with_what_to_do(
    separator: str, cells: tuple[str, ...], wrong: str, hint: str
) -> None:
    amounts = Amounts(cells, separator)
    assert amounts.value(wrong) is None
    assert amounts.hint(wrong) == hint


def test_a_spreadsheet_of_a_country_with_decimal_commas_is_read(tmp_path: Path) -> None:
    table = "weekday;start;count\nmonday;08:00;1.250\nmonday;08:30;7,5\nmonday;09:00;1_000\n"
    volume = centre(tmp_path, WITH_COUNTS, counts=table).reasons["enquiry"].volume
    assert volume.counts == {"monday": (1250, 7.5, 1000)}
    loaded = centre(tmp_path, WITH_VALUES, t="talk;day\n90,5;1\n1.200;2\n")
    assert loaded.reasons["enquiry"].handling["voice"].talk_s.model_dump()["values"] == (90.5, 1200)


def test_a_thousand_that_could_be_one_is_told_with_its_line(tmp_path: Path) -> None:
    table = "weekday,start,count\nmonday,08:00,1.000\nmonday,08:30,950\n"
    (problem,) = problems(tmp_path, WITH_COUNTS, counts=table)
    assert (problem.line, problem.value) == (2, "1.000")
    assert problem.hint == "1.000 can be 1 or 1000: write the one that is meant."
    (problem,) = problems(tmp_path, WITH_VALUES, t="talk\n60\n1.000\n")
    assert (problem.line, problem.value) == (3, "1.000")


def test_a_decimal_comma_among_commas_is_told_as_what_it_is(tmp_path: Path) -> None:
    table = "weekday,start,count\nmonday,08:00,1,5\nmonday,08:30,2\n"
    (problem,) = problems(tmp_path, WITH_COUNTS, counts=table)
    assert problem.line == 2
    assert problem.hint.startswith("A number with a comma in it stands in quotes")
