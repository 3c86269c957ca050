"""Finding by a manager's words: synonyms and help texts, over knobs, questions and policies."""

import pytest
from textual.widgets import Input

from scenarios import load
from tests.tui.app.fake_runner import FakeRunner
from tests.tui.app.pilot import settled
from tests.tui.app.test_what_if import at_the_bench
from tui.app.app import FirstlineApp
from tui.scenarios.questions import questions_of
from tui.what_if.bench import Bench
from tui.what_if.finding import likeness, told_words
from tui.what_if.knob_list import KnobList
from tui.what_if.screen import WhatIfScreen
from tui.what_if.together import ALL_CUSTOMERS

ROSTER = 'groups.front_line."*".heads'
AUTHORITY = "groups.front_line.authority"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("refund", AUTHORITY),
        ("headcount", ROSTER),
        ("how many agents", ROSTER),
        ("volume", ALL_CUSTOMERS),
        ("sickness front line", "groups.front_line.absence"),
        ("wages supervisors", "groups.supervisors.cost_per_hour"),
    ],
)
def test_a_managers_word_finds_the_knob_that_is_meant(text: str, key: str) -> None:
    sought = told_words(text)
    knobs = Bench.of(load("retail-complaints")).knobs
    found = [
        knob.key for knob in knobs if likeness(sought, f"{knob.section} {knob.title}", knob.note)
    ]
    assert key in found, found


def test_a_word_of_the_name_counts_more_than_one_that_means_it_or_one_of_the_help() -> None:
    sought = told_words("What limit may they have?")
    assert sought == ("limit", "they", "have")
    by_name = likeness(("limit",), "Limit of the queue")
    meant = likeness(("limit",), "May decide alone")
    helped = likeness(("limit",), "Patience", "a limit of nothing")
    assert by_name > meant > helped > likeness(("limit",), "Patience") == 0.0


def test_a_managers_word_finds_the_question() -> None:
    asked = questions_of(load("retail-complaints"))
    for text, words in (
        ("headcount", "How many agents for 80 % in 20 s?"),
        ("refund limit", "May agents decide up to €150 alone?"),
        ("growth", "What if 20 % more people get in touch?"),
    ):
        best = max(asked, key=lambda one: likeness(told_words(text), one.words))
        assert best.words == words, text


async def test_slash_puts_the_cursor_on_the_knob_that_a_word_means(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await at_the_bench(pilot, runner)
        await pilot.press("slash", *"headcount")
        await pilot.pause()
        knob = app.screen.query_one(KnobList).current
        assert knob is not None
        assert knob.key == ROSTER
        assert app.screen.query_one("#knob-find", Input).value == "headcount"


async def test_the_palette_begins_a_question_from_any_screen(app: FirstlineApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("ctrl+p")
        await settled(pilot)
        await pilot.press(*"headcount")
        await pilot.pause(0.5)
        await settled(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        await settled(pilot)
        assert isinstance(app.screen, WhatIfScreen)
        knob = app.screen.query_one(KnobList).current
        assert knob is not None
        assert knob.key == ROSTER
