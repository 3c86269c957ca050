"""One damaged file breaks only itself: it is named, and everything else answers."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from results.comparison.compare import compare
from results.errors import ExperimentError
from results.experiments.experiment import run
from results.runs import parquet
from results.runs.finished_replications import KEPT
from results.runs.query import OF_TRACES, query_runs
from results.runs.replication_file import (
    FORMAT,
    DamagedError,
    OtherFormatError,
    packed,
    unpacked,
)
from results.runs.store import (
    UNFINISHED,
    begin,
    finish,
    list_runs,
    open_run,
    read_manifest,
    unreadable_runs,
)
from results.runs.tables import TABLES, tables_of
from tests.support.command_line import QUICK, firstline, shop
from tests.support.known_answers import CANNED, POLICIES, SCENARIO, TOML, counting_engine, plain
from tests.support.stored_runs import stored

COUNT = "select run, count(*) from measures group by run order by run"


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def of_garbage(path: Path) -> None:
    path.write_bytes(b"\xff\xfe not a table \x00" * 20)


def garbled_inside(path: Path) -> None:
    """What the file says of itself is in order, what is in it is not."""
    content = bytearray(path.read_bytes())
    content[40:200] = b"\xff" * 160
    path.write_bytes(content)


def of_another_table(path: Path) -> None:
    other = "waits" if path.stem != "waits" else "endings"
    shutil.copy(path.with_name(f"{other}.parquet"), path)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES = [truncated, emptied, of_garbage, garbled_inside, of_another_table, a_folder]
damages = pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)


@damages
@pytest.mark.parametrize("table", ["measures", "intervals"])
def test_a_damaged_table_leaves_the_other_runs_their_answer(
    tmp_path: Path, damage: Callable[[Path], None], table: str
) -> None:
    broken, whole = stored(tmp_path)[0], stored(tmp_path, name="other")[0]
    damage(broken / f"{table}.parquet")
    found = query_runs(tmp_path, f"select * from {table}")
    assert {row[0] for row in found.rows} == {whole.name}
    (note,) = found.notes
    assert note.startswith(f"Left out: {broken / table}.parquet cannot be read: ")
    # A question about the other tables still hears of this run.
    other = query_runs(tmp_path, "select distinct run from endings")
    assert {run for (run,) in other.rows} == {broken.name, whole.name}


def test_a_table_that_is_missing_from_a_run_is_told(tmp_path: Path) -> None:
    broken, whole = stored(tmp_path)[0], stored(tmp_path, name="other")[0]
    (broken / "waits.parquet").unlink()
    found = query_runs(tmp_path, "select distinct run from waits")
    assert found.rows == [(whole.name,)]
    assert found.notes == (f"Left out: {broken / 'waits.parquet'} is missing from its run.",)
    assert not query_runs(tmp_path, "select distinct run from endings").notes


@damages
@pytest.mark.parametrize("table", ["intervals", "endings", "waits"])
def test_a_run_with_a_damaged_table_shows_what_is_left(
    tmp_path: Path, damage: Callable[[Path], None], table: str
) -> None:
    folder, experiment = stored(tmp_path)
    damage(folder / f"{table}.parquet")
    opened = open_run(folder)
    assert len(opened.damaged) == 1
    assert str(folder / f"{table}.parquet") in opened.damaged[0]
    again, before = compare(opened.experiment), compare(experiment)
    assert repr(again.findings) == repr(before.findings)
    shown = firstline("runs", "show", folder)
    assert shown.code == 0
    assert f"Left out: {folder / table}.parquet" in shown.words
    assert "Average speed of answer" in shown.data


@damages
def test_a_run_without_its_measures_is_refused_and_the_file_is_named(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    folder, _ = stored(tmp_path)
    damage(folder / "measures.parquet")
    done = firstline("runs", "show", folder)
    assert done.code == 1
    assert f"{folder / 'measures.parquet'} cannot be read" in done.words


def test_a_table_that_is_gone_is_named_and_the_rest_is_shown(tmp_path: Path) -> None:
    folder, _ = stored(tmp_path)
    (folder / "waits.parquet").unlink()
    assert str(folder / "waits.parquet") in open_run(folder).damaged[0]


@pytest.mark.parametrize("damage", [truncated, emptied, of_garbage, garbled_inside, a_folder])
def test_a_damaged_trace_leaves_the_other_traces_their_answer(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    folder, _ = stored(tmp_path, keep_traces=True)
    damage(folder / "traces" / "cases" / "quick-0.parquet")
    found = query_runs(tmp_path, "select policy, replication, sum(paid) from cases group by all")
    assert len(found.rows) == 5
    assert ("quick", 0) not in {row[:2] for row in found.rows}
    assert len(found.notes) == 1


def test_a_strange_folder_among_the_traces_is_no_table(tmp_path: Path) -> None:
    folder, _ = stored(tmp_path, keep_traces=True)
    strange = folder / "traces" / "measures"
    strange.mkdir()
    shutil.copy(folder / "waits.parquet", strange / "quick-0.parquet")
    assert query_runs(tmp_path, COUNT).rows
    assert not set(TABLES) & set(OF_TRACES)


def manifest_with(**changed: Any) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        said = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**said, **changed}), encoding="utf-8")

    return change


def manifest_origin(**changed: Any) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        said = json.loads(path.read_text(encoding="utf-8"))
        manifest_with(origin={**said["origin"], **changed})(path)

    return change


WRONG = {
    "truncated": truncated,
    "empty": emptied,
    "garbage": of_garbage,
    "a folder": a_folder,
    "deep": lambda path: path.write_text("[" * 100_000),
    "no origin": manifest_with(origin=None),
    "seed is text": manifest_origin(seed="one"),
    "seed is negative": manifest_origin(seed=-1),
    "versions is a list": manifest_origin(versions=["0.1"]),
    "a version is a number": manifest_origin(versions={"firstline": 1}),
    "measures is text": manifest_origin(measures="asa"),
    "name is a number": manifest_with(name=3),
    "name is half a sign": manifest_with(name="\ud800"),
    "complete is text": manifest_with(complete="yes"),
    "policies is text": manifest_with(policies="today"),
    "a policy is a number": manifest_with(policies=[1, 2]),
    "planned is text": manifest_with(planned="ten"),
    "planned is true": manifest_with(planned=True),
    "replications is a share": manifest_with(replications=1.5),
    "verdicts is a list": manifest_with(verdicts=["better"]),
    "a verdict is a number": manifest_with(verdicts={"quick": 1}),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_manifest_that_cannot_be_read_is_named_and_the_other_runs_are_there(
    tmp_path: Path, name: str
) -> None:
    broken, whole = stored(tmp_path)[0], stored(tmp_path, name="other")[0]
    WRONG[name](broken / "manifest.json")
    assert list(list_runs(tmp_path)) == [whole]
    assert list(unreadable_runs(tmp_path)) == [broken]
    for format_ in ("table", "json", "csv"):
        listed = firstline("runs", "list", "-o", tmp_path, "-f", format_)
        assert listed.code == 0
        assert f"Left out: {broken / 'manifest.json'} cannot be read" in listed.words
        assert whole.name in listed.data
        assert broken.name not in listed.data
    asked = firstline("runs", "query", COUNT, "-o", tmp_path, "-f", "json")
    assert [row["run"] for row in asked.json["rows"]] == [whole.name]
    assert f"Left out: {broken / 'manifest.json'}" in asked.words
    shown = firstline("runs", "show", broken)
    assert shown.code == 1
    assert f"{broken / 'manifest.json'} cannot be read" in shown.words


def test_what_is_wrong_in_a_manifest_is_said_with_key_value_and_rule(tmp_path: Path) -> None:
    folder, _ = stored(tmp_path)
    manifest_with(planned="ten")(folder / "manifest.json")
    with pytest.raises(ExperimentError, match="'planned' is 'ten'; it must be a whole number"):
        read_manifest(folder)


def test_a_field_that_nobody_knows_is_no_damage(tmp_path: Path) -> None:
    folder, experiment = stored(tmp_path)
    manifest_with(mood="good", later={"a": [1]})(folder / "manifest.json")
    manifest_origin(machine="mine")(folder / "manifest.json")
    assert plain(open_run(folder).experiment) == plain(experiment)
    assert unreadable_runs(tmp_path) == {}


def test_a_seed_larger_than_a_database_knows_breaks_no_query(tmp_path: Path) -> None:
    large, _ = stored(tmp_path, seed=2**70)
    stored(tmp_path)
    found = query_runs(tmp_path, "select run, seed from runs order by run")
    assert dict(found.rows)[large.name] is None
    assert sorted(seed for _, seed in found.rows if seed is not None) == [1]


UNDECODABLE = os.fsdecode(b"2025-caf\xe9")
not_utf_8 = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are text there")


@not_utf_8
def test_a_run_folder_whose_name_is_not_utf_8_is_listed_and_shown_and_breaks_no_query(
    tmp_path: Path,
) -> None:
    strange, whole = (stored(tmp_path)[0] for _ in range(2))
    strange = strange.rename(tmp_path / UNDECODABLE)
    assert set(list_runs(tmp_path)) == {strange, whole}
    listed = firstline("runs", "list", "-o", tmp_path, "-f", "json").json["rows"]
    assert len(listed) == 2
    found = query_runs(tmp_path, COUNT)
    assert [run for run, _ in found.rows] == [whole.name]
    assert "the name of" in found.notes[0]
    with pytest.raises(ExperimentError, match="its name is not UTF-8"):
        open_run(strange)


@not_utf_8
def test_a_file_in_a_run_whose_name_is_not_utf_8_disturbs_nobody(tmp_path: Path) -> None:
    folder, experiment = stored(tmp_path, keep_traces=True)
    (folder / "charts").mkdir()
    for place in (folder, folder / "charts", folder / "traces", folder / "traces" / "cases"):
        (place / f"{UNDECODABLE}.parquet").write_bytes(b"?")
    assert plain(open_run(folder).experiment) == plain(experiment)
    found = query_runs(tmp_path, "select count(*) from cases")
    assert found.rows == [(6,)]
    assert len(found.notes) == 1, "the one among the cases is named"
    assert firstline("runs", "show", folder).code == 0


@not_utf_8
def test_a_scenario_file_whose_name_is_not_utf_8_is_run_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    strange = shop(tmp_path).rename(tmp_path / f"{UNDECODABLE}.toml")
    done = firstline("compare", strange, "-n", "1", *QUICK, "-f", "json")
    assert done.code == 0, done.words
    assert read_manifest(Path(done.json["folder"])).name == "2025-caf?"


# -- resuming ----------------------------------------------------------------------------------


def begun(root: Path) -> Path:
    """An unfinished run with two whole replications of each policy."""
    folder = begin(root, "retail", SCENARIO, TOML, 1, policies=POLICIES, planned=3)
    run(SCENARIO, replications=2, workers=1, engine=CANNED, folder=folder)
    return folder


def half_of_it(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def one_bit_turned(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    "damage",
    [truncated, half_of_it, emptied, of_garbage, garbled_inside, one_bit_turned, a_folder],
    ids=lambda damage: damage.__name__,
)
def test_a_damaged_replication_is_made_again_and_only_that(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    folder = begun(tmp_path)
    place = folder / KEPT / "quick" / "1.summary"
    damage(place)
    engine, asked = counting_engine()
    again = run(SCENARIO, replications=2, workers=1, engine=engine, folder=folder)
    assert asked == [(60.0, 1)], "policy quick, replication 1"
    (words,) = again.damaged
    assert words.startswith(f"Made again: {place} cannot be read: ")
    assert plain(again) == plain(run(SCENARIO, replications=2, workers=1, engine=CANNED))
    finished = finish(folder, again, compare(again))
    assert plain(open_run(finished).experiment) == plain(again)


@pytest.mark.parametrize("damaged", range(0, 400, 7))
def test_a_replication_with_a_byte_changed_anywhere_is_never_believed(damaged: int) -> None:
    (summary,) = run(
        SCENARIO, policies=["quick"], replications=1, workers=1, engine=CANNED
    ).finished.values()
    content = bytearray(packed(("quick", 0), summary))
    content[damaged * len(content) // 400] ^= 0x55
    with pytest.raises((DamagedError, OtherFormatError)):
        unpacked(bytes(content), ("quick", 0))


def test_a_replication_stored_in_another_format_is_made_again_with_a_plain_word(
    tmp_path: Path,
) -> None:
    folder = begun(tmp_path)
    for number in (0, 1):
        place = folder / KEPT / "quick" / f"{number}.summary"
        head, _, body = place.read_bytes().partition(b"\n")
        said = json.loads(head) | {"format": FORMAT + 1}
        place.write_bytes(json.dumps(said).encode() + b"\n" + body)
    engine, asked = counting_engine()
    again = run(SCENARIO, replications=2, workers=1, engine=engine, folder=folder)
    assert asked == [(60.0, 0), (60.0, 1)]
    (words,) = again.damaged
    assert words == (
        f"Made again: 2 replications in {folder} in format {FORMAT + 1}; this version reads "
        f"format {FORMAT}."
    )


def test_an_unfinished_run_whose_replications_are_folders_of_tables_goes_on(
    tmp_path: Path,
) -> None:
    folder = begun(tmp_path)
    store = folder / KEPT / "quick"
    first = ("quick", 0)
    whole = run(SCENARIO, replications=2, workers=1, engine=CANNED, folder=folder)
    (store / "0.summary").unlink()
    (store / "0").mkdir()
    parquet.write(store / "0", tables_of({first: whole.finished[first]}))
    again = run(SCENARIO, replications=2, workers=1, engine=CANNED, folder=folder)
    assert plain(again) == plain(whole)
    assert again.damaged == (
        f"Made again: 1 replication in {folder} in format 1; this version reads format {FORMAT}.",
    )
    assert not (store / "0").exists()


def test_a_file_where_a_replication_should_be_makes_room(tmp_path: Path) -> None:
    folder = begun(tmp_path)
    place = folder / KEPT / "quick"
    (place / "0.summary").unlink()
    (place / "0").write_text("?")
    asked = {"replications": 2, "workers": 1, "engine": CANNED, "keep_traces": True}
    again = run(SCENARIO, folder=folder, **asked)  # type: ignore[arg-type]
    assert again.complete
    assert (place / "0" / "traces").is_dir()


def test_a_replication_that_is_another_ones_is_made_again(tmp_path: Path) -> None:
    folder = begun(tmp_path)
    place = folder / KEPT / "quick"
    shutil.copy(place / "1.summary", place / "0.summary")
    again = run(SCENARIO, replications=2, workers=1, engine=CANNED, folder=folder)
    assert plain(again) == plain(run(SCENARIO, replications=2, workers=1, engine=CANNED))
    (words,) = again.damaged
    assert words.endswith("0.summary cannot be read: it is another replication's.")


def test_a_damaged_trace_of_a_kept_replication_is_made_again(tmp_path: Path) -> None:
    asked = {"replications": 1, "workers": 1, "engine": CANNED, "keep_traces": True}
    folder = begin(tmp_path, "retail", SCENARIO, TOML, 1)
    run(SCENARIO, folder=folder, **asked)  # type: ignore[arg-type]
    of_garbage(folder / KEPT / "quick" / "0" / "traces" / "cases.parquet")
    again = run(SCENARIO, folder=folder, **asked)  # type: ignore[arg-type]
    assert len(again.damaged) == 1
    finish(folder, again, compare(again))
    assert query_runs(tmp_path, "select count(*) from cases").rows == [(3,)]


@pytest.mark.parametrize("damage", [truncated, emptied, of_garbage, a_folder])
@pytest.mark.parametrize("file", ["manifest.json", f"{KEPT}/origin.json"])
def test_an_unfinished_run_goes_on_when_one_of_its_two_records_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], None], file: str
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = ("compare", shop(tmp_path), *QUICK, "-f", "json")
    whole = firstline(*asked, "-n", "2").json
    other = Path(whole["folder"])
    kept = Path(f"{other}-again{UNFINISHED}")
    other.rename(kept)
    _keep_what_was_finished(kept)
    damage(kept / file)
    done = firstline(*asked, "-n", "2", "--resume", kept)
    assert done.code == 0, done.words
    assert done.json["results"] == whole["results"]
    if file == "manifest.json":
        assert f"Written anew: {kept / file} cannot be read" in done.words
    assert read_manifest(Path(done.json["folder"])).complete


def _keep_what_was_finished(folder: Path) -> None:
    """Make a finished run what it was a moment before its end."""
    manifest_with(complete=False)(folder / "manifest.json")
    said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / KEPT).mkdir()
    (folder / KEPT / "origin.json").write_text(json.dumps(said["origin"]), encoding="utf-8")


def test_a_damaged_replication_is_named_when_a_command_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from results.experiments.progress import Watch

    monkeypatch.chdir(tmp_path)
    asked = ("compare", shop(tmp_path), *QUICK, "-n", "2", "-f", "json")
    count = Watch.count

    def interrupted(self: Watch, *args: Any, **named: Any) -> None:
        count(self, *args, **named)
        if self._counts.total() == 3:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Watch, "count", interrupted)
        folder = Path(firstline(*asked).json["folder"])
    of_garbage(folder / KEPT / "ask" / "0.summary")
    done = firstline(*asked, "--resume", folder)
    assert done.code == 0, done.words
    assert f"Made again: {folder / KEPT}/ask/0.summary cannot be read" in done.words
    fresh = firstline(*asked, "--no-save")
    assert done.json["results"] == fresh.json["results"]
