import csv
import io

import pytest

from results.formulas.erlang import erlang_c
from results.formulas.patience_queue import erlang_a
from results.measures.registry import MEASURES
from tests.command_line import firstline

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


@pytest.mark.parametrize(
    ("asked", "said"),
    [
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
