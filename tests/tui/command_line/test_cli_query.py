"""Questions across runs: whatever SQL answers with comes out as a table, CSV and JSON."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import Answer, firstline
from tests.support.stored_runs import stored


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one finished run and its traces."""
    root = tmp_path_factory.mktemp("runs")
    stored(root, keep_traces=True)
    return root


def asked(root: Path, sql: str, form: str) -> Answer:
    return firstline("runs", "query", sql, "-o", root, "-f", form)


VALUES: dict[str, tuple[Any, str]] = {
    # What is asked for: in JSON, in CSV.
    "1.10::decimal(10,2)": (1.1, "1.1"),
    "3::decimal(10,0)": (3, "3"),
    "12345678901234567890.123::decimal(38,3)": ("12345678901234567890.123",) * 2,
    "170141183460469231731687303715884105727::hugeint": (
        170141183460469231731687303715884105727,
        "170141183460469231731687303715884105727",
    ),
    "timestamp '2026-03-01 09:30:00'": ("2026-03-01T09:30:00",) * 2,
    "timestamptz '2026-03-01 09:30:00+00'": (None, ""),  # In the time zone of the machine.
    "timestamp 'infinity'": (None, ""),
    "date '2026-03-01'": ("2026-03-01",) * 2,
    "time '09:30:00'": ("09:30:00",) * 2,
    "interval '90 minutes'": (5400.0, "5400.0"),
    "'\\xFF\\x00'::blob": ("0xff00",) * 2,
    "uuid '82c40b60-87a2-4fba-ae84-7420f7d305a1'": ("82c40b60-87a2-4fba-ae84-7420f7d305a1",) * 2,
    "[1, 2]": ([1, 2], "[1, 2]"),
    "[1.5::decimal(5,2), null]": ([1.5, None], "[1.5, null]"),
    "{'a': 1, 'b': [date '2026-03-01']}": (
        {"a": 1, "b": ["2026-03-01"]},
        '{"a": 1, "b": ["2026-03-01"]}',
    ),
    "map([1], ['x'])": ({"1": "x"}, '{"1": "x"}'),
    "row(1, 'x')": ([1, "x"], '[1, "x"]'),
    "'10101'::bit": ("10101",) * 2,
    "'nan'::double": (None, ""),
    "null": (None, ""),
    "true": (True, "True"),
}


@pytest.mark.parametrize("expression", VALUES)
def test_every_type_of_value_comes_out_in_every_form(root: Path, expression: str) -> None:
    in_json, in_csv = VALUES[expression]
    sql = f"select {expression} as found"
    (row,) = asked(root, sql, "json").json["rows"]
    header, cells = csv.reader(io.StringIO(asked(root, sql, "csv").data))
    table = asked(root, sql, "table")
    assert (header, table.code) == (["found"], 0)
    if "timestamptz" in expression:
        assert row["found"].startswith("2026-0")
        assert cells == [row["found"]]
    else:
        assert row == {"found": in_json}
        assert type(row["found"]) is type(in_json)
        assert cells == [in_csv]


@pytest.mark.parametrize("form", ["table", "csv", "json"])
@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("", "Nothing is asked"),
        ("-- only a remark", "Nothing is asked"),
        ("/* nothing */ ;", "Nothing is asked"),
        ("select 1; select 2", "These are 2 questions: ask one at a time."),
        ("selct 1", "syntax error"),
        ("select $1", "Values were not provided"),
        ("select interval '400000000 years'", "out of range"),
        ("select interval '100000000 years'", "larger than a time or an interval can be here"),
        ("select * from files", "files does not exist"),
        ("select '\udcff'", "not UTF-8"),
        ("select * from helps", "Only runs with --traces have that table"),
    ],
)
def test_what_is_no_question_is_refused_in_words(
    root: Path, sql: str, said: str, form: str
) -> None:
    done = asked(root, sql, form)
    assert (done.code, done.data) == (1, "")
    assert said in " ".join(done.words.split())
    assert "fault" not in done.words


def test_a_question_may_begin_with_a_remark(root: Path) -> None:
    sql = "-- how many\nselect count(*) as runs from runs"
    assert asked(root, sql, "json").json["rows"] == [{"runs": 1}]
    assert asked(root, "--formt", "json").code == 2


def test_columns_of_one_name_are_told_apart(root: Path) -> None:
    sql = "select 1 as a, 2 as a, 3 as a_2, 4 as a, 5 as A"
    done = asked(root, sql, "json")
    assert done.json["rows"] == [{"a": 1, "a_3": 2, "a_2": 3, "a_4": 4, "A": 5}]
    assert "one name; these are now called a_3, a_4." in done.words
    assert asked(root, "select 1 as a, 2 as a", "csv").data == "a,a_2\n1,2\n"
    assert asked(root, "select 1 as a, 2 as a", "table").data.split()[:2] == ["a", "a_2"]


def test_an_answer_without_rows_still_names_its_columns(root: Path) -> None:
    sql = "select run, policy as \"=policy\" from measures where policy = 'nobody'"
    assert asked(root, sql, "csv").data == "run,'=policy\n"
    assert asked(root, sql, "json").json == {"format": 1, "rows": []}
    assert asked(root, sql, "table").data.split()[:2] == ["run", "=policy"]


def test_a_check_without_findings_and_a_list_without_runs_still_have_a_header(
    tmp_path: Path,
) -> None:
    checked = firstline("check", "textbook", "-f", "csv")
    assert checked.data == "kind,file,line,key,value,rule,hint\n"
    listed = firstline("runs", "list", "-o", tmp_path, "-f", "csv").data
    assert listed.startswith("folder,scenario,policies,replications,")
    assert listed.count("\n") == 1
    assert firstline("runs", "list", "-o", tmp_path, "-f", "json").json["rows"] == []


def test_the_header_of_a_list_is_the_same_with_and_without_runs(root: Path, tmp_path: Path) -> None:
    empty, full = (
        firstline("runs", "list", "-o", where, "-f", "csv").data.splitlines()[0]
        for where in (tmp_path, root)
    )
    assert empty == full
    problems = firstline("check", "textbook", "--set", "groups.agents.heads=-1", "-f", "csv").data
    assert problems.splitlines()[0] == "kind,file,line,key,value,rule,hint"


def test_json_is_read_by_a_strict_reader_however_deep_a_value_lies(root: Path) -> None:
    done = asked(root, "select [{'a': 'nan'::double, 'b': 1.5::decimal(9,1)}] as x", "json")
    assert json.loads(done.data)["rows"] == [{"x": [{"a": None, "b": 1.5}]}]
