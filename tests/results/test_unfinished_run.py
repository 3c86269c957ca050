"""A run that was stopped or killed: what it keeps is read, and what is left of it is known."""

from pathlib import Path

import pytest

from results import run
from results.errors import ExperimentError
from results.experiments.precision import Precision
from results.runs import running
from results.runs.finished_replications import count_in, numbers_in
from results.runs.store import begin, finish
from results.runs.unfinished import open_unfinished
from tests.support.known_answers import CANNED, SCENARIO, TOML
from tests.support.running_elsewhere import running_elsewhere
from tests.support.stored_runs import killed

POLICIES = (SCENARIO.baseline, *SCENARIO.policies)


def test_what_a_killed_run_keeps_is_its_answer_so_far(tmp_path: Path) -> None:
    folder = killed(tmp_path)
    found = open_unfinished(folder)
    assert found.experiment.policies == POLICIES
    assert found.experiment.planned == 5
    assert found.experiment.replications == (0, 1)
    assert not found.experiment.complete
    whole = run(SCENARIO, replications=2, seed=7, workers=1, engine=CANNED)
    waits = {key: one.values["all", ""]["asa"] for key, one in found.experiment.finished.items()}
    assert waits == {key: one.values["all", ""]["asa"] for key, one in whole.finished.items()}


def test_only_replications_finished_under_every_policy_are_counted(tmp_path: Path) -> None:
    folder = killed(tmp_path)
    assert count_in(folder, POLICIES) == 2
    assert numbers_in(folder, POLICIES[0]) == (0, 1)
    next(folder.glob("kept/*/1.summary")).unlink()
    assert count_in(folder, POLICIES) == 1
    assert count_in(folder, ()) == 0


def test_the_precision_that_was_asked_for_is_remembered(tmp_path: Path) -> None:
    text = Precision({"asa": 5.0}, {"fcr": None, "wait_all": 2.5}).text
    assert text == "asa=5,difference.fcr,difference.wait_all=2.5"
    assert open_unfinished(killed(tmp_path, precision=text)).manifest.precision == text


def test_a_run_is_not_opened_twice_at_the_same_time(tmp_path: Path) -> None:
    folder = killed(tmp_path)
    with running_elsewhere(folder), pytest.raises(ExperimentError, match="another process"):
        open_unfinished(folder)
    assert open_unfinished(folder).experiment.replications == (0, 1)


def test_a_whole_run_and_one_with_another_scenario_have_nothing_to_continue(
    tmp_path: Path,
) -> None:
    folder = killed(tmp_path)
    scenario = folder / "scenario.toml"
    text = scenario.read_text(encoding="utf-8")
    scenario.write_text(text.replace("per_day = 10", "per_day = 11", 1), encoding="utf-8")
    if scenario.read_text(encoding="utf-8") == text:
        scenario.write_text(f'title = "Another"\n{text}', encoding="utf-8")
    with pytest.raises(ExperimentError, match="another scenario"):
        open_unfinished(folder)
    scenario.write_text(text, encoding="utf-8")
    experiment = run(SCENARIO, replications=5, seed=7, workers=1, engine=CANNED, folder=folder)
    with pytest.raises(ExperimentError, match="nothing to continue"):
        open_unfinished(finish(folder, experiment))


def test_replications_known_from_elsewhere_are_kept_in_the_folder_too(tmp_path: Path) -> None:
    before = run(SCENARIO, replications=2, seed=7, workers=1, engine=CANNED)
    folder = begin(tmp_path, "shop", SCENARIO, TOML, 7, "", POLICIES, 2)
    run(
        SCENARIO,
        replications=2,
        seed=7,
        workers=1,
        engine=CANNED,
        folder=folder,
        known=before.finished,
    )
    running.release(folder)
    assert open_unfinished(folder).experiment.replications == (0, 1)
