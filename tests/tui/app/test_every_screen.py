"""On every screen, at four sizes: nothing that matters is cut or said by colour alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.text import Text
from textual.color import Color
from textual.filter import LineFilter
from textual.scroll_view import ScrollView
from textual.widget import Widget
from textual.widgets import DataTable, Static

from tests.tui.app.every_screen import SCREENS, prepared
from tests.tui.app.fake_runner import FakeRunner
from tests.tui.app.pilot import settled
from tests.tui.app.test_readable import texts
from tui.app.app import FirstlineApp
from tui.floor.lines import Lines
from tui.parts.line_list import LineList
from tui.parts.looks import READABLE, contrast
from tui.parts.sheet import Sheet
from tui.shell.settings import Settings
from tui.shell.themes import THEMES

SIZES = [(80, 24), (100, 30), (120, 40), (200, 50)]
MEANING = {
    theme.to_color_system().generate()[name]: name
    for theme in THEMES
    for name in ("success", "warning", "error")
}
"""Colours that say better, worse or wrong, and which they are."""
SIGN = re.compile(r"[✓✗!▲▼≠●■▶○‖◆◇┊►…]|better|worse|differs|paused|open|closed|free|hold")
"""What says so without colour."""

Line = tuple[tuple[str, str], ...]
"""A line of a widget: pieces of text and the meaning of their colour, empty for none."""


class Recorder(LineFilter):
    """Remembers each line before its colours are taken away."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: set[Line] = set()

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        pieces = []
        for text, style, _ in segments:
            colour = style.color if style else None
            hexed = Color.from_rich_color(colour).hex if colour and not colour.is_default else ""
            pieces.append((text, MEANING.get(hexed, "")))
        self.lines.add(tuple(pieces))
        return segments


def by_colour_alone(lines: set[Line]) -> Iterator[str]:
    """Pieces whose colour means something that neither a sign nor a word beside it says."""
    for line in lines:
        said = "".join(text for text, _ in line)
        for at, (text, meaning) in enumerate(line):
            near = "".join(one for one, same in line[max(0, at - 2) : at + 4] if same)
            if meaning and re.search(r"\w", text) and not SIGN.search(near):
                yield f"{meaning}: {text.strip()!r} in {said.strip()!r}"


# -- what is cut -------------------------------------------------------------------------------


def cut(screen: Any) -> Iterator[str]:
    """Texts of a screen that are cut off, without an ellipsis and with no way to scroll there."""
    for widget in screen.walk_children(Widget):
        if not widget.display or not widget.region or not _is_shown(widget):
            continue
        for what in (*_beyond_its_frame(widget), *_within(widget)):
            yield f"{widget!r}: {what}"


def _is_shown(widget: Widget) -> bool:
    return all(one.display for one in widget.ancestors_with_self if isinstance(one, Widget))


def _scrolls(widget: Widget) -> bool:
    """Whether somebody can scroll to what of a widget lies outside."""
    return any(
        isinstance(one, Widget) and one.allow_vertical_scroll for one in widget.ancestors_with_self
    )


def _beyond_its_frame(widget: Widget) -> Iterator[str]:
    if list(widget.children) or _scrolls(widget):
        return
    placed = widget.screen.find_widget(widget)
    if placed.region != placed.region.intersection(placed.clip):
        yield f"{placed.region} reaches out of {placed.clip}"


def _within(widget: Widget) -> Iterator[str]:
    width, height = widget.scrollable_content_region.size
    if isinstance(widget, DataTable):
        wide = sum(one.get_render_width(widget) for one in widget.ordered_columns)
        if wide > width and not widget.allow_horizontal_scroll:
            yield f"columns of {wide} in {width}"
    elif isinstance(widget, LineList):
        rows = widget.rows_of(width)
        lines = (widget.line(at, width).split("\n") for at in range(widget.count()))
        yield from (f"{line} has more than {rows} rows" for line in lines if len(line) > rows)
    elif isinstance(widget, Lines):
        yield from _on_a_board(widget, width, height)
    elif not isinstance(widget, ScrollView) and not list(widget.children):
        yield from _rendered(widget, width, height)


def _on_a_board(board: Lines, width: int, height: int) -> Iterator[str]:
    lines = board.text.splitlines()
    for at, line in enumerate(lines[:height]):
        if cell_len(line.rstrip()) > width and "…" not in board.render_line(at).text[-2:]:
            yield f"{line!r} in {width}"
    if len(lines) > height and not board.SCROLLS:
        yield f"{len(lines)} lines in {height}: {lines[height:]}"


def _rendered(widget: Widget, width: int, height: int) -> Iterator[str]:
    found = widget.render()
    if isinstance(found, Text):
        for line in found.split("\n"):
            wide = cell_len(line.plain.rstrip())
            if found.no_wrap and wide > width and found.overflow != "ellipsis":
                yield f"{line.plain!r} in {width}"
    if isinstance(widget, Static) and not _scrolls(widget):
        needs = widget.get_content_height(widget.size, widget.screen.size, width)
        if needs > height:
            yield f"{needs} rows in {height}: {str(widget.content)[:200]!r}"


# -- the proof ---------------------------------------------------------------------------------


def _marked(name: str) -> Any:
    """The main screens in every run, the others in those that take their time."""
    marks = () if name in ("ask", "floor") else (pytest.mark.long,)
    return pytest.param(name, marks=marks)


@pytest.mark.parametrize("name", [_marked(name) for name in SCREENS])
async def test_every_screen_is_whole_and_clear_without_colour_at_four_sizes(
    name: str,
    settings: Settings,
    runner: FakeRunner,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    prepared(monkeypatch, tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    lost: list[str] = []
    put = Sheet.put

    def watched(self: Sheet, row: int, column: int, text: str, look: Any = "") -> None:
        outside = column < 0 or column + cell_len(text.rstrip()) > self.width
        if re.search(r"\w", text) and (outside or not 0 <= row < self.height):
            lost.append(f"{text!r} at {row}, {column} of {self.height} rows, {self.width} columns")
        put(self, row, column, text, look)

    monkeypatch.setattr(Sheet, "put", watched)
    app = FirstlineApp(runner=runner, settings=settings)
    recorder, filters = Recorder(), app.get_line_filters
    monkeypatch.setattr(app, "get_line_filters", lambda: [recorder, *filters()])
    problems: list[str] = []
    async with app.run_test(size=SIZES[0]) as pilot:
        await SCREENS[name](pilot, runner)
        for size in SIZES:
            recorder.lines.clear()
            lost.clear()
            await pilot.resize_terminal(*size)
            await settled(pilot)
            await settled(pilot)
            at = f"{size[0]}x{size[1]}"
            problems += [f"{at} cut: {one}" for one in (*cut(app.screen), *lost)]
            problems += [f"{at} colour: {one}" for one in by_colour_alone(recorder.lines)]
            if app.screen.styles.background.a < 1.0:
                continue  # what lies behind a dialog is dim on purpose
            problems += [
                f"{at} faint: {words!r} {letters.hex} on {ground.hex}"
                for words, letters, ground in texts(app.export_screenshot())
                if contrast(letters, ground) < READABLE - 0.05
            ]
        assert app.return_code is None, "it has not fallen over"
    assert not problems, "\n".join(dict.fromkeys(problems))
