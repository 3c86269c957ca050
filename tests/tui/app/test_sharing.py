"""Sharing: the sentence in the clipboard, picture and report where the app says they are."""

from pathlib import Path

import pytest

from results import compare, run
from results.runs.store import begin, finish
from scenarios import load_text
from tests.support.command_line import SHOP
from tests.tui.app.pilot import settled
from tui.app.app import FirstlineApp
from tui.compare.comparison_panes import ComparisonPanes
from tui.compare.screen import CompareScreen
from tui.shell.sharing import has_browser, shared
from tui.terminal.run_files import RunFiles


def kept(root: Path, *, report: bool = True) -> Path:
    scenario = load_text(SHOP)
    experiment = run(scenario, replications=3, workers=1)
    folder = begin(root, "shop", scenario, SHOP, 1, "test")
    folder = finish(folder, experiment, compare(experiment))
    if report:
        (folder / "report.html").write_text("<p>report</p>", encoding="utf-8")
    return folder


def test_the_picture_lies_by_the_report_and_the_words_name_both(tmp_path: Path) -> None:
    folder = kept(tmp_path)
    found = shared(RunFiles(folder), "<svg/>", show=False)
    assert found.picture.read_text(encoding="utf-8") == "<svg/>"
    assert found.picture.parent == folder
    assert str(found.report) in found.in_words()
    assert "browser" not in found.in_words(), "nothing was opened"


def test_a_report_is_opened_in_a_window_and_never_over_the_app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: bool(opened.append(url) or True))
    monkeypatch.setattr("tui.shell.sharing.has_browser", lambda: True)
    found = shared(RunFiles(kept(tmp_path)), "<svg/>", show=True)
    assert found.report is not None
    assert opened == [found.report.as_uri()]
    assert "open in the browser" in found.in_words()
    assert not has_browser({}, "linux"), "a browser in the terminal would take the app's place"
    assert has_browser({"DISPLAY": ":0"}, "linux")
    assert not has_browser({"SSH_CONNECTION": "there"}, "darwin")


async def test_y_on_a_comparison_copies_the_answer_and_says_where_the_report_is(
    app: FirstlineApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.shell.sharing.has_browser", lambda: False)
    folder = kept(tmp_path / "runs")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        app.show_run(folder)
        await settled(pilot)
        await settled(pilot)
        assert isinstance(app.screen, CompareScreen)
        await pilot.press("y")
        await settled(pilot)
        assert app.clipboard == app.screen.query_one(ComparisonPanes).sentence
        assert "Decide alone" in app.clipboard
        assert (folder / "screen.svg").read_text(encoding="utf-8").lstrip().startswith("<svg")
