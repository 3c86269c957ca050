"""firstline validate: the command, on a few cases."""

from dataclasses import replace

import pytest

from results.validation import validate as validation
from results.validation.case import Case
from results.validation.catalogue import cases, chosen
from tests.support.command_line import firstline

THREE = ("validate", "--only", "EB-1,HW-1.0,simmer-schedule-*", "--workers", "1")


def exchange(monkeypatch: pytest.MonkeyPatch, name: str, times: float, **more: int) -> None:
    """A case whose right figures are so many times as large as they are."""
    case = cases()[name]
    assert isinstance(case, Case)
    right = {key: replace(one, value=one.value * times) for key, one in case.expected().items()}
    exchanged = {**cases(), name: replace(case, expected=lambda: right, **more)}
    monkeypatch.setattr(validation, "cases", lambda: exchanged)


def test_right_simulated_and_computed_figures_stand_next_to_each_other_with_a_verdict() -> None:
    answer = firstline(*THREE)
    assert answer.code == 0, answer.words
    assert all(len(line.rstrip()) <= 80 for line in answer.data.splitlines())
    lines = [" ".join(line.split()) for line in answer.data.splitlines()]
    assert "EB-1: 30 lines for 25 erlangs (Erlang B (Wolfram Language))" in lines
    assert "wait, in the limit 22.34 % 22.34 – agrees" in lines
    (blocked,) = (line for line in lines if line.startswith("find no line"))
    expected, unit, formula, simulated, margin, verdict = blocked.split()[3:]
    assert (expected, unit, formula, verdict) == ("5.3", "%", "5.3", "agrees")
    assert abs(float(simulated) - float(expected)) <= float(margin.removeprefix("±"))
    assert "staff who are cut finish their calls (simmer) agrees" in lines
    assert lines[-1] == "4 cases, 5 figures: all agree."


def test_a_figure_that_differs_is_named_and_ends_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    exchange(monkeypatch, "EB-1", 1.5)
    answer = firstline(*THREE)
    assert answer.code == 1
    said = " ".join(answer.data.split())
    assert "✗ EB-1: find no line differs: 7.9 % is right, 5.3 by the formula and " in said
    assert " simulated." in said
    next_step = 'Next: firstline validate --only "EB-1" --long runs it ten times as long.'
    assert next_step in " ".join(answer.words.split())
    assert "4 cases, 5 figures: 3 agree, 1 differs." in answer.data


def test_a_figure_that_nobody_could_tell_ends_with_4(monkeypatch: pytest.MonkeyPatch) -> None:
    exchange(monkeypatch, "EC-1", 1.0, short=4_800)
    answer = firstline("validate", "--only", "EC-1", "--workers", "1")
    assert answer.code == 4
    assert "✗ EC-1: mean wait too rough: 8 s is right, 8 by the formula and " in " ".join(
        answer.data.split()
    )
    assert answer.data.rstrip().endswith("1 case, 4 figures: 1 too rough to tell.")


def test_programs_read_every_figure_as_a_row() -> None:
    answer = firstline(*THREE, "--format", "json", "--seed", "5")
    found = answer.json
    assert (found["set"], found["seed"], found["false_alarm"]) == ("short", 5, 0.01)
    assert (found["agree"], found["differ"], found["too_rough"]) == (4, 0, 0)
    first, *_ = found["rows"]
    assert first["case"] == "EB-1"
    assert first["formula"] == pytest.approx(first["expected"])
    assert abs(first["simulated"] - first["expected"]) <= first["margin"]
    as_csv = firstline(*THREE, "--format", "csv", "--seed", "5").data.splitlines()
    assert len(as_csv) == 1 + len(found["rows"])
    assert as_csv[0].startswith("group,case,title,figure,unit,expected,formula,simulated,margin")


def test_another_seed_gives_other_figures_and_the_same_seed_the_same() -> None:
    one, same, other = (
        firstline("validate", "--only", "eb-1", "--workers", "1", "-f", "json", *seed).json["rows"]
        for seed in ((), ("--seed", "20240101"), ("--seed", "2"))
    )
    assert one == same
    assert one[0]["simulated"] != other[0]["simulated"]


@pytest.mark.parametrize(
    ("only", "said"),
    [
        ("EC-11", "There is no case 'EC-11'. Did you mean 'EC-1'?"),
        ("XY-*", "There is no case 'XY-*'."),
        ("KEEP-10-1", "KEEP-10-1 is only in the long set: add --long."),
        (" , ", "names no case"),
    ],
)
def test_a_case_that_there_is_not_is_refused_with_what_to_do(only: str, said: str) -> None:
    answer = firstline("validate", "--only", only)
    assert (answer.code, answer.data) == (2, "")
    assert said in " ".join(answer.words.split())


def test_all_cases_can_be_listed_without_running_one() -> None:
    answer = firstline("validate", "--list")
    assert answer.code == 0
    assert all(len(line.rstrip()) <= 80 for line in answer.data.splitlines())
    assert all(f"  {name} " in answer.data for name in cases())
    rows = firstline("validate", "--list", "-f", "json").json["rows"]
    in_both = [row["case"] for row in rows if row["set"] == "both"]
    assert in_both == chosen("*", long=False)
    assert len(rows) == len(cases())


@pytest.mark.long
def test_the_short_set_agrees_as_it_is_asked_for() -> None:
    answer = firstline("validate", "--workers", "2", "--quiet")
    assert answer.code == 0, answer.data
    assert answer.words == ""
    assert answer.data.rstrip().endswith("all agree.")
    assert all(len(line.rstrip()) <= 80 for line in answer.data.splitlines())
