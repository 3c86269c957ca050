import json
import shutil
from pathlib import Path

import pytest

from results.comparison.compare import compare
from results.errors import ExperimentError
from results.experiments.experiment import Experiment, run
from results.experiments.progress import Progress
from results.measures.registry import MEASURES
from results.runs.origin import Origin, hash_of
from results.runs.parquet import read
from results.runs.query import query_runs
from results.runs.store import (
    begin,
    finish,
    list_runs,
    open_run,
    read_manifest,
    unfinished,
    unreadable_runs,
)
from tests.support.known_answers import CANNED, POLICIES, SCENARIO, TOML, plain
from tests.support.stored_runs import stored


def interrupted(root: Path) -> tuple[Path, Experiment]:
    """A run that was interrupted after four of six replications."""

    def interrupt(now: Progress) -> None:
        if now.done == 4:
            raise KeyboardInterrupt

    folder = begin(root, "retail", SCENARIO, TOML, 1)
    asked = {"replications": 2, "workers": 1, "engine": CANNED, "folder": folder}
    experiment = run(SCENARIO, progress=interrupt, **asked)  # type: ignore[arg-type]
    return finish(folder, experiment, compare(experiment)), experiment


def test_a_run_that_is_read_back_holds_the_same_bits(tmp_path: Path) -> None:
    folder, experiment = stored(tmp_path)
    opened = open_run(folder).experiment
    assert plain(opened) == plain(experiment)
    assert opened.policies == POLICIES
    assert opened.seed == 1
    assert opened.complete
    assert opened.scenario == SCENARIO


def test_a_run_that_is_read_back_is_compared_alike(tmp_path: Path) -> None:
    folder, experiment = stored(tmp_path)
    again, before = compare(open_run(folder).experiment), compare(experiment)
    assert repr(again.findings) == repr(before.findings)
    assert str(again.verdicts) == str(before.verdicts)


def test_a_folder_has_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    begun = begin(tmp_path, "retail", SCENARIO, TOML, 1)
    assert begun.name.endswith("-retail.unfinished")
    assert list_runs(tmp_path) == {}
    experiment = run(SCENARIO, replications=1, workers=1, engine=CANNED, folder=begun)
    folder = finish(begun, experiment, compare(experiment))
    assert folder.name == begun.name.removesuffix(".unfinished")
    assert not begun.exists()
    assert list(list_runs(tmp_path)) == [folder]
    names = {path.name for path in folder.iterdir()}
    tables = {"measures", "intervals", "endings", "waits", "accounts"}
    tables |= {"comparison", "accounting"}
    others = {"manifest.json", "scenario.toml", "dictionary.csv"}
    assert names == {*others, *(f"{name}.parquet" for name in tables)}


def test_the_manifest_says_what_was_run_with_what_and_when(tmp_path: Path) -> None:
    folder, experiment = stored(tmp_path, seed=3)
    said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert said["command"] == "firstline compare retail"
    assert said["complete"] is True
    assert said["policies"] == list(POLICIES)
    assert (said["planned"], said["replications"]) == (2, 2)
    assert said["origin"]["seed"] == 3
    assert said["origin"]["scenario_hash"] == hash_of(SCENARIO)
    assert {"firstline", "python", "numpy", "scipy", "simpy"} == set(said["origin"]["versions"])
    assert said["started"] <= said["ended"]
    assert said["started"].endswith("+00:00")
    assert said["verdicts"] == dict(compare(experiment).verdicts)


def test_a_folder_that_was_deleted_while_it_ran_is_made_anew_by_its_tables(tmp_path: Path) -> None:
    folder = begin(tmp_path / "runs", "retail", SCENARIO, TOML, 1, "firstline compare retail")
    experiment = run(SCENARIO, replications=2, workers=1, engine=CANNED, folder=folder)
    shutil.rmtree(tmp_path / "runs")
    named = finish(folder, experiment, compare(experiment))
    assert named.name == folder.name.removesuffix(".unfinished")
    assert plain(open_run(named).experiment) == plain(experiment)
    assert read_manifest(named).name == "retail"


def test_runs_that_begin_in_the_same_second_get_folders_of_their_own(tmp_path: Path) -> None:
    folders = [stored(tmp_path)[0] for _ in range(3)]
    assert len(set(folders)) == 3
    assert list(list_runs(tmp_path)) == sorted(folders)


def test_one_unreadable_manifest_is_named_and_the_other_runs_are_listed(tmp_path: Path) -> None:
    broken, whole = (stored(tmp_path)[0] for _ in range(2))
    (broken / "manifest.json").write_text("{", encoding="utf-8")
    assert list(list_runs(tmp_path)) == [whole]
    assert list(unreadable_runs(tmp_path)) == [broken]
    assert str(broken / "manifest.json") in unreadable_runs(tmp_path)[broken]


@pytest.mark.parametrize(
    ("name", "end"), [("own centres/Köln.toml", "own-centres-K-ln.toml"), ("...", "run")]
)
def test_a_scenario_of_any_name_makes_a_folder(tmp_path: Path, name: str, end: str) -> None:
    folder = begin(tmp_path, name, SCENARIO, TOML, 1)
    assert folder.parent == tmp_path
    assert folder.name.endswith(f"-{end}.unfinished")


def test_an_interrupted_run_can_be_looked_at_and_resumed(tmp_path: Path) -> None:
    folder, experiment = interrupted(tmp_path)
    assert folder.name.endswith(".unfinished")
    assert plain(open_run(folder).experiment) == plain(experiment)
    assert not open_run(folder).experiment.complete
    assert unfinished(tmp_path, SCENARIO, 1) == folder
    whole = run(SCENARIO, replications=2, workers=1, engine=CANNED, folder=folder)
    named = finish(folder, whole, compare(whole))
    assert plain(open_run(named).experiment) == plain(stored(tmp_path)[1])
    assert unfinished(tmp_path, SCENARIO, 1) is None


def test_a_run_of_another_seed_or_scenario_is_not_offered_for_resuming(tmp_path: Path) -> None:
    interrupted(tmp_path)
    assert unfinished(tmp_path, SCENARIO, 2) is None
    other = SCENARIO.model_copy(update={"title": "Other"})
    assert unfinished(tmp_path, other, 1) is None


def test_an_interrupt_before_anything_is_finished_leaves_a_folder_to_resume(
    tmp_path: Path,
) -> None:
    def interrupt(_: Progress) -> None:
        raise KeyboardInterrupt

    folder = begin(tmp_path, "retail", SCENARIO, TOML, 1)
    experiment = run(
        SCENARIO, replications=1, workers=1, engine=CANNED, folder=folder, progress=interrupt
    )
    assert finish(folder, experiment) == folder
    assert unfinished(tmp_path, SCENARIO, 1) == folder


def test_a_comment_in_the_scenario_does_not_make_it_another_scenario() -> None:
    assert Origin.of(SCENARIO, 1).differences(Origin.of(SCENARIO.model_copy(), 1)) == []


def test_questions_are_asked_across_all_runs(tmp_path: Path) -> None:
    folders = sorted(stored(tmp_path, seed=seed)[0].name for seed in (1, 2))
    interrupted(tmp_path)
    answer = query_runs(
        tmp_path,
        """
        SELECT run, seed, count(*) AS replications, avg(value) AS asa
        FROM measures JOIN runs USING (run)
        WHERE measure = 'asa' AND dimension = 'all' AND policy = 'quick'
        GROUP BY run, seed ORDER BY run
        """,
    )
    assert answer.columns == ("run", "seed", "replications", "asa")
    assert [row[0] for row in answer.rows] == folders, "the unfinished run is not asked"
    assert sorted(row[1] for row in answer.rows) == [1, 2]
    assert {row[2] for row in answer.rows} == {2}


def test_undefined_values_are_left_out_of_averages(tmp_path: Path) -> None:
    stored(tmp_path)
    sql = "SELECT count(*), count(value) FROM measures WHERE measure = 'approval_wait'"
    assert query_runs(tmp_path, sql).rows == [(12, 0)], "3 policies, 2 replications, 2 cuts"


@pytest.mark.parametrize("table", ["intervals", "endings", "waits", "comparison"])
def test_every_table_can_be_asked(tmp_path: Path, table: str) -> None:
    folder, _ = stored(tmp_path)
    rows = query_runs(tmp_path, f"SELECT run, policy FROM {table}").rows
    assert set(rows) == {(folder.name, policy) for policy in POLICIES}


def test_the_comparison_is_stored_as_it_was_made(tmp_path: Path) -> None:
    folder, experiment = stored(tmp_path)
    comparison = compare(experiment)
    rows = read(folder, ["comparison"])["comparison"]
    assert rows["measure"].tolist() == [name for name in MEASURES for _ in POLICIES]
    here = (rows["policy"] == "quick") & (rows["measure"] == "asa")
    found = comparison.findings["quick", "asa"].difference
    assert found is not None
    assert rows["difference"][here].item() == found.estimate.mean
    assert rows["low"][here].item() == found.estimate.low
    assert rows["effect"][here].item() == found.effect


def test_a_question_that_cannot_be_answered_is_explained(tmp_path: Path) -> None:
    stored(tmp_path)
    with pytest.raises(ExperimentError, match="waitings"):
        query_runs(tmp_path, "SELECT * FROM waitings")


def test_there_must_be_a_run_to_ask(tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match="no finished run"):
        query_runs(tmp_path / "nowhere", "SELECT 1")


def test_traces_are_stored_in_words_when_asked_for(tmp_path: Path) -> None:
    folder, _ = stored(tmp_path, keep_traces=True)
    assert not (folder / "kept").exists()
    answer = query_runs(
        tmp_path, "SELECT policy, replication, reason, state, ended, paid FROM cases ORDER BY ALL"
    )
    assert answer.rows[0] == ("quick", 0, "late_parcel", "open", None, 0.0)
    assert len(answer.rows) == 6
    # A table in which nothing happened keeps its types.
    assert query_runs(tmp_path, "SELECT count(*) FROM legs WHERE reason = 'x'").rows == [(0,)]


def test_a_folder_that_is_no_run_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match=r"is not a run: it has no manifest\.json"):
        open_run(tmp_path)
    with pytest.raises(ExperimentError, match=r"There is no run .*nowhere"):
        open_run(tmp_path / "nowhere")
    (tmp_path / "file").write_text("")
    with pytest.raises(ExperimentError, match="file is a file; a run is a folder"):
        open_run(tmp_path / "file")


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"origin": 3}'])
def test_a_damaged_manifest_is_named(tmp_path: Path, text: str) -> None:
    folder, _ = stored(tmp_path)
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(ExperimentError, match=r"manifest\.json cannot be read"):
        read_manifest(folder)


def test_a_run_that_was_killed_is_resumed_before_it_is_opened(tmp_path: Path) -> None:
    folder = begin(tmp_path, "retail", SCENARIO, TOML, 1)
    with pytest.raises(ExperimentError, match="resume it before it is opened"):
        open_run(folder)


def test_a_damaged_record_of_what_was_kept_is_named(tmp_path: Path) -> None:
    folder, _ = interrupted(tmp_path)
    (folder / "kept" / "origin.json").write_text("{}", encoding="utf-8")
    # The manifest says the same, unless it is damaged as well.
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ExperimentError, match="does not say what was kept there"):
        run(SCENARIO, replications=1, workers=1, engine=CANNED, folder=folder)


def test_a_damaged_table_is_named(tmp_path: Path) -> None:
    folder, _ = stored(tmp_path)
    (folder / "measures.parquet").write_bytes(b"not a table")
    with pytest.raises(ExperimentError, match=r"measures\.parquet cannot be read"):
        open_run(folder)


def test_a_table_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    folder = begin(tmp_path, "retail", SCENARIO, TOML, 1)
    experiment = run(SCENARIO, replications=1, workers=1, engine=CANNED)
    (folder / "intervals.parquet").mkdir()
    with pytest.raises(ExperimentError, match=r"intervals\.parquet cannot be written"):
        finish(folder, experiment)


def test_a_file_where_the_runs_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("")
    with pytest.raises(ExperimentError, match="cannot be stored in"):
        begin(tmp_path / "runs", "retail", SCENARIO, TOML, 1)


def test_a_file_where_replications_should_be_kept_is_named(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("")
    with pytest.raises(ExperimentError, match="cannot be stored in"):
        run(SCENARIO, replications=1, workers=1, engine=CANNED, folder=tmp_path)


def test_a_copied_run_is_a_run(tmp_path: Path) -> None:
    folder, experiment = stored(tmp_path)
    copy = Path(shutil.copytree(folder, tmp_path / "elsewhere" / "my run"))
    assert plain(open_run(copy).experiment) == plain(experiment)
    assert list(list_runs(tmp_path / "elsewhere")) == [copy]
