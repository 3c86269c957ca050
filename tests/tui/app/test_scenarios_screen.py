"""Scenarios: choosing a centre, making your own, being told what is wrong with it."""

from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, Static, TextArea

from scenarios import load, path_of
from scenarios.templates import templates
from tests.support.command_line import SHOP, shop
from tests.tui.app.pilot import settled
from tui.app.app import FirstlineApp
from tui.parts.choice import ChoiceDialog
from tui.parts.dialogs import ErrorDialog, TextDialog, WordsDialog
from tui.parts.row_table import RowTable
from tui.scenarios.preview import ScenarioDay, ScenarioPreview
from tui.scenarios.question_list import QuestionList
from tui.scenarios.screen import ScenariosScreen

BROKEN = SHOP.replace("heads = 4", "heads = -4").replace("cost_per_hour = 24", "cost_per_huor = 24")


def table(app: FirstlineApp) -> RowTable:
    return app.screen.query_one(RowTable)


def words(app: FirstlineApp) -> str:
    return str(app.screen.query_one("#preview-words", Static).content)


def cells(app: FirstlineApp, key: str) -> list[str]:
    return [str(cell) for cell in table(app).get_row(key)]


async def test_shipped_and_own_scenarios_stand_in_one_table(
    app: FirstlineApp, tmp_path: Path
) -> None:
    own = shop(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    async with app.run_test() as pilot:
        await settled(pilot)
        assert cells(app, str(own)) == ["shop", "yours", ""]
        retail = cells(app, str(path_of("retail-complaints")))
        assert retail[:2] == ["retail-complaints", "shipped"]
        assert str(tmp_path / "pyproject.toml") not in table(app).rows, "not every TOML is one"


async def test_the_preview_tells_the_story_of_the_row_under_the_cursor(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        table(app).choose(str(path_of("outage")))
        await settled(pilot)
        assert words(app).startswith("Outage: one hour")
        assert app.screen.query_one("#preview-charts").display


async def test_a_preview_that_is_taken_down_paints_nothing(app: FirstlineApp) -> None:
    """The app is left while the row under the cursor is still being read."""
    async with app.run_test() as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, ScenariosScreen)
        entry = screen.chosen
        assert entry is not None
        beside, day = screen.query_one(ScenarioPreview), screen.query_one(ScenarioDay)
        await day.query_one("#preview-charts").remove_children()
        await beside.query_one("#preview-words").remove()
        day.show(entry)
        beside.show(entry)
        assert not day.query("DayPlot")


async def test_enter_opens_a_scenario_and_goes_to_what_if(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        table(app).choose(str(path_of("textbook")))
        await pilot.press("enter")
        await settled(pilot)
        assert app.opened is not None
        assert app.opened.name == "textbook"
        assert app.current_mode == "what_if"


async def test_a_broken_file_shows_its_problems_with_key_and_rule(
    app: FirstlineApp, tmp_path: Path
) -> None:
    broken = shop(tmp_path, text=BROKEN)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert cells(app, str(broken))[0] == "✗ shop"
        table(app).choose(str(broken))
        await settled(pilot)
        assert "2 problems" in words(app)
        assert "groups.front_line.heads = -4" in words(app)
        assert 'Did you mean "cost_per_hour"' in words(app)
        assert not app.screen.query_one("#preview-charts").display
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, WordsDialog)
        assert app.opened is not None
        assert app.opened.name == "retail-complaints", "a broken file is not opened"


async def test_a_file_that_is_no_toml_is_told_by_its_line(
    app: FirstlineApp, tmp_path: Path
) -> None:
    broken = shop(tmp_path, text=SHOP.replace('title = "Order enquiry"', "title = Order"))
    async with app.run_test() as pilot:
        await settled(pilot)
        table(app).choose(str(broken))
        await settled(pilot)
        assert "shop.toml:6" in words(app)


async def test_a_shipped_scenario_is_copied_into_a_file_of_ones_own(
    app: FirstlineApp, tmp_path: Path
) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        table(app).choose(str(path_of("textbook")))
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(app.screen, TextDialog)
        assert app.screen.query_one(Input).value == "textbook.toml"
        await pilot.press("enter")
        await settled(pilot)
        copy = tmp_path / "textbook.toml"
        assert copy.read_text(encoding="utf-8") == path_of("textbook").read_text(encoding="utf-8")
        assert table(app).chosen == str(copy)


async def test_a_copy_never_overwrites_a_file(app: FirstlineApp, tmp_path: Path) -> None:
    own = shop(tmp_path)
    async with app.run_test() as pilot:
        await settled(pilot)
        table(app).choose(str(own))
        await pilot.press("c")
        await pilot.pause()
        field = app.screen.query_one(Input)
        assert field.value == "shop-2.toml"
        field.value = "shop"
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, TextDialog)
        assert "is there already" in str(app.screen.query_one("#wrong", Static).content)
    assert own.read_text(encoding="utf-8") == SHOP


async def test_a_new_scenario_begins_with_a_template(app: FirstlineApp, tmp_path: Path) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, ChoiceDialog)
        assert app.screen.query_one(OptionList).option_count == len(templates())
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("enter")
        await settled(pilot)
        assert load(tmp_path / "my-centre.toml").title == "One queue"
        assert table(app).chosen == str(tmp_path / "my-centre.toml")


@pytest.mark.parametrize(("text", "said"), [(SHOP, "✓ No problem"), (BROKEN, "✗ 2 problems")])
async def test_a_check_says_what_is_wrong_or_that_nothing_is(
    app: FirstlineApp, tmp_path: Path, text: str, said: str
) -> None:
    own = shop(tmp_path, text=text)
    async with app.run_test() as pilot:
        await settled(pilot)
        table(app).choose(str(own))
        await pilot.press("k")
        await settled(pilot)
        assert isinstance(app.screen, WordsDialog)
        assert said in str(app.screen.query_one(".dialog-words Static", Static).content)
        assert bool(app.screen.query(TextArea)) == (text == BROKEN)


async def test_a_file_that_was_mended_is_read_again(app: FirstlineApp, tmp_path: Path) -> None:
    own = shop(tmp_path, text=BROKEN)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert cells(app, str(own))[0] == "✗ shop"
        shop(tmp_path)
        await pilot.press("r")
        await settled(pilot)
        assert cells(app, str(own))[0] == "shop"


async def test_files_opened_elsewhere_are_listed_again(
    app: FirstlineApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = shop(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    async with app.run_test() as pilot:
        await settled(pilot)
        assert str(own) not in table(app).rows
        app.open_scenario(own)
        await settled(pilot)
        await pilot.press("r")
        await settled(pilot)
        assert str(own) in table(app).rows


async def test_a_double_click_opens_as_enter_does(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        table(app).choose(str(path_of("bank-1999")))
        await pilot.pause()
        row = table(app).cursor_row
        await pilot.click(RowTable, offset=(4, 1 + row))
        await settled(pilot)
        assert app.opened is not None
        assert app.opened.name == "bank-1999"


async def test_a_file_broken_since_it_was_listed_tells_its_problems_and_stays_shut(
    app: FirstlineApp, tmp_path: Path
) -> None:
    own = shop(tmp_path)
    async with app.run_test() as pilot:
        await settled(pilot)
        before = app.opened
        own.write_text("[groups.a]\nheads = -1\n", encoding="utf-8")
        table(app).choose(str(own))
        await pilot.pause()
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, ErrorDialog)
        assert app.current_mode == "scenarios"
        assert app.opened is before, "as it was when it could be read"


async def test_home_and_end_go_to_the_first_and_the_last_row(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        table(app).focus()
        await pilot.press("end")
        assert table(app).cursor_row == table(app).row_count - 1
        await pilot.press("home")
        assert table(app).cursor_row == 0


async def test_an_empty_file_and_one_that_is_no_text_are_listed_with_their_problem(
    app: FirstlineApp, tmp_path: Path
) -> None:
    empty, odd = tmp_path / "empty.toml", tmp_path / "odd.toml"
    empty.write_text("\n", encoding="utf-8")
    odd.write_bytes(SHOP.encode("utf-16"))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert cells(app, str(empty))[0] == "✗ empty"
        assert cells(app, str(odd))[0] == "✗ odd"
        table(app).choose(str(odd))
        await settled(pilot)
        assert "UTF-8" in words(app)


async def test_the_keyboard_begins_at_the_questions_although_a_broken_file_stands_first(
    app: FirstlineApp, tmp_path: Path
) -> None:
    shop(tmp_path, text=BROKEN)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert isinstance(app.focused, QuestionList)
        assert app.focused.current is not None
