"""Runs of an earlier version: finished ones open and show, unfinished ones stay as they are."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from results.comparison.compare import compare
from results.comparison.two_runs import changes, unequal
from results.comparison.unseen import hidden_in
from results.errors import ExperimentError
from results.experiments.experiment import Experiment, run
from results.measures.definition import Measure
from results.measures.registry import MEASURES, definitions
from results.measures.renamed import (
    CHANGED,
    GONE,
    RENAMED,
    answered,
    in_todays_names,
    now_called,
    why_unequal,
)
from results.runs.finished_replications import KEPT
from results.runs.parquet import read
from results.runs.query import query_runs
from results.runs.store import begin, open_run, read_manifest, unfinished
from scenarios import load
from tests.support.command_line import QUICK, firstline
from tests.support.known_answers import CANNED, SCENARIO, TOML, experiment_with
from tests.support.stored_runs import stored

WRITTEN_BY_0_1 = Path(__file__).parents[1] / "references" / "runs-0.1"
FINISHED = "2026-11-28-142350-shop"
UNFINISHED = "2026-11-28-142354-shop.unfinished"
DEFINED_BY_0_1 = Path(__file__).parents[1] / "references" / "measures-0.1.json"
DOCS = Path(__file__).parents[2] / "docs" / "measures-changed.md"


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two run folders as version 0.1 wrote them."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(WRITTEN_BY_0_1, tmp_path / "runs")
    return Path("runs")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# -- what an earlier version wrote ---------------------------------------------------------------


def test_a_finished_run_of_version_0_1_opens_and_shows(runs: Path) -> None:
    opened = open_run(runs / FINISHED)
    assert opened.experiment.policies == ("ask", "empowered")
    assert opened.experiment.replications == (0, 1)
    assert opened.damaged == ()
    hidden = hidden_in(opened.experiment)
    assert len(hidden) < len(MEASURES) / 4
    shown = firstline("runs", "show", runs / FINISHED, "-f", "json")
    assert shown.code == 0, shown.words
    stored_then = read(runs / FINISHED, ["comparison"])["comparison"]
    means = {(row["policy"], row["measure"]): row["mean"] for row in shown.json["results"]}
    for policy, name, mean in zip(
        *(stored_then[column] for column in ("policy", "measure", "mean")), strict=True
    ):
        today = now_called(name, MEASURES) or name
        if today in hidden:
            assert means[policy, today] is None, "one day cannot show it"
            continue
        found = means[policy, today]
        assert found == (None if mean != mean else pytest.approx(mean)), "as it was said then"


def test_a_run_of_version_0_1_is_broken_down_and_answers_questions(runs: Path) -> None:
    shown = firstline("runs", "show", runs / FINISHED, "--by", "group", "--measures", "occupancy")
    assert "Front line" in shown.data
    asked = "select policy, avg(value) from measures where measure = 'asa' and dimension = 'all' "
    rows = query_runs(runs, asked + "group by policy order by policy").rows
    assert [policy for policy, _ in rows] == ["ask", "empowered"]


def test_a_run_of_version_0_1_has_every_column_and_ending_of_today(runs: Path) -> None:
    experiment = open_run(runs / FINISHED).experiment
    today = run(load(runs / FINISHED / "scenario.toml"), replications=1, workers=1)
    then, now = experiment.finished["ask", 0], today.finished["ask", 0]
    assert then.intervals.keys() == now.intervals.keys()
    for cut, table in now.intervals.items():
        assert then.intervals[cut].keys() == table.keys()
        assert all(len(then.intervals[cut][name]) == len(table[name]) for name in table)
    assert then.endings["all"].keys() == now.endings["all"].keys()
    unknown_then = {"voice not answered", "chat not answered", "until resolved"}
    assert now.waits.keys() - then.waits.keys() == unknown_then
    assert all(set(values) == set(now.values[cut]) for cut, values in then.values.items())


def test_a_run_of_version_0_1_knows_nothing_of_its_queues(runs: Path) -> None:
    done = firstline("runs", "show", runs / FINISHED, "--by", "queue")
    assert done.code == 0
    assert "Offered" in done.data
    assert re.search(r"^Supervisors +–", done.data, re.MULTILINE)


def test_an_unfinished_run_of_version_0_1_is_neither_resumed_nor_touched(runs: Path) -> None:
    folder = runs / UNFINISHED
    before = contents(folder)
    centre = folder / "scenario.toml"
    listed = firstline("runs", "list")
    assert "unfinished, begun by an earlier version: start again" in " ".join(listed.data.split())
    done = firstline("compare", centre, "-n", "2", *QUICK, "--resume", folder)
    assert done.code == 1
    assert f"{folder} was begun by an earlier version: start again" in done.words
    again = firstline("compare", centre, "-n", "1", *QUICK)
    assert again.code == 0
    assert str(folder) not in again.words, "it is not offered for resuming"
    assert unfinished(runs, load(centre), 1) is None
    with pytest.raises(ExperimentError, match="begun by an earlier version: start again"):
        run(load(centre), replications=1, workers=1, folder=folder)
    assert contents(folder) == before


def test_an_unfinished_run_of_version_0_1_that_has_no_tables_is_not_to_be_resumed(
    runs: Path,
) -> None:
    (runs / UNFINISHED / "measures.parquet").unlink()
    with pytest.raises(ExperimentError, match="begun by an earlier version: start again"):
        open_run(runs / UNFINISHED)


def test_a_run_that_was_begun_with_other_definitions_does_not_go_on(tmp_path: Path) -> None:
    folder = begin(tmp_path, "retail", SCENARIO, TOML, 1)
    run(SCENARIO, replications=1, workers=1, engine=CANNED, folder=folder)
    for path in (folder / "manifest.json", folder / KEPT / "origin.json"):
        said = json.loads(path.read_text(encoding="utf-8"))
        said.get("origin", said)["measures"]["asa"] += 1
        path.write_text(json.dumps(said), encoding="utf-8")
    assert read_manifest(folder).cannot_go_on
    with pytest.raises(ExperimentError, match="begun by an earlier version: start again"):
        run(SCENARIO, replications=1, workers=1, engine=CANNED, folder=folder)


# -- definitions ---------------------------------------------------------------------------------


def test_the_manifest_says_by_which_definitions_a_run_was_measured(tmp_path: Path) -> None:
    folder, _ = stored(tmp_path)
    said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert said["origin"]["measures"] == definitions()
    rows = query_runs(tmp_path, "select measure, version from definitions").rows
    assert dict(rows) == definitions()


def defined_otherwise(folder: Path, **versions: int) -> None:
    """Pretend that a run was measured by other definitions."""
    path = folder / "manifest.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    said["origin"]["measures"] |= versions
    path.write_text(json.dumps(said), encoding="utf-8")


def test_a_run_by_other_definitions_shows_what_was_said_then(tmp_path: Path) -> None:
    folder, _ = stored(tmp_path)
    then = read_manifest(folder).verdicts
    defined_otherwise(folder, asa=MEASURES["asa"].version + 1)
    opened = open_run(folder)
    assert opened.defined_otherwise == ("asa was defined anew",)
    assert dict(compare(opened.experiment).verdicts) == dict(then)
    shown = firstline("runs", "show", folder)
    assert "This run is of an earlier version" in shown.words
    assert "asa was defined anew" in shown.words


def by(experiment: Experiment, **versions: int) -> Experiment:
    return replace(experiment, definitions={**definitions(), **versions})


VALUES = {"today": {"asa": [60.0, 80.0], "fcr": [0.5, 0.6]}}


def test_two_runs_are_compared_only_by_measures_that_mean_the_same() -> None:
    first, second = experiment_with(VALUES), by(experiment_with(VALUES), asa=7)
    pair = ("today", "today")
    assert [one.measure for one in changes(first, second, pair, ["asa", "fcr"])] == ["fcr"]
    assert unequal(first, second, ["asa", "fcr"]) == {"asa": "asa was defined anew"}
    same = by(experiment_with(VALUES), asa=7)
    assert [one.measure for one in changes(second, same, pair, ["asa", "fcr"])] == ["asa", "fcr"]


def test_a_measure_that_one_run_lacks_is_not_compared_and_named() -> None:
    first = experiment_with(VALUES)
    second = replace(first, definitions={"asa": definitions()["asa"]})
    assert unequal(first, second, ["asa", "fcr"]) == {"fcr": "fcr was measured in one of them only"}


def test_a_question_over_runs_of_unequal_definitions_says_so(tmp_path: Path) -> None:
    one, _ = stored(tmp_path)
    stored(tmp_path, name="other")
    sql = "select run, avg(value) from measures where measure = 'asa' group by run"
    assert query_runs(tmp_path, sql).notes == ()
    defined_otherwise(one, asa=7)
    (note,) = query_runs(tmp_path, sql).notes
    assert "asa was defined anew" in note
    assert query_runs(tmp_path, sql.replace("asa", "fcr")).notes == ()


# -- names ---------------------------------------------------------------------------------------


@pytest.fixture
def renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the speed of answer had been called something else."""
    monkeypatch.setitem(RENAMED, "speed", "asa")


@pytest.mark.usefixtures("renamed")
def test_an_old_name_is_answered_with_the_new_one(tmp_path: Path) -> None:
    asked = firstline("measures", "speed")
    assert asked.code == 0
    assert asked.words.strip() == "'speed' is now called 'asa'."
    assert "Average speed of answer" in asked.data
    stored(tmp_path)
    folder, _ = stored(tmp_path)
    for command in (
        ("runs", "show", folder, "--measures", "speed"),
        ("compare", "textbook", "--measures", "speed"),
        ("compare", "textbook", "--precision", "speed=3"),
        ("compare", "textbook", "--sensitivity-of", "speed"),
    ):
        refused = firstline(*command)
        assert refused.code == 2
        assert "'speed' is now called 'asa'" in " ".join(refused.words.split())
    with pytest.raises(ExperimentError, match="'speed' is now called 'asa'"):
        compare(experiment_with(VALUES), measures=["speed"])
    (note,) = query_runs(tmp_path, "select * from measures where measure = 'speed'").notes
    assert note == "'speed' is now called 'asa'."
    with pytest.raises(ExperimentError, match="'speed' is now called 'asa'"):
        query_runs(tmp_path, "select speed from measures")


@pytest.mark.usefixtures("renamed")
def test_values_of_an_old_name_are_read_under_the_new_one() -> None:
    assert in_todays_names({"speed": 3.0, "fcr": 0.5}, MEASURES) == {"asa": 3.0, "fcr": 0.5}


def test_a_measure_that_is_gone_is_answered_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(GONE, "mood", "look at csat_true.")
    assert answered("mood", MEASURES) == "There is no measure 'mood' any more: look at csat_true."
    assert answered("moon", MEASURES) == ""


def test_a_renamed_measure_counts_on_and_is_compared_when_its_definition_stayed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(RENAMED, "speed", "asa")
    monkeypatch.setitem(CHANGED, "asa", "of those who came by phone")
    assert now_called("speed", MEASURES) == "asa"
    assert now_called("speed", ["speed", "asa"]) is None, "not renamed yet"
    assert now_called("speed", ["pace"]) is None, "the new one is not there yet"
    assert why_unequal("asa", 1, 1) == ""
    assert why_unequal("asa", 1, 2) == "asa was defined anew (of those who came by phone)"


def test_every_measure_carries_the_version_of_its_definition() -> None:
    assert all(isinstance(one, Measure) and one.version >= 1 for one in MEASURES.values())
    assert definitions() == {name: one.version for name, one in MEASURES.items()}


def then() -> dict[str, str]:
    found: dict[str, str] = json.loads(DEFINED_BY_0_1.read_text(encoding="utf-8"))
    return found


def test_every_measure_of_version_0_1_is_there_or_is_answered() -> None:
    lost = [name for name in then() if name not in MEASURES and not answered(name, MEASURES)]
    assert lost == []


def test_every_renamed_measure_is_there() -> None:
    missing = {
        old: new for old, new in RENAMED.items() if old not in MEASURES and new not in MEASURES
    }
    assert missing == {}, "neither the old name nor the new one is a measure"
    both = [old for old, new in RENAMED.items() if old in MEASURES and new in MEASURES]
    assert both == [], "the old name is still a measure next to the new one"


WORDED_ANEW: frozenset[str] = frozenset({"asa", "fix_cost", "p_wait"})
"""Measures whose equation is written in other words, and gives the same number as in 0.1."""


def test_a_measure_whose_equation_has_changed_has_another_version() -> None:
    before = {now_called(name, MEASURES) or name: text for name, text in then().items()}
    silent = [
        name
        for name, measure in MEASURES.items()
        if name in before
        and measure.equation != before[name]
        and measure.version == 1
        and name not in WORDED_ANEW
    ]
    assert silent == [], "count the version up, or put it among those worded anew"


def test_what_changed_in_a_measure_is_written_down() -> None:
    assert [n for n, one in MEASURES.items() if one.version > 1 and n not in CHANGED] == []
    text = DOCS.read_text(encoding="utf-8")
    assert [
        name for name in (*RENAMED, *RENAMED.values(), *CHANGED) if f"`{name}`" not in text
    ] == []
