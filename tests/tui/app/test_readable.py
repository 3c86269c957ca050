"""What stands on the screen can be read: contrast in both themes, at every size, after resizing."""

from __future__ import annotations

import html
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.color import Color
from textual.pilot import Pilot
from textual.widgets import TabbedContent
from textual.widgets._footer import FooterKey
from textual.widgets._tabs import Tab

from results.reading.signs import signs_of
from tests.tui.app.canned_answers import told
from tests.tui.app.fake_runner import FakeRunner
from tests.tui.app.pilot import settled
from tests.tui.app.test_what_if import at_the_bench, until_run
from tui.app.app import FirstlineApp
from tui.parts.looks import READABLE, contrast, policy_colour
from tui.shell import keys
from tui.shell.header_strip import HeaderTab
from tui.shell.themes import DARK, LIGHT
from tui.what_if.knob_list import KnobList

Steps = Callable[[Pilot[Any], FakeRunner], Awaitable[None]]

PICTURES = Path(__file__).with_name("__snapshots__")
DIMMED = (
    "test_an_error",
    "test_a_question",
    "test_a_name_is_asked_for",
    "test_a_template_is_chosen",
    "test_the_meaning_of_a_measure",
    "test_jumping",
    "test_picture_of_a_value_that_is_refused",
)
"""Dialogs: what lies behind them is dim on purpose."""

_STYLE = re.compile(r"(r\d+) \{ fill: (#\w{6})")
_GROUND = re.compile(
    r'<rect fill="(#\w{6})" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"'
)
_TEXT = re.compile(r'<text class="[^"]*?(r\d+)" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>')
_LINE = 12.0
"""About half the height of a line in a picture."""


def texts(picture: str) -> Iterator[tuple[str, Color, Color]]:
    """Words of a picture with their colour and that of the ground on which they stand."""
    colours = dict(_STYLE.findall(picture))
    grounds = [(Color.parse(one[0]), *map(float, one[1:])) for one in _GROUND.findall(picture)]
    for style, left, low, escaped in _TEXT.findall(picture):
        words = html.unescape(escaped).replace("\N{NO-BREAK SPACE}", " ").strip()
        x, y = float(left) + 1.0, float(low) - _LINE / 2
        under = [
            ground
            for ground, at, top, wide, high in grounds
            if at <= x < at + wide and top <= y < top + high
        ]
        if re.search(r"\w", words) and style in colours:
            yield words, Color.parse(colours[style]), under[-1] if under else Color(0, 0, 0)


def pictures() -> list[Path]:
    found = [one for one in sorted(PICTURES.glob("*/*.svg")) if not one.stem.startswith(DIMMED)]
    assert len(found) > 50
    return found


def test_all_words_of_every_picture_stand_out_from_their_ground_in_both_themes() -> None:
    faint = {
        f"{picture.stem}: {words!r} {letters.hex} on {ground.hex}"
        for picture in pictures()
        for words, letters, ground in texts(picture.read_text(encoding="utf-8"))
        if contrast(letters, ground) < READABLE - 0.05  # colours of a picture are rounded
    }
    assert not faint, "\n".join(sorted(faint)[:40])


def test_a_faint_word_in_a_picture_would_be_found() -> None:
    picture = (
        ".terminal-r1 { fill: #777777 }"
        '<rect fill="#888888" x="0" y="0" width="99" height="24"/>'
        '<text class="terminal-r1" x="0" y="20" textLength="9">faint</text>'
    )
    ((words, letters, ground),) = texts(picture)
    assert words == "faint"
    assert contrast(letters, ground) < 1.5
    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21.0)


@pytest.mark.parametrize("theme", [DARK, LIGHT])
async def test_the_colours_of_twelve_policies_are_read_on_every_ground(
    app: FirstlineApp, theme: str
) -> None:
    async with app.run_test() as pilot:
        app.theme = theme
        await pilot.pause()
        colours = app.theme_variables
        for sign in signs_of([str(number) for number in range(12)]).values():
            letters = Color.parse(policy_colour(app.screen, sign))
            for ground in ("panel", "surface", "background"):
                assert contrast(letters, Color.parse(colours[ground])) >= READABLE, (sign, ground)


# -- nothing is cut off ------------------------------------------------------------------------


@pytest.mark.parametrize("mode", keys.MODES)
async def test_keys_and_tabs_are_seen_whole_on_80_columns(app: FirstlineApp, mode: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go(mode)
        await settled(pilot)
        screen = app.screen
        shown = [*screen.query(FooterKey), *screen.query(HeaderTab), *screen.query(Tab)]
        cut = [one for one in shown if one.display and not _whole(one)]
        assert not cut, [str(getattr(one, "label", one)) for one in cut]


def _whole(widget: FooterKey | HeaderTab | Tab) -> bool:
    placed = widget.screen.find_widget(widget)
    return placed.region == placed.visible_region


async def shown(pilot: Pilot[Any], selector: str) -> list[str]:
    """What stands in a part of the screen, line by line."""
    await settled(pilot)
    await settled(pilot)
    place = pilot.app.screen.query_one(selector).region
    strips = pilot.app.screen._compositor.render_strips()
    lines = [strip.crop(place.x, place.right).text for strip in strips]
    return [line.rstrip() for line in lines[place.y : place.bottom]]


async def _what_if(pilot: Pilot[Any], runner: FakeRunner) -> None:
    await at_the_bench(pilot, runner)
    pilot.app.screen.query_one(KnobList).go_to("groups.front_line.authority")
    await pilot.press("enter", "down", "down", "enter")
    job = await until_run(pilot, runner, 2)
    job.tell(told(job.request, 20, "done"))


async def _compare(pilot: Pilot[Any], runner: FakeRunner) -> None:
    await settled(pilot)
    await pilot.press("3", "x")
    await settled(pilot)
    runner.last.tell(told(runner.last.request, 6))


@pytest.mark.parametrize("steps", [_what_if, _compare], ids=["what-if", "compare"])
async def test_after_resizing_an_answer_looks_as_if_it_had_been_there_at_that_size(
    new_app: Callable[[], FirstlineApp],
    runner: FakeRunner,
    steps: Steps,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.compare.screen.begun", lambda root, name, *_: root / name)
    found = []
    for first in ((120, 40), (80, 24)):
        app = new_app()
        async with app.run_test(size=first) as pilot:
            await steps(pilot, runner)
            await settled(pilot)
            await pilot.resize_terminal(200, 60)
            await settled(pilot)
            await pilot.resize_terminal(120, 40)
            found.append(await shown(pilot, "#answer, #compare-panes"))
        runner.jobs.clear()
    assert found[0] == found[1]
    holes = "".join("x" if line.strip(" │") else " " for line in found[0]).split("x")
    assert max(map(len, holes)) < 4, "nothing higher has left its place empty"


async def test_a_comparison_takes_the_colours_of_a_theme_that_is_chosen_later(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await _compare(pilot, runner)
        await settled(pilot)
        await pilot.press("f2")
        await settled(pilot)
        await settled(pilot)
        picture = app.export_screenshot()
        faint = [
            words
            for words, letters, ground in texts(picture)
            if contrast(letters, ground) < READABLE - 0.05
        ]
        assert not faint


async def test_every_policy_is_named_above_how_complaints_end_on_80_columns(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await _compare(pilot, runner)
        await settled(pilot)
        app.screen.query_one(TabbedContent).active = "pane-endings"
        said = "\n".join(await shown(pilot, "#compare-panes"))
        assert app.opened is not None
        assert app.opened.scenario is not None
        for policy in app.opened.scenario.policies.values():
            assert policy.title in said
