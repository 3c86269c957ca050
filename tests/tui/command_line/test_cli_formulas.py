import csv
import io
import re

import pytest

from results.formulas.erlang import erlang_b, erlang_c
from results.formulas.limited_lines import limited_lines
from results.formulas.patience_queue import erlang_a
from results.measures.registry import MEASURES
from tests.support.command_line import firstline
from tui.command_line.commands.erlang import EXAMPLES

LOAD = ("erlang", "--contacts", "240", "--aht", "300")


def test_so_many_agents_reach_what_erlang_c_says() -> None:
    found = firstline(*LOAD, "--agents", "22", "-f", "json").json
    assert found["formula"] == "Erlang C"
    assert found["offered_load"] == pytest.approx(20.0)
    (row,) = [row for row in found["results"] if row["agents"] == 22]
    exact = erlang_c(240, 300, 22)
    assert (row["asa"], row["service_level"]) == (exact.asa, exact.service_level)


def test_with_a_patience_it_is_erlang_a() -> None:
    found = firstline(*LOAD, "--agents", "20", "--patience", "120", "-f", "json").json
    (row,) = [row for row in found["results"] if row["agents"] == 20]
    assert row["abandonment"] == erlang_a(240, 300, 20, 120).abandonment


def test_it_takes_the_least_number_of_agents_that_meets_the_target() -> None:
    asked = ("--patience", "120", "--service-level", "80%", "--shrinkage", "0.3")
    rows = list(csv.DictReader(io.StringIO(firstline(*LOAD, *asked, "-f", "csv").data)))
    level = {int(row["agents"]): float(row["service_level"]) for row in rows}
    assert level[21] < 0.8 <= level[22]
    (row,) = [row for row in rows if row["agents"] == "22"]
    assert row["scheduled"] == "32", "22 / 0.7 is 31.4"


def test_the_answer_is_one_sentence_and_a_table_with_the_agents_around_it() -> None:
    lines = firstline(*LOAD, "--patience", "120", "--asa", "10").data.splitlines()
    assert "Erlang A. It takes" in " ".join(lines)
    assert sum(line.startswith("→") for line in lines) == 1
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("example", re.findall(r"^  firstline (.*)$", EXAMPLES, re.MULTILINE))
def test_every_example_of_the_help_is_answered(example: str) -> None:
    done = firstline(*example.split())
    assert done.code == 0
    assert "→" in done.data or "pooled" in done.data


def test_with_lines_it_says_who_is_blocked_and_how_long_those_wait_who_get_in() -> None:
    asked = (*LOAD, "--agents", "22", "--lines", "24")
    found = firstline(*asked, "-f", "json").json
    assert found["formula"] == "M/M/c/K"
    rows = {row["agents"]: row for row in found["results"]}
    assert list(rows) == [20, 21, 22, 23, 24], "and no agent without a line"
    exact = limited_lines(240, 300, 22, 24)
    assert rows[22]["blocked"] == exact.blocked
    assert rows[22]["wait_all"] == exact.asa
    assert rows[22]["wait_of_waiting"] == exact.asa / exact.p_wait
    assert rows[22]["service_level"] == exact.service_level
    assert rows[24]["blocked"] == pytest.approx(erlang_b(20.0, 24), rel=1e-12)
    assert rows[24]["wait_all"] == 0.0
    words = " ".join(firstline(*asked).data.split())
    assert "24 lines: M/M/c/K." in words
    assert "Blocked" in words


def test_agents_are_found_for_a_limit_on_blocking() -> None:
    asked = ("--lines", "30", "--max-blocked", "2%")
    rows = list(csv.DictReader(io.StringIO(firstline(*LOAD, *asked, "-f", "csv").data)))
    blocked = {int(row["agents"]): float(row["blocked"]) for row in rows}
    *_, fewer, found, _, _ = sorted(blocked)
    assert blocked[found] <= 0.02 < blocked[fewer]
    assert f"It takes {found} agents" in " ".join(firstline(*LOAD, *asked).data.split())


def test_the_mean_wait_of_all_stands_next_to_that_of_those_who_wait() -> None:
    for limit in ((), ("--patience", "120")):
        found = firstline(*LOAD, "--agents", "23", *limit, "-f", "json").json
        for row in found["results"]:
            assert row["wait_all"] == pytest.approx(row["p_wait"] * row["wait_of_waiting"])
        words = firstline(*LOAD, "--agents", "23", *limit).data
        assert "Mean wait" in words
        assert "who wait" in " ".join(words.split())


def test_several_queues_are_set_against_one_of_all() -> None:
    asked = ("--queues", "4", "--shrinkage", "30%")
    found = firstline(*LOAD, *asked, "-f", "json").json
    rows = {row["queue"]: row for row in found["results"]}
    assert list(rows) == ["separate", "pooled", "fewest"]
    assert rows["separate"]["agents"] == rows["pooled"]["agents"] == 100
    assert rows["pooled"]["wait_all"] == erlang_c(960, 300, 100).asa
    assert found["agents_saved"] == 100 - rows["fewest"]["agents"] == 12
    assert rows["fewest"]["service_level"] >= 0.8
    table = list(csv.DictReader(io.StringIO(firstline(*LOAD, *asked, "-f", "csv").data)))
    assert [row["queue"] for row in table] == list(rows)
    lines = firstline(*LOAD, *asked).data.splitlines()
    assert "one queue takes 88 agents, 12 fewer." in " ".join(lines)
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("limit", [(), ("--patience", "100"), ("--lines", "1000100000")])
def test_a_table_of_a_billion_agents_cuts_no_number(limit: tuple[str, ...]) -> None:
    asked = ("erlang", "--contacts", "12e9", "--aht", "300", "--agents", "1000090000", *limit)
    lines = firstline(*asked).data.splitlines()
    assert "…" not in "".join(lines)
    assert max(map(len, lines)) <= 80
    (row,) = [line for line in lines if line.startswith("→")]
    assert row.split()[1:3] == ["1000090000", "1000090000"]
    assert row.rstrip().endswith("%")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--lines", "3", "--agents", "5"), "--lines is 3, but 5 agents in service hold a line"),
        (("--lines", "22", "--max-blocked", "2%"), "--lines is 22, but the target cannot be met"),
        (("--lines", "30", "--patience", "60"), "no formula here knows both"),
        (("--lines", "0"), "--lines is 0"),
        (("--max-blocked", "3%"), "without lines nobody is blocked"),
        (("--lines", "9", "--max-blocked", "0"), "--max-blocked is 0.0"),
        (("--queues", "0"), "--queues"),
        (("--agents", "9" * 30), "--agents is too large: it must be at most 1,000,000,000,000"),
        (("--agents", "9" * 400), "--agents is too large"),
        (("--lines", "9" * 30), "--lines is too large"),
        (("--queues", "9" * 30), "--queues is too large"),
        (("--queues", str(10**11)), "2e+12 erlangs are offered"),
        (("--agents", "22", "--asa", "4"), "leave out either it or --agents"),
        (("--agents", "19"), "needs at least 21 agents"),
        (("--agents", "0"), "agents is 0"),
        (("--max-abandonment", "3%"), "without --patience nobody gives up"),
        (("--shrinkage", "120%"), "--shrinkage is 1.2"),
        (("--shrinkage", "thirty"), "'thirty' is not a share: write 0.8 or 80%."),
        (("--service-level", "80%%"), "'80%%' is not a share"),
        (("--patience", "-5"), "--patience is -5.0"),
    ],
)
def test_an_input_that_no_formula_takes_is_refused_in_words(
    asked: tuple[str, str], said: str
) -> None:
    done = firstline(*LOAD, *asked)
    assert done.code == 2
    assert said in done.words
    assert done.data == ""


@pytest.mark.parametrize(("contacts", "aht"), [("1e300", "1e15"), ("1e12", "36000")])
def test_a_load_beyond_all_measure_is_refused_with_what_makes_it(contacts: str, aht: str) -> None:
    done = firstline("erlang", "--contacts", contacts, "--aht", aht)
    assert done.code == 2
    assert "erlangs are offered" in done.words
    assert "look at --contacts and --aht" in " ".join(done.words.split())


def test_every_measure_is_listed_with_its_equation() -> None:
    data = firstline("measures").data
    assert all(f"{name} ({one.unit})" in data for name, one in MEASURES.items())
    rows = list(csv.DictReader(io.StringIO(firstline("measures", "-f", "csv").data)))
    assert {row["name"]: row["equation"] for row in rows} == {
        name: one.equation for name, one in MEASURES.items()
    }


def test_one_measure_is_told_in_full() -> None:
    data = firstline("measures", "service_level").data
    measure = MEASURES["service_level"]
    assert measure.title in data
    assert measure.source in data


def test_a_measure_that_does_not_exist_is_refused_with_the_nearest() -> None:
    done = firstline("measures", "service_levl")
    assert done.code == 2
    assert "Did you mean 'service_level'?" in done.words


def test_one_agent_is_one_and_a_million_can_be_read() -> None:
    quiet = " ".join(firstline("erlang", "--contacts", "1", "--aht", "60").data.split())
    assert "It takes 1 agent for 80 % answered within 20 s." in quiet
    alone = firstline("erlang", "--contacts", "1", "--aht", "60", "--agents", "1").data
    assert "1 agent reaches this:" in " ".join(alone.split())
    many = firstline("erlang", "--contacts", "1e9", "--aht", "300").data
    assert "It takes 83,333,358 agents" in " ".join(many.split())
