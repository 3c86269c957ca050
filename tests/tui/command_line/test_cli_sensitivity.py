"""firstline compare --sensitivity: what the answer depends on."""

import csv
import io
from pathlib import Path

import pytest

from results import Progress
from results.errors import ExperimentError
from results.report.document import REPORT
from results.runs.query import query_runs
from results.runs.store import open_run
from results.sensitivity.sensitivity import default_replications, sensitivity, simulations_each
from scenarios import load
from tests.support.command_line import QUICK, firstline, shop

ASSUMING = """
[repeat]
probability = 0.5

[satisfaction]

[loyalty]
customer_value = 200
"""
ASKED = ("-n", "2", "--workers", "1", "--sensitivity-of", "total_cost")


def test_the_answer_says_what_it_depends_on_and_how_long_it_takes(tmp_path: Path) -> None:
    done = firstline("compare", shop(tmp_path, ASSUMING), *ASKED, "--no-save")
    assert done.code == 0
    assert "Sensitivity of total cost a day: " in done.words
    assert "simulations, about" in done.words
    assert "What the answer depends on: total cost a day" in done.data
    assert "over 2 replications" in " ".join(done.data.split())
    assert max(map(len, done.data.splitlines())) <= 80


def test_rows_for_programs_rank_the_assumptions_by_how_far_they_move_the_answer(
    tmp_path: Path,
) -> None:
    done = firstline("compare", shop(tmp_path, ASSUMING), *ASKED, "--no-save", "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(done.data)))
    assert {row["measure"] for row in rows} == {"total_cost"}
    spans = [float(row["moves_by"]) for row in rows]
    assert spans == sorted(spans, reverse=True)
    assert "loyalty.leaving.unresolved" in {row["key"] for row in rows}


def test_the_answer_in_json_carries_the_sensitivity_only_when_asked(tmp_path: Path) -> None:
    centre = shop(tmp_path, ASSUMING)
    found = firstline("compare", centre, *ASKED, "--no-save", "-f", "json").json["sensitivity"]
    assert (found["measure"], found["replications"], found["complete"]) == ("total_cost", 2, True)
    assert set(found["verdicts"]) == {"empowered"}
    plain = firstline("compare", centre, "-n", "2", *QUICK, "--no-save", "-f", "json").json
    assert "sensitivity" not in plain


def test_the_run_folder_has_the_picture_the_table_and_the_section(tmp_path: Path) -> None:
    assert firstline("compare", shop(tmp_path, ASSUMING), *ASKED).code == 0
    (folder,) = Path("runs").iterdir()
    for kind in ("png", "svg"):
        assert (folder / "charts" / f"what-the-answer-depends-on.{kind}").is_file()
    report = (folder / REPORT).read_text(encoding="utf-8")
    assert "<h2>What the answer depends on</h2>" in report
    asked = query_runs(Path("runs"), "select count(*) from sensitivity where moves_by > 0")
    assert asked.rows[0][0] > 0
    assert open_run(folder).manifest.complete


def test_without_a_measure_the_first_of_the_verdict_that_differs_is_watched(
    tmp_path: Path,
) -> None:
    asked = ("-n", "2", *QUICK, "--sensitivity", "--no-save", "-f", "json")
    found = firstline("compare", shop(tmp_path, ASSUMING), *asked).json["sensitivity"]
    assert found["measure"] == "fcr_complaints", "two replications show no difference"


def test_another_measure_can_be_asked_for(tmp_path: Path) -> None:
    asked = ("--sensitivity-of", "csat_true", "-n", "2", *QUICK, "--no-save", "-f", "json")
    found = firstline("compare", shop(tmp_path, ASSUMING), *asked).json["sensitivity"]
    assert found["measure"] == "csat_true"
    wrong = firstline("compare", shop(tmp_path), "--sensitivity-of", "csat", "--no-save")
    assert wrong.code == 2
    assert "csat_true" in wrong.words


def test_a_centre_without_assumptions_varies_its_own_figures(tmp_path: Path) -> None:
    done = firstline("compare", shop(tmp_path), *ASKED)
    assert done.code == 0
    (folder,) = Path("runs").iterdir()
    asked = query_runs(Path("runs"), "select key, low, high, strength from sensitivity")
    assert ("groups.*.talk_factor", 0.9, 1.1, "own") in asked.rows
    assert "<h2>What the answer depends on</h2>" in (folder / REPORT).read_text(encoding="utf-8")


def test_assumptions_that_are_the_question_itself_are_not_varied(tmp_path: Path) -> None:
    asking = """
[repeat]
probability = 0.5

[policies.patient.changes]
"repeat.delay_min" = 500
"opening.after_opening_min" = 30
"repeat.after_broken_promise.delay_min" = 500
"repeat.max_contacts" = 3
"""
    policies = ("--policies", "ask,patient")
    asked = (*ASKED, "--no-save", *policies)
    found = firstline("compare", shop(tmp_path, asking), *asked, "-f", "json").json["sensitivity"]
    assert "opening.after_opening_min" in found["left_alone"]
    varied = {row["key"] for row in found["results"]}
    assert varied, "the scenario's own figures"
    assert not varied & set(found["left_alone"])


def test_one_policy_alone_is_refused_before_anything_runs(tmp_path: Path) -> None:
    done = firstline("compare", shop(tmp_path), *ASKED, "--policies", "ask")
    assert done.code == 2
    assert "a policy to compare" in done.words
    assert not Path("runs").exists()


def test_an_interrupt_keeps_the_whole_replications(tmp_path: Path) -> None:
    centre = load(str(shop(tmp_path, ASSUMING)))
    each = simulations_each(centre)

    def stop(now: Progress) -> None:
        if now.done == 3 * each - 1:
            raise KeyboardInterrupt

    found = sensitivity(centre, replications=4, workers=1, progress=stop)
    assert (found.replications, found.planned, found.complete) == (2, 4, False)
    whole = sensitivity(centre, replications=2, workers=1)
    assert found.swings == whole.swings


def test_an_interrupt_before_two_replications_tells_nothing(tmp_path: Path) -> None:
    centre = load(str(shop(tmp_path, ASSUMING)))

    def stop(now: Progress) -> None:
        if now.done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sensitivity(centre, replications=4, workers=1, progress=stop)


def test_many_assumptions_take_fewer_replications_but_never_fewer_than_five() -> None:
    assert default_replications(each=65, compared=10) == 5
    assert default_replications(each=6, compared=10) == 10
    assert default_replications(each=6, compared=3) == 3
    assert default_replications(each=6, compared=1) == 2


def test_an_unknown_policy_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match="empowered"):
        simulations_each(load(str(shop(tmp_path))), ["empowerd", "ask"])
