"""Help, the command palette and jumping: nobody needs a manual."""

from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.screen import ModalScreen
from textual.widgets import DataTable, Input, Static, TabbedContent
from textual.widgets._footer import FooterKey

from results.measures.registry import MEASURES
from scenarios import assumptions, path_of
from tests.support.command_line import shop
from tests.tui.app.pilot import settled
from tui.app.app import FirstlineApp
from tui.app.help import HelpScreen
from tui.app.help_texts import key_helps
from tui.shell import keys
from tui.shell.jump import JumpScreen
from tui.shell.measure_help import MeasureFacts, MeasureHelp


def details_offered(app: FirstlineApp) -> bool:
    return any(one.description == "Details" for one in app.screen.query(FooterKey))


async def test_help_lists_every_key_of_the_app_and_of_every_screen(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        helps = key_helps(app.screen)
        for binding in keys.APP:
            (one,) = (one for one in helps if one.tooltip == binding.tooltip)
            assert one.screen == "everywhere"
            assert one.description == binding.description


async def test_every_key_in_the_help_says_what_it_does(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        for mode in keys.MODES:
            app.go(mode)
            await settled(pilot)
            for one in key_helps(app.screen):
                assert one.tooltip, one
                assert one.description[:1].isupper(), one


async def test_help_has_every_measure_and_every_assumption(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("question_mark")
        await settled(pilot)
        assert not details_offered(app), "a key has no more to tell"
        table = app.screen.query_one("#help-table-measures", DataTable)
        app.screen.query_one(TabbedContent).active = "help-measures"
        await settled(pilot)
        assert details_offered(app)
        assert table.row_count == len(MEASURES)
        assert app.opened is not None
        assert app.opened.scenario is not None
        table = app.screen.query_one("#help-table-assumptions", DataTable)
        assert table.row_count == len(assumptions(app.opened.scenario))


@pytest.mark.parametrize("name", ["shop", "textbook", "bank-1999"])
async def test_help_opens_whatever_a_scenario_leaves_out(
    app: FirstlineApp, tmp_path: Path, name: str
) -> None:
    own = shop(tmp_path)
    async with app.run_test() as pilot:
        await settled(pilot)
        app.open_scenario(own if name == "shop" else path_of(name))
        await settled(pilot)
        await pilot.press("question_mark")
        await settled(pilot)
        assert app.screen.query_one("#help-table-assumptions", DataTable).row_count > 0


async def test_help_finds_rows_by_words(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("question_mark")
        await settled(pilot)
        await pilot.press("slash")
        app.screen.query_one(Input).value = "speed answer"
        await settled(pilot)
        table = app.screen.query_one("#help-table-measures", DataTable)
        assert 0 < table.row_count < 5
        assert str(table.get_row_at(0)[0]) == MEASURES["asa"].title


async def test_the_equation_of_a_measure_is_one_key_away(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        app.show_measure("fcr_complaints")
        await settled(pilot)
        assert isinstance(app.screen, MeasureHelp)
        texts = [str(one.content) for one in app.screen.query_one(MeasureFacts).query(Static)]
        assert MEASURES["fcr_complaints"].equation in texts
        assert MEASURES["fcr_complaints"].source in texts
        await pilot.press("escape")
        assert not isinstance(app.screen, ModalScreen)


async def test_a_row_of_the_measures_opens_its_equation(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("question_mark")
        await settled(pilot)
        app.screen.query_one("#help-table-measures").focus()
        await settled(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert isinstance(app.screen, MeasureHelp)


async def test_help_closes_to_where_it_was_asked_for(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("5", "question_mark")
        await settled(pilot)
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await settled(pilot)
        assert app.current_mode == "runs"
        assert not isinstance(app.screen, HelpScreen)


async def test_the_palette_does_what_a_key_does(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, CommandPalette)
        await pilot.press(*"floor")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await settled(pilot)
        assert app.current_mode == "floor"


async def test_the_palette_knows_every_measure(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p")
        await pilot.press(*"speed of ans")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, MeasureHelp)


async def test_jumping_goes_to_the_widget_whose_letter_is_pressed(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("question_mark")
        await settled(pilot)
        help_screen = app.screen
        assert isinstance(help_screen.focused, DataTable)
        await pilot.press("ctrl+o")
        assert isinstance(app.screen, JumpScreen)
        await pilot.press("a")
        await settled(pilot)
        assert app.screen is help_screen
        assert help_screen.focused is help_screen.query_one(Input)


async def test_jumping_can_be_left_alone(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        before = app.screen.focused
        await pilot.press("ctrl+o", "escape")
        await settled(pilot)
        assert app.screen.focused is before
