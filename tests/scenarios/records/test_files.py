import datetime as dt
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import duckdb
import numpy as np
import pytest

from scenarios.records.contacts import Contacts
from scenarios.records.mapping import load_mapping
from scenarios.records.problems import RecordsError
from scenarios.records.read import read_records
from tests.support import record_samples as samples

CALLS = samples.calls(
    f"2026-01-{day:02d} {hour:02d}:00:07,2026-01-{day:02d} {hour:02d}:00:27,"
    f"2026-01-{day:02d} {hour:02d}:03:27,ANSWERED,a1,order,c{hour}"
    for day in range(12, 17)
    for hour in range(8, 18)
)


def workbook(path: Path, rows: list[list[object]]) -> Path:
    """The smallest .xlsx with one sheet; times are numbers in a style that shows them as times."""
    cells = []
    for number, row in enumerate(rows, 1):
        made = []
        for place, value in enumerate(row):
            at = f"{chr(65 + place)}{number}"
            if isinstance(value, dt.datetime):
                days = (value - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)  # noqa: DTZ001
                made.append(f'<c r="{at}" s="1"><v>{days!r}</v></c>')
            elif isinstance(value, int | float):
                made.append(f'<c r="{at}"><v>{value}</v></c>')
            else:
                text = escape(str(value))
                made.append(f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>')
        cells.append(f'<row r="{number}">{"".join(made)}</row>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Calls" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="22"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(cells)}'
        "</sheetData></worksheet>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return path


def test_a_workbook_is_read_like_the_csv_of_it(tmp_path: Path) -> None:
    lines = [line.split(",") for line in CALLS.splitlines()]
    typed: list[list[object]] = [list(lines[0])]
    typed += [
        [*(dt.datetime.fromisoformat(cell) for cell in line[:3]), *line[3:]] for line in lines[1:]
    ]
    path = workbook(tmp_path / "calls.xlsx", [["Report"], [""], *typed])
    made, plain = read_records([path]), read_records([samples.written(tmp_path, CALLS)])
    assert isinstance(made, Contacts)
    assert made.talk_s == pytest.approx([180.0] * 50)
    for name, column in plain.arrays().items():
        if column.dtype.kind == "M":
            gap = np.abs(column - made.arrays()[name])
            assert (gap <= np.timedelta64(1, "ms")).all(), name
        else:
            np.testing.assert_array_equal(column, made.arrays()[name], err_msg=name)


def test_a_parquet_file_is_read_like_the_csv_of_it(tmp_path: Path) -> None:
    source, path = samples.written(tmp_path, CALLS), tmp_path / "calls.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (FROM read_csv('{source}')) TO '{path}' (FORMAT parquet)")
    made, plain = read_records([path]), read_records([source])
    for name, column in plain.arrays().items():
        np.testing.assert_array_equal(column, made.arrays()[name], err_msg=name)


@pytest.mark.parametrize(
    ("content", "rule", "hint"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel file", "Save it as .xlsx"),
        (b"PK\x03\x04" + b"\0" * 60, "is a zip archive", "Unpack it"),
        (b"%PDF-1.4 ...", "is a PDF", "Export the report as CSV"),
        (b"<html><table><tr><td>Date</td></tr></table>", "is a web page", "spreadsheet"),
        (b"", "is empty", "Export it again"),
        (b"\n\n  \n", "is empty", "Export it again"),
        (b"PAR1 and nothing else", "is no Parquet file", "export CSV"),
        (b"just a sentence without any table\n", "has no line of column names", "parted by"),
        (b"Call Start,Talk Time,Result\n", "no rows under it", "Export it again"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_what_to_do(
    content: bytes, rule: str, hint: str, tmp_path: Path
) -> None:
    path = tmp_path / "export.dat"
    path.write_bytes(content)
    with pytest.raises(RecordsError) as refused:
        read_records([path])
    (problem,) = refused.value.problems
    assert "export.dat" in problem.file
    assert rule in problem.rule
    assert hint in problem.hint


def test_all_files_that_cannot_be_read_are_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0" * 9)
    with pytest.raises(RecordsError) as refused:
        read_records([tmp_path / "old.xls", tmp_path / "gone.csv", tmp_path])
    said = str(refused.value)
    assert said.startswith("3 problems in the records:")
    assert "gone.csv\n    cannot be read: No such file or directory\n    Check the path." in said


def test_columns_that_are_lacking_are_named_with_those_that_are_there(tmp_path: Path) -> None:
    path = samples.written(tmp_path, "Fruit,Colour,Price\napple,red,3\npear,green,4\n")
    with pytest.raises(RecordsError) as refused:
        read_records([path])
    said = str(refused.value)
    assert "has no column that says" in said
    assert "Its columns: Fruit, Colour, Price." in said
    assert "--mapping" in said


def test_times_without_dates_are_refused(tmp_path: Path) -> None:
    path = samples.written(tmp_path, "Start Time,Talk Time,Result\n9:00:10,30,ANSWERED\n")
    with pytest.raises(RecordsError, match=r"has times of day in .Start Time. and no dates"):
        read_records([path])
    path = samples.written(tmp_path, "Date,Talk Time,Result\n2026-01-05,30,ANSWERED\n")
    with pytest.raises(RecordsError, match="has dates and no times of day"):
        read_records([path])


def test_every_problem_of_a_mapping_file_is_told_at_once(tmp_path: Path) -> None:
    text = """\
kind = "calls"
dates = "american"
time_zone = "Lisbon"
interval_min = 0
colums.arrived = "Start"
"""
    with pytest.raises(RecordsError) as refused:
        load_mapping(samples.written(tmp_path, text, "m.toml"))
    said = str(refused.value)
    for key in ("kind", "dates", "time_zone", "interval_min", "colums"):
        assert f"m.toml: {key}" in said
    assert 'Did you mean "columns"?' in said
    text = 'kind = "contacts"\n[columns]\narived = "Start"\n[units]\nwait_s = "hour"\n'
    text += '[outcomes]\nHANG = "gone"\n'
    with pytest.raises(RecordsError) as refused:
        load_mapping(samples.written(tmp_path, text, "m.toml"))
    assert len(refused.value.problems) == 3
    assert 'Did you mean "arrived"?' in str(refused.value)
    with pytest.raises(RecordsError, match='Did you mean "five9"'):
        load_mapping("five-9")


def test_a_mapping_fixes_a_column_and_must_name_one_that_is_there(tmp_path: Path) -> None:
    text = CALLS.replace("Reason", "Wrapup Note").replace("Call Start", "Zeit X")
    path = samples.written(tmp_path, text)
    mapping = 'kind = "contacts"\ncolumns.arrived = "Zeit X"\ncolumns.reason = "wrapup note"\n'
    made = read_records([path], load_mapping(samples.written(tmp_path, mapping, "m.toml")))
    assert isinstance(made, Contacts)
    assert made.reason_names == ("order",)
    assert (made.wait_s == 20).all()
    wrong = mapping.replace("Zeit X", "Zeit Y")
    with pytest.raises(RecordsError) as refused:
        read_records([path], load_mapping(samples.written(tmp_path, wrong, "m.toml")))
    assert 'has no column "Zeit Y", which the mapping gives for arrived' in str(refused.value)
    assert 'Did you mean "Zeit X"?' in str(refused.value)


def test_an_unclosed_quote_does_not_swallow_the_rest(tmp_path: Path) -> None:
    lines = CALLS.splitlines()
    lines[7] = lines[7].replace("order", '"order')
    made = read_records([samples.written(tmp_path, "\n".join(lines))])
    assert len(made) == 50
