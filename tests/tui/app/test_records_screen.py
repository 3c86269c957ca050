"""A new scenario from records, as somebody at the keyboard makes one."""

import threading
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input, Static

from tests.support import record_samples as samples
from tests.support.exports import dirty_export, odd_export, plain_export
from tests.tui.app.pilot import settled
from tui.app.app import FirstlineApp
from tui.parts.choice import ChoiceDialog
from tui.parts.dialogs import ErrorDialog, TextDialog, YesNoDialog
from tui.parts.row_table import RowTable
from tui.records.screen import RecordsScreen
from tui.records.work import Processes


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work is done in the thread itself, and days are predicted a few times only."""
    monkeypatch.setattr("tui.records.work.Processes", lambda _: Processes(0))
    monkeypatch.setattr("tui.records.screen.DEFAULT_REPLICATIONS", 3)


def screen(app: FirstlineApp) -> RecordsScreen:
    assert isinstance(app.screen, RecordsScreen), app.screen
    return app.screen


def said(app: FirstlineApp, name: str) -> str:
    return str(app.screen.query_one(name, Static).content)


async def begun(pilot: Pilot[None], *typed: str) -> None:
    """Open the screen with its key, and give it files."""
    await settled(pilot)
    await pilot.press("f")
    await settled(pilot)
    if typed:
        pilot.app.screen.query_one(Input).value = " ".join(typed)
        await pilot.press("enter")
        await settled(pilot)


async def test_from_an_export_to_a_what_if(app: FirstlineApp, tmp_path: Path) -> None:
    plain_export(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await begun(pilot, "calls.csv")
        assert screen(app).step == "columns"
        assert "plain CSV: " in said(app, "#columns-head")
        await pilot.press("enter")
        await settled(pilot)
        assert screen(app).step == "report"
        assert "rows read" in said(app, "#report-data")
        assert "service: handling time" in said(app, "#report-fitted")
        await pilot.press("enter")
        await settled(pilot)
        assert screen(app).step == "backtest"
        assert "predict" in said(app, "#backtest-said")
        drawn = said(app, "#backtest-drawn")
        assert "●" in drawn
        assert "by half hour" in drawn
        assert "Erlang A" in drawn
        await pilot.press("s")
        await settled(pilot)
        assert isinstance(app.screen, TextDialog)
        assert app.screen.query_one(Input).value == "from-records"
        await pilot.press("enter")
        await settled(pilot)
        made = tmp_path / "from-records.toml"
        assert app.screen.query_one("#scenarios", RowTable).chosen == str(made)
        await pilot.press("enter")
        await settled(pilot)
        assert app.current_mode == "what_if"
        assert app.opened is not None
        assert app.opened.path == made


async def test_odd_names_of_columns_are_said_once_and_kept(
    app: FirstlineApp, tmp_path: Path
) -> None:
    odd_export(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, "odd names.csv")
        assert "when a contact came in" in said(app, "#columns-lacking")
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, ErrorDialog), "they cannot be read yet"
        await pilot.press("escape", "space")
        await pilot.pause()
        assert isinstance(app.screen, ChoiceDialog)
        await pilot.press("down", "down", "enter")
        await settled(pilot)
        assert not app.screen.query_one("#columns-lacking").display
        assert screen(app).session.lacking == []
        await pilot.press("w")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        written = (tmp_path / "columns.toml").read_text(encoding="utf-8")
        assert 'arrived = "Came In"' in written
        await pilot.press("enter")
        await settled(pilot)
        assert screen(app).step == "report"


async def test_what_was_done_with_dirt_is_in_the_report(app: FirstlineApp, tmp_path: Path) -> None:
    dirty_export(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, "dirty.csv")
        await pilot.press("enter")
        await settled(pilot)
        report = said(app, "#report-data")
        assert "Total and summary lines" in report
        assert "They were skipped." in report


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("nothing.csv", None, "There is no file"),
        ("empty.csv", b"", "is empty"),
        ("old.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "Save it as .xlsx or CSV."),
        ("names.csv", b"Arrived,Answered,Outcome\n", "no rows under it"),
    ],
)
async def test_what_keeps_a_file_from_being_read_stands_below_its_name(
    app: FirstlineApp, tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, name)
        assert screen(app).step == "files"
        assert words in said(app, "#records-wrong")
        assert isinstance(app.focused, Input), "and another one can be typed"


async def test_records_that_do_not_make_a_centre_say_why_and_show_their_report(
    app: FirstlineApp, tmp_path: Path
) -> None:
    samples.written(tmp_path, samples.BANK, "bank.csv")
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, "bank.csv")
        await pilot.press("enter")
        await settled(pilot)
        assert "6 rows read" in said(app, "#report-data")
        assert "Only 3 answered contacts" in said(app, "#report-fitted")
        await pilot.press("enter")
        await settled(pilot)
        assert "✗" in said(app, "#backtest-said")


async def test_interval_reports_say_that_no_days_can_be_predicted(
    app: FirstlineApp, tmp_path: Path
) -> None:
    samples.written(tmp_path, samples.AVAYA_HSPLIT, "split.csv")
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, "split.csv")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert "from call records only" in said(app, "#backtest-said")


async def test_files_are_found_in_their_folder_and_several_are_taken(
    app: FirstlineApp, tmp_path: Path
) -> None:
    (tmp_path / "exports").mkdir()
    plain_export(tmp_path / "exports", "a.csv")
    plain_export(tmp_path / "exports", "b.csv")
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot)
        await pilot.press(*"ex", "tab")
        await pilot.pause()
        assert app.screen.query_one(Input).value == "exports/"
        await pilot.press("down", "space", "down", "enter")
        await settled(pilot)
        assert [path.name for path in screen(app).session.files] == ["a.csv", "b.csv"]
        assert screen(app).step == "columns"
        await pilot.press("escape")
        await settled(pilot)
        assert screen(app).step == "files"
        assert "✓ a.csv, b.csv" in said(app, "#records-taken")
        await pilot.press("escape")
        await settled(pilot)
        assert app.current_mode == "scenarios"
        assert not isinstance(app.screen, RecordsScreen)


async def test_files_dragged_into_the_window_are_typed_whole(
    app: FirstlineApp, tmp_path: Path
) -> None:
    first, second = plain_export(tmp_path, "a.csv"), plain_export(tmp_path, "b c.csv")
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot)
        field = app.screen.query_one(Input)
        field.post_message(events.Paste(f"'{first}'\n'{second}'\n"))
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert screen(app).session.files == (first, second)


async def test_escape_stops_what_takes_long_and_the_screen_answers_meanwhile(
    app: FirstlineApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain_export(tmp_path)
    begins, goes_on = threading.Event(), threading.Event()

    def slow(_records: Any, *, workers: Any, told: Any) -> None:  # noqa: ARG001
        told("fitting availability", 0.25)
        begins.set()
        goes_on.wait(60)
        told("fitting availability", 0.5)

    monkeypatch.setattr("tui.records.session.fit_records", slow)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, "calls.csv")
        await pilot.press("enter")
        while not begins.is_set():
            await pilot.pause(0.05)
        await pilot.pause(0.5)
        assert "Fitting availability" in said(app, "#records-state")
        assert "25 %" in said(app, "#records-state")
        await pilot.press("enter")
        assert screen(app).step == "backtest"
        assert "as soon as the centre is fitted" in said(app, "#backtest-said")
        await pilot.press("escape")
        await pilot.pause()
        assert "Stopped." in said(app, "#records-state")
        goes_on.set()
        await settled(pilot)
        assert screen(app).session.fitted is None
        await pilot.press("escape")
        await settled(pilot)
        assert screen(app).step == "report"


async def test_who_leaves_or_saves_while_days_are_predicted_comes_back_to_the_first_screen(
    app: FirstlineApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain_export(tmp_path)
    begins, ends = threading.Event(), threading.Event()

    def slow(*_: Any, **__: Any) -> None:
        begins.set()
        ends.wait(60)

    monkeypatch.setattr("tui.records.session.backtest", slow)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, "calls.csv")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("enter")
        while not begins.is_set():
            await pilot.pause(0.05)
        await pilot.press("s")
        await pilot.pause()
        await pilot.press("enter")
        for _ in range(200):
            if not isinstance(app.screen, RecordsScreen | TextDialog):
                break
            await pilot.pause(0.05)
        ends.set()
        await settled(pilot)
        assert not isinstance(app.screen, RecordsScreen | ErrorDialog)
        assert (tmp_path / "from-records.toml").is_file()


async def test_a_choice_that_is_stopped_while_it_is_looked_at_is_taken_back(
    app: FirstlineApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain_export(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, "calls.csv")
        session, ends = screen(app).session, threading.Event()
        before = session.chosen
        monkeypatch.setattr(session, "look", lambda _: ends.wait(60))
        session.read_dates("month-first")
        screen(app)._look_again(before)
        await pilot.pause()
        await pilot.press("escape")
        ends.set()
        await settled(pilot)
        assert session.chosen == before


async def test_what_is_not_saved_is_not_lost_without_a_word(
    app: FirstlineApp, tmp_path: Path
) -> None:
    plain_export(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, "calls.csv")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("escape", "escape", "escape")
        await settled(pilot)
        assert isinstance(app.screen, YesNoDialog)
        await pilot.press("n")
        await settled(pilot)
        assert isinstance(app.screen, RecordsScreen)
        await pilot.press("escape")
        await settled(pilot)
        await pilot.press("y")
        await settled(pilot)
        assert not isinstance(app.screen, RecordsScreen)


async def test_from_every_step_one_goes_back_to_the_one_before(
    app: FirstlineApp, tmp_path: Path
) -> None:
    path = plain_export(tmp_path)
    # A column of words that nobody has looked at has no values to show.
    rows = path.read_text(encoding="utf-8").splitlines()
    more = [f"{rows[0]},Remark", *(f"{row},hello" for row in rows[1:])]
    path.write_text("\n".join(more), encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, "calls.csv")
        for key, step in (
            ("enter", "report"),
            ("enter", "backtest"),
            ("escape", "report"),
            ("escape", "columns"),
            ("enter", "report"),
            ("escape", "columns"),
            ("escape", "files"),
        ):
            await pilot.press(key)
            await settled(pilot)
            assert screen(app).step == step
            focused = app.focused
            assert focused is not None
            assert step in {one.id for one in focused.ancestors_with_self}


async def test_a_scenario_is_never_overwritten(app: FirstlineApp, tmp_path: Path) -> None:
    plain_export(tmp_path)
    there = tmp_path / "mine.toml"
    there.write_text("kept", encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, "calls.csv")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("s")
        await settled(pilot)
        app.screen.query_one(Input).value = "mine"
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, TextDialog)
        assert "is there already" in said(app, "#wrong")
    assert there.read_text(encoding="utf-8") == "kept"


async def test_the_pictures_of_the_command_line_are_drawn(
    app: FirstlineApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain_export(tmp_path)
    drawn: list[Path] = []

    def draw(_test: Any, folder: Path) -> list[Path]:
        drawn.append(folder)
        return [folder / "backtest-by-day.png"]

    monkeypatch.setattr("tui.records.session.draw_backtest", draw)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, "calls.csv")
        for key in ("enter", "enter", "e", "enter"):
            await pilot.press(key)
            await settled(pilot)
        assert drawn == [tmp_path / "backtest"]


async def test_a_mapping_that_does_not_go_with_the_files_changes_nothing(
    app: FirstlineApp, tmp_path: Path
) -> None:
    plain_export(tmp_path)
    (tmp_path / "columns.toml").write_text(
        'kind = "contacts"\n[columns]\narrived = "Nowhere"\n', encoding="utf-8"
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, "calls.csv")
        before = screen(app).session.rows
        await pilot.press("m", "enter")
        await settled(pilot)
        app.screen.query_one(Input).value = "columns.toml"
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, ErrorDialog)
        words = "".join(str(one.content) for one in app.screen.query(Static))
        assert 'no column "Nowhere"' in words
        await pilot.press("escape")
        await settled(pilot)
        assert screen(app).session.rows == before


async def test_the_palette_begins_a_scenario_from_records_on_every_screen(
    app: FirstlineApp,
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, CommandPalette)
        await pilot.press(*"scenario from rec")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, RecordsScreen)


async def test_help_says_how_to_begin_from_records(app: FirstlineApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("question_mark", "slash")
        app.screen.query_one(Input).value = "from records"
        await settled(pilot)
        table = app.screen.query_one("#help-table-keys", RowTable)
        assert any("New scenario from records" in str(cell) for cell in table.get_row_at(0))
