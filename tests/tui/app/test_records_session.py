"""From files of records to a scenario, without a screen."""

import gzip
import threading
import time
from pathlib import Path

import pytest

from results.backtest.words import well_enough
from scenarios import load
from scenarios.records.field_words import FIELDS, missing
from scenarios.records.mapping import KINDS, Mapping, aliases
from scenarios.records.problems import RecordsError
from tests.support import record_samples as samples
from tests.support.exports import dirty_export, odd_export, plain_export
from tui.parts.band_chart import CAME, Bands, band_chart
from tui.records.paths import listing, paths_in
from tui.records.session import Session, error_words
from tui.records.texts import fitted_text, report_text
from tui.records.work import Processes, StoppedError, Task


def task() -> Task:
    return Task(None, lambda _what, _share: None)


def looked(folder: Path, *paths: Path) -> Session:
    session = Session(folder)
    for path in paths:
        session.toggle(path)
    session.look(task())
    return session


def means(session: Session) -> dict[str, str]:
    return {row.column: row.field for row in session.rows}


# -- files -----------------------------------------------------------------------------------


def test_paths_are_taken_as_terminals_write_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    plain, spaced = plain_export(tmp_path, "a.csv"), plain_export(tmp_path, "my calls.csv")
    assert paths_in("a.csv", tmp_path) == (plain,)
    assert paths_in("~/a.csv", Path("/")) == (plain,)
    assert paths_in(f"  {spaced} ", tmp_path) == (spaced,), "a name with blanks as it is"
    assert paths_in(f"'{spaced}' {plain}", tmp_path) == (spaced, plain)
    assert paths_in(str(spaced).replace(" ", "\\ "), tmp_path) == (spaced,)
    assert paths_in(f"file://{str(spaced).replace(' ', '%20')}", tmp_path) == (spaced,)
    assert paths_in("'never closed", tmp_path) == (tmp_path / "'never closed",)
    assert paths_in("~nobody-of-that-name/a.csv", tmp_path)[0].name == "a.csv"


def test_a_path_is_completed_as_far_as_all_files_agree(tmp_path: Path) -> None:
    for name in ("january.csv", "January-late.csv.gz", "february.csv", "notes.pdf", ".hidden.csv"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "exports").mkdir()
    everything = listing("", tmp_path)
    assert [one.path.name for one in everything.entries] == [
        "february.csv",
        "January-late.csv.gz",
        "january.csv",
        "exports",
    ], "no other kinds of files, none that are hidden"
    assert listing("j", tmp_path).completed("j").lower() == "january"
    assert listing("f", tmp_path).completed("f") == "february.csv"
    assert listing("exp", tmp_path).completed("exp") == "exports/"
    assert listing("nowhere/", tmp_path).problem.endswith("No such file or directory.")


def test_files_that_cannot_be_are_refused_in_words(tmp_path: Path) -> None:
    session = Session(tmp_path)
    assert "Type the path" in session.refusal("")
    assert "There is no file" in session.refusal("nothing.csv")
    assert "is a folder" in session.refusal(str(tmp_path))
    plain_export(tmp_path)
    assert session.refusal("calls.csv") == ""


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "is empty"),
        ("old.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Excel file (.xls)"),
        ("page.csv", b"<html><body>log in first</body></html>", "is a web page"),
        ("notes.txt", b"what a day\nit was\n", "no line of column names"),
    ],
)
def test_files_that_are_no_records_are_told_as_people_say_it(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(RecordsError) as caught:
        looked(tmp_path, path)
    words = error_words(caught.value)
    assert said in words
    assert name in words
    assert "Traceback" not in words


def test_a_compressed_export_and_several_files_are_read_as_one(tmp_path: Path) -> None:
    first = plain_export(tmp_path)
    second = tmp_path / "more.csv.gz"
    later = first.read_text(encoding="utf-8").replace("2026-01-", "2026-02-")
    second.write_bytes(gzip.compress(later.encode()))
    session = looked(tmp_path, first, second)
    rows = session.read(task()).report
    assert rows.sources == ("calls.csv", "more.csv.gz")
    assert rows.days[-1].date.astype(str) == "2026-02-08"


# -- columns ---------------------------------------------------------------------------------


def test_every_field_that_can_be_read_has_words() -> None:
    assert {kind: set(table) for kind, table in FIELDS.items()} == {
        kind: set(table) for kind, table in aliases().items()
    }
    assert set(FIELDS) == set(KINDS)


def test_what_is_missing_is_said_with_what_it_costs() -> None:
    calls = Mapping("", "contacts")
    assert missing(calls, FIELDS["contacts"]) == ()
    without = missing(calls, set(FIELDS["contacts"]) - {"agent"})
    assert [one.what for one in without] == ["Who answered"]
    assert "heads are inferred" in without[0].cost


def test_a_column_that_no_program_knows_is_said_by_hand(tmp_path: Path) -> None:
    session = looked(tmp_path, odd_export(tmp_path))
    assert means(session)["Came In"] == ""
    assert "when a contact came in" in session.lacking[0]
    session.take_as("Came In", "arrived")
    session.take_as("Line Joined", "queued")
    session.look(task())
    assert session.lacking == []
    assert means(session) == {
        "Came In": "arrived",
        "Line Joined": "queued",
        "Picked Up": "answered",
        "Hung Up": "ended",
        "Result": "outcome",
        "Operator": "agent",
        "Line of Business": "reason",
    }
    session.take_as("Line of Business", "")
    session.look(task())
    assert means(session)["Line of Business"] == ""
    assert any(one.what == "What contacts are about" for one in session.missing)


def test_values_of_persons_are_shown_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    names = "Arrived,Answered,Ended,Outcome,Who took it,Ring back"
    row = "2026-01-05 09:00:0{0},2026-01-05 09:00:09,2026-01-05 09:03:00,answered,Jane,+35191000{0}"
    path.write_text("\n".join([names, *(row.format(n) for n in range(5))]), encoding="utf-8")
    session = looked(tmp_path, path)
    values = {row.column: row.values for row in session.rows}
    assert values["Arrived"]
    assert values["Who took it"] == (), "a column nobody has looked at yet may hold names"
    assert values["Ring back"] == ()
    session.take_as("Who took it", "agent")
    session.look(task())
    assert {row.column: row.values for row in session.rows}["Who took it"] == ()


def test_the_columns_are_kept_as_a_mapping_that_is_taken_next_month(tmp_path: Path) -> None:
    path = odd_export(tmp_path)
    session = looked(tmp_path, path)
    session.take_as("Came In", "arrived")
    session.look(task())
    session.save_mapping(tmp_path / "columns.toml")
    with pytest.raises(FileExistsError):
        session.save_mapping(tmp_path / "columns.toml")
    again = looked(tmp_path, path)
    again.read_by("columns.toml")
    again.look(task())
    assert means(again) == means(session)


def test_a_shipped_mapping_or_another_kind_can_be_asked_for(tmp_path: Path) -> None:
    session = looked(tmp_path, samples.written(tmp_path, samples.FIVE9))
    assert session.kind == "intervals"
    session.read_kind("contacts")
    session.look(task())
    assert session.kind == "contacts"
    session.read_by("five9")
    session.look(task())
    assert session.looked is not None
    assert session.looked.columns.layout == "Five9"
    session.read_dates("day-first")
    assert session.mapping is not None
    assert session.mapping.dates == "day-first"


# -- reading, fitting, predicting, saving ----------------------------------------------------


def test_dirt_is_reported_with_what_was_done(tmp_path: Path) -> None:
    session = looked(tmp_path, dirty_export(tmp_path))
    report = session.read(task()).report
    said = report_text(report, 70).plain
    assert "dirty.csv: call records" in said
    assert "Lines stand before the line of column names (2 rows). They were skipped." in said
    assert "Total and summary lines stand among the rows (1 row)." in said
    assert "abandoned, of all who asked" in said


def test_a_centre_is_fitted_predicted_and_saved(tmp_path: Path) -> None:
    session = looked(tmp_path, plain_export(tmp_path))
    session.read(task())
    told: list[str] = []
    session.fit(Task(None, lambda what, _share: told.append(what)))
    assert "fitting availability" in told
    assert session.fitted is not None
    said = fitted_text(session.fitted).plain
    assert "service: handling time: " in said
    assert "calls of 10 s and more" in said, "how many records each figure rests on"
    test = session.backtest(task(), 4)
    good, words = well_enough(test)
    assert words.startswith("It predicts well enough" if good else "It does not predict")
    assert "Erlang A" in words
    assert session.target_refusal("mine") == ""
    written = session.save("mine")
    assert [path.name for path in written.files] == [
        "mine.toml",
        "mine-agents.csv",
        "mine-logons.csv",
        "mine-resampled.csv",
    ]
    assert load(written.files[0]).title == "Fitted centre"
    assert "is there already" in session.target_refusal("mine")
    with pytest.raises(FileExistsError):
        session.save("mine")
    assert session.free_name() == "from-records"
    (tmp_path / "from-records-agents.csv").write_text("", encoding="utf-8")
    assert session.free_name() == "from-records-2", "no table is overwritten either"
    drawn = session.draw(task(), tmp_path / "pictures")
    assert (tmp_path / "pictures" / "backtest-by-day.png") in drawn


def test_another_choice_of_columns_forgets_what_was_read(tmp_path: Path) -> None:
    session = looked(tmp_path, plain_export(tmp_path))
    session.read(task())
    session.take_as("Queue", "")
    session.look(task())
    assert session.records is None
    session.read(task())
    session.look(task())
    assert session.records is not None, "the same columns again are no other choice"
    session.toggle(session.files[0])
    assert session.records is None
    assert session.looked is None


def test_a_choice_that_is_refused_loses_nothing_that_was_read(tmp_path: Path) -> None:
    session = looked(tmp_path, plain_export(tmp_path))
    session.read(task())
    before = session.chosen
    session.take_as("Queue", "")
    session.files[0].rename(tmp_path / "moved.csv")
    with pytest.raises(RecordsError):
        session.look(task())
    session.chosen = before
    assert session.records is not None


@pytest.mark.parametrize("typed", ["~x", "/", ".", "a" * 300, "a\0b", "~nobody/" + "b" * 5000])
def test_a_name_that_no_file_can_have_is_refused_in_words(typed: str, tmp_path: Path) -> None:
    session = Session(tmp_path)
    assert session.refusal(typed), "as records"
    for refusal in (session.target_refusal, session.pictures_refusal, session.mapping_refusal):
        assert isinstance(refusal(typed), str)
    assert isinstance(listing(typed, tmp_path).problem, str)


def test_pictures_of_another_backtest_are_not_drawn_over(tmp_path: Path) -> None:
    session = Session(tmp_path)
    assert session.pictures_refusal("backtest") == ""
    (tmp_path / "backtest").mkdir()
    assert session.pictures_refusal("backtest") == ""
    (tmp_path / "backtest" / "backtest-by-day.png").write_text("x", encoding="utf-8")
    assert "Choose another folder" in session.pictures_refusal("backtest")


def test_interval_reports_become_a_scenario_and_no_backtest(tmp_path: Path) -> None:
    session = looked(tmp_path, samples.written(tmp_path, samples.AVAYA_HSPLIT))
    session.read(task())
    assert not session.can_predict
    session.fit(task())
    assert session.save("split").files == (tmp_path / "split.toml",)


@pytest.mark.parametrize("under_way", [True, False], ids=["under way", "just begun"])
def test_work_that_nobody_waits_for_is_ended_at_once(under_way: bool) -> None:
    processes = Processes(1)
    waits = processes.task(lambda _what, _share: None)
    ended = threading.Event()

    def wait() -> None:
        with pytest.raises(StoppedError):
            waits.done(time.sleep, 3600)
        ended.set()

    thread = threading.Thread(target=wait, daemon=True)
    if not under_way:
        waits.stop()
    thread.start()
    if under_way:
        time.sleep(1.0)
        waits.stop()
    assert ended.wait(timeout=300), "an hour is not waited for"
    assert processes.task(lambda _what, _share: None).done(abs, -2) == 2, "there are new ones"
    processes.close()


def test_stopping_reaches_work_in_the_thread_itself() -> None:
    work = task()
    work.stop()
    with pytest.raises(StoppedError):
        work.tell("fitting", 0.5)
    with pytest.raises(StoppedError):
        work.here(lambda: 1 / 0)


# -- the chart -------------------------------------------------------------------------------


def test_what_came_stands_in_its_band_or_outside_it() -> None:
    bands = Bands([0.1, 0.1], [0.3, 0.3], [0.2, 0.2], [0.2, 0.5], {0: "Mon", 1: "Tue"}, "share")
    rows = [row.plain for row in band_chart(bands, 40, 12)]
    assert all(len(row) == 40 for row in rows)
    assert sum(row.count(CAME) for row in rows) == 2
    first, second = (
        next(n for n, row in enumerate(rows) if CAME in row[a:b]) for a, b in ((0, 22), (22, 40))
    )
    assert second < first, "a larger value stands higher"
    braille = [any("⠀" < sign <= "⣿" for sign in row) for row in rows]
    assert not braille[second], "above the band"
    assert braille[first], "within it"
    assert "Mon" in rows[-1]


def test_a_half_hour_in_which_nothing_came_has_no_sign() -> None:
    bands = Bands([0.0], [10.0], [5.0], [float("nan")], {}, "s")
    assert not any(CAME in row.plain for row in band_chart(bands, 30, 8))
