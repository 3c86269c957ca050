"""The data dictionary of a run folder says of every stored column what it is; and they all join."""

import csv
import re
from pathlib import Path

import duckdb
import pytest

from results.measures.registry import MEASURES
from results.runs.dictionary import DICTIONARY, dictionary
from results.runs.folders import bytes_in
from results.runs.query import query_runs
from sim.trace.codes import AgentState
from tests.support.command_line import QUICK, firstline, shop

IN_A_DATABASE = {
    "VARCHAR": "text",
    "BIGINT": "whole number",
    "INTEGER": "whole number",
    "DOUBLE": "number",
    "FLOAT": "number",
    "BOOLEAN": "true or false",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A comparison with traces, in which colleagues and approvers are asked."""
    root = tmp_path_factory.mktemp("dictionary")
    text = shop(root).read_text(encoding="utf-8")
    text = text.replace("complaint = true", "complaint = true\nsolve = 0.4")
    text = text.replace("[escalation.beyond_authority]", "[escalation.beyond_knowledge]\n" + STEPS)
    centre = shop(root, text=text)
    asked = ("-n", "2", *QUICK, "--traces", "-f", "json", "-o", root / "runs")
    return Path(firstline("compare", centre, *asked).json["folder"])


STEPS = """steps = [{ step = "ask_colleague", time_s = 60 }]

[escalation.beyond_authority]"""


def described(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    with (folder / DICTIONARY).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["table"], row["name"]): row for row in rows if row["kind"] == "column"}


def test_every_column_in_the_folder_is_in_its_dictionary_with_its_type(folder: Path) -> None:
    known = described(folder)
    paths = [*folder.glob("*.parquet"), *folder.glob("traces/*/*.parquet")]
    assert len(paths) > 5 + 4 * 8
    for path in paths:
        table = path.parent.name if path.parent.parent.name == "traces" else path.stem
        relation = duckdb.read_parquet(str(path))
        mine = [name for of, name in known if of == table]
        assert sorted(relation.columns) == sorted(mine), table
        for name, kind in zip(relation.columns, relation.types, strict=True):
            assert known[table, name]["type"] == IN_A_DATABASE[str(kind)], (table, name)


def test_every_column_and_table_has_a_meaning_and_times_have_a_unit() -> None:
    for row in dictionary():
        assert row["meaning"], row
        if row["name"].endswith("_s") and row["kind"] == "column":
            assert row["unit"].startswith("s"), row


def test_every_measure_is_there_with_equation_unit_and_version(folder: Path) -> None:
    with (folder / DICTIONARY).open(encoding="utf-8", newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file) if row["kind"] == "measure"}
    assert list(rows) == list(MEASURES)
    for name, measure in MEASURES.items():
        row = rows[name]
        found = (row["equation"], row["unit"], row["version"])
        assert found == (measure.equation, measure.unit, str(measure.version))


def test_words_that_stand_for_codes_are_listed() -> None:
    rows = {(row["table"], row["name"]): row for row in dictionary()}
    states = ", ".join(state.name.lower() for state in AgentState)
    assert rows["spans", "state"]["meaning"].endswith(f": {states}")
    assert rows["spans", "group"]["type"] == "text"


def test_the_dictionary_is_named_where_the_files_of_a_run_are(folder: Path, tmp_path: Path) -> None:
    assert firstline("runs", "show", folder, "-f", "json").json["dictionary"] == str(
        folder / DICTIONARY
    )
    assert f"Data    {folder / DICTIONARY}" in firstline("runs", "show", folder).data
    done = firstline("run", shop(tmp_path), "-n", "1", *QUICK, "--no-save", "-f", "json")
    assert done.json["dictionary"] is None


def asked(folder: Path, sql: str) -> list[tuple[object, ...]]:
    return query_runs(folder.parent, sql).rows


def test_traces_are_kept_of_every_policy_that_is_compared(folder: Path) -> None:
    sql = "select policy, count(distinct replication) from contacts group by all order by all"
    assert asked(folder, sql) == [("ask", 2), ("empowered", 2)]


def test_the_room_that_traces_take_is_said_after_the_first_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = ("-n", "5", *QUICK, "--traces", "-f", "json", "-o", tmp_path / "runs")
    done = firstline("compare", shop(tmp_path), *asked)
    found = re.search(r"The traces take about ([\d.]+) MB in .*\(10 traces\)\.", done.words)
    assert found is not None
    size = bytes_in(Path(done.json["folder"]) / "traces") / 1e6
    # Mornings of one shop differ by some customers, files have a size of their own.
    assert float(found[1]) == pytest.approx(size, rel=0.2, abs=0.05)
    assert "traces" not in firstline("compare", shop(tmp_path), "-n", "1", *QUICK).words


def test_agent_time_joins_with_groups_and_adds_up_to_duty_and_overtime(folder: Path) -> None:
    sql = """
        select count(*), count(a.agent), bool_and(s."group" = a."group"), count(distinct s."group")
        from {table} s left join agents a using (run, policy, replication, agent)
    """
    for table in ("spans", "shifts"):
        rows, joined, equal, groups = asked(folder, sql.format(table=table))[0]
        assert rows == joined
        assert (equal, groups) == (True, 2)


def test_every_stored_table_joins_by_run_policy_replication_and_agent_or_case(folder: Path) -> None:
    join = "join agents a using (run, policy, replication, agent)"
    for table in ("legs", "helps", "decisions"):
        where = "where t.agent >= 0"
        (every,) = asked(folder, f"select count(*) from {table} t {where}")[0]
        (joined,) = asked(
            folder, f'select count(*) from {table} t {join} {where} and t."group" = a."group"'
        )[0]
        assert every == joined > 0, table
    for table in ("contacts", "legs", "decisions", "helps"):
        sql = f"select count(*) from {table} t anti join cases using (run, policy, replication, "
        assert asked(folder, f'{sql} "case")') == [(0,)], table


def test_who_helped_is_named_and_was_seen_helping_for_as_long(folder: Path) -> None:
    sql = """
        select count(*), count(s.agent), max(abs(s."end" - h.ended)), min(h.asker_group),
            bool_and(h.agent != h.asker)
        from helps h left join spans s on s.run = h.run and s.policy = h.policy
            and s.replication = h.replication and s.agent = h.agent and s.start = h.started
            and s.state = 'helping'
        where h.ended is not null
    """
    helps, seen, apart, group, others = asked(folder, sql)[0]
    assert helps == seen > 10
    assert apart < 1e-6  # Both are the same sum of doubles, or one addition apart.
    assert (group, others) == ("front_line", True)


def test_the_questions_in_the_documentation_are_answered(folder: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "runs.md").read_text(encoding="utf-8")
    questions = re.findall(r"```sql\n(.*?)```", page, flags=re.DOTALL)
    assert len(questions) == 5
    for sql in questions:
        done = firstline("runs", "query", sql, "-o", folder.parent, "-f", "json")
        assert (done.code, done.words) == (0, "")
        assert len(done.json["rows"]) > 0 or "given_up" in sql
