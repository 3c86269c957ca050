"""What all screens share: going about, dialogs, the theme, leaving, what is remembered."""

import ast
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.widgets import Button, Input, OptionList, Static, TextArea
from textual.widgets._toast import Toast

import tui
from results.errors import ExperimentError
from scenarios import path_of
from tests.support.command_line import firstline
from tests.tui.app.pilot import settled
from tui.app.app import FirstlineApp
from tui.parts.choice import ChoiceDialog
from tui.parts.dialogs import ErrorDialog, TextDialog, YesNoDialog
from tui.shell import keys
from tui.shell.settings import Settings
from tui.shell.themes import DARK, LIGHT


async def test_the_first_start_opens_the_shipped_complaints_centre(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        assert app.opened is not None
        assert app.opened.name == "retail-complaints"
        assert app.opened.scenario is not None


async def test_every_number_key_goes_to_its_screen(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        for number, mode in enumerate(keys.MODES, start=1):
            await pilot.press(str(number))
            await settled(pilot)
            assert app.current_mode == mode


async def test_a_click_on_a_tab_goes_to_its_screen(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        (runs,) = (tab for tab in app.screen.query(".header-tab") if tab.target == "runs")  # type: ignore[attr-defined]
        await pilot.click(runs)
        await settled(pilot)
        assert app.current_mode == "runs"


async def test_the_app_comes_back_as_it_was_left(
    app: FirstlineApp, new_app: Callable[[], FirstlineApp]
) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        app.open_scenario(path_of("textbook"))
        await settled(pilot)
        app.pick(["two-more-agents"])
        await pilot.press("f2", "5")
        await settled(pilot)
        await pilot.press("ctrl+q")
    again = new_app()
    async with again.run_test() as pilot:
        await settled(pilot)
        assert again.opened is not None
        assert again.opened.name == "textbook"
        assert again.policies == ("two-more-agents",)
        assert again.current_mode == "runs"
    assert again.settings.choices.theme == "light"


async def test_a_last_file_that_is_gone_is_told_with_what_is_open_instead(
    app: FirstlineApp, tmp_path: Path
) -> None:
    app.settings.remember(Path("gone.toml"), Path())
    assert app.settings.last.recent == [str(tmp_path / "gone.toml")], "found from any folder"
    async with app.run_test() as pilot:
        await settled(pilot)
        assert isinstance(app.screen, ErrorDialog)
        words = str(app.screen.query_one(".dialog-words Static", Static).content)
        assert words == "gone.toml has a problem. retail-complaints is open instead."
        assert app.opened is not None
        assert app.opened.name == "retail-complaints"


async def test_the_theme_is_switched_and_remembered(
    app: FirstlineApp, new_app: Callable[[], FirstlineApp]
) -> None:
    async with app.run_test() as pilot:
        assert app.theme == DARK
        await pilot.press("f2")
        assert app.theme == LIGHT
    assert new_app().theme == LIGHT


async def test_quitting_while_nothing_runs_asks_nothing(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("ctrl+q")
        assert app._exit


async def test_quitting_while_something_runs_asks_once_and_stops_it(app: FirstlineApp) -> None:
    stopped = []
    async with app.run_test() as pilot:
        app.busy("a comparison", lambda: stopped.append("comparison"))
        await pilot.press("ctrl+q", "ctrl+q")
        assert isinstance(app.screen, YesNoDialog)
        assert len(app.screen_stack) == 2, "asked once"
        await pilot.press("n")
        assert not stopped
        await pilot.press("ctrl+q", "y")
        assert stopped == ["comparison"]
        assert app._exit


async def test_what_has_ended_is_not_asked_about(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        app.busy("a comparison", lambda: None)
        app.idle("a comparison")
        await pilot.press("ctrl+q")
        assert app._exit


async def test_an_error_is_words_with_the_detail_to_copy(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        await settled(pilot)
        app.show_error("No room", "The disk is full. Make room.", "errno 28")
        await pilot.pause()
        assert isinstance(app.screen, ErrorDialog)
        assert app.screen.query_one(TextArea).text == "errno 28"
        await pilot.click("#copy")
        assert app.clipboard == "No room\n\nThe disk is full. Make room.\n\nerrno 28"
        await pilot.press("escape")
        assert not isinstance(app.screen, ErrorDialog)


async def test_work_that_fails_in_the_background_is_told_and_the_app_goes_on(
    app: FirstlineApp,
) -> None:
    def fail() -> None:
        raise ExperimentError("Nothing to run.")

    async with app.run_test() as pilot:
        await settled(pilot)
        app.screen.run_worker(fail, thread=True, exit_on_error=False)
        await pilot.pause(0.1)
        await pilot.pause()
        assert isinstance(app.screen, ErrorDialog)
        assert app.return_code is None


async def test_a_name_is_asked_for_until_it_can_be_taken(app: FirstlineApp) -> None:
    answers: list[str | None] = []

    async def ask() -> None:
        taken = {"today"}
        check = lambda name: f"{name} is taken." if name in taken else ""  # noqa: E731
        answers.append(await app.ask_text("Name of the policy?", "today", check=check))

    async with app.run_test() as pilot:
        await settled(pilot)
        app.run_worker(ask)
        await pilot.pause()
        await pilot.press("enter")
        assert isinstance(app.screen, TextDialog), "a name that is taken is refused"
        app.screen.query_one(Input).value = "tomorrow"
        await pilot.press("enter")
        await settled(pilot)
    assert answers == ["tomorrow"]


async def test_yes_and_no_are_answered_by_key_and_by_mouse(app: FirstlineApp) -> None:
    answers: list[bool] = []

    async def ask() -> None:
        answers.append(await app.ask_yes("Delete it?"))

    async with app.run_test() as pilot:
        await settled(pilot)
        for key in ("y", "n", "escape"):
            app.run_worker(ask)
            await pilot.pause()
            await pilot.press(key)
            await settled(pilot)
        app.run_worker(ask)
        await pilot.pause()
        await pilot.click(app.screen.query_one("#yes", Button))
        await settled(pilot)
    assert answers == [True, False, False, True]


async def test_a_broken_scenario_shows_its_problems_and_what_was_open_stays(
    app: FirstlineApp, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[groups.a]\nheads = -1\n", encoding="utf-8")
    async with app.run_test() as pilot:
        await settled(pilot)
        app.open_scenario(broken)
        await settled(pilot)
        assert isinstance(app.screen, ErrorDialog)
        detail = app.screen.query_one(TextArea).text
        assert "groups.a.heads" in detail
        assert "reasons" in detail
        assert app.opened is not None
        assert app.opened.name == "retail-complaints"


def test_settings_that_cannot_be_read_are_as_if_never_written(tmp_path: Path) -> None:
    for folder, name in (("config", "settings.json"), ("state", "last.json")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text('{"theme": 3, "recent": [1]', encoding="utf-8")
    settings = Settings(tmp_path / "config", tmp_path / "state")
    assert settings.choices.theme == "dark"
    assert settings.last.recent == []


def test_without_a_terminal_there_are_words_instead_of_escape_codes() -> None:
    done = firstline()
    assert done.code == 2
    assert done.data == ""
    assert "needs a terminal" in done.words


@pytest.mark.parametrize("binding", keys.APP, ids=lambda one: one.id)
def test_every_key_of_the_app_has_an_id_and_says_what_it_does(binding: object) -> None:
    assert binding.id  # type: ignore[attr-defined]
    assert binding.tooltip  # type: ignore[attr-defined]


@pytest.mark.parametrize("mode", keys.MODES)
def test_every_key_of_a_screen_has_an_id_and_a_tooltip_and_six_are_shown(mode: str) -> None:
    screen = import_module(f"tui.{mode}.screen").SCREEN
    found = [*Binding.make_bindings(screen.__dict__.get("BINDINGS", []))]
    assert all(one.id and one.tooltip for one in found), [one.key for one in found if not one.id]
    assert len({one.id for one in found if one.show}) <= 6


async def test_brackets_in_names_of_the_users_own_are_shown_as_they_are(
    app: FirstlineApp, tmp_path: Path
) -> None:
    own = tmp_path / "shop [x].toml"
    text = path_of("retail-complaints").read_text(encoding="utf-8")
    text = text.replace("[policies.guided]", '[policies."ten[/x]"]')
    text = text.replace('title = "Let agents settle up to €25"', 'title = "ten[/x]"')
    own.write_text(text, encoding="utf-8")
    app.settings.remember(own, Path())
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        assert str(app.screen.query_one("#header-opened").render()).endswith("/shop [x].toml")
        for teller in (app, app.screen):
            teller.notify("ten[/x] is saved", timeout=60)
        await pilot.pause(0.3)
        toasts = [str(toast.render()) for toast in app.screen.query(Toast)]
        assert toasts == ["ten[/x] is saved"] * 2
        await pilot.press("2")
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        assert isinstance(app.screen, ChoiceDialog)
        prompts = [str(one.prompt) for one in app.screen.query_one(OptionList).options]
        assert any(prompt.startswith("ten[/x]") for prompt in prompts)
    assert app.return_code is None


def test_a_fault_with_brackets_in_its_words_is_told_as_well(
    app: FirstlineApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "_close_messages_no_wait", lambda: None)
    try:
        raise RuntimeError("no [/b] here")
    except RuntimeError:
        app._fatal_error()
    (told,) = app._exit_renderables
    assert "no [/b] here" in "".join(one.text for one in told.segments)


def test_no_work_in_the_background_ends_the_app_when_it_fails() -> None:
    """Textual's way is to end the app, unless each piece of work says otherwise."""
    begun = [
        ast.unparse(node)
        for file in Path(tui.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if _begins_work(node)
    ]
    assert len(begun) > 20, "it is looked for where it is"
    assert [words for words in begun if "exit_on_error=False" not in words] == []


def _begins_work(node: ast.AST) -> bool:
    """Whether it is a call of ``run_worker``, or a function marked as work by its decorator."""
    if isinstance(node, ast.Call):
        return ast.unparse(node.func).endswith("run_worker")
    marked = getattr(node, "decorator_list", [])
    return any(ast.unparse(mark).startswith("work") for mark in marked)


async def test_ctrl_c_says_how_to_leave_in_plain_words(app: FirstlineApp) -> None:
    async with app.run_test(notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+c")
        await pilot.pause(0.3)
        (toast,) = app.screen.query(Toast)
        assert "Press Ctrl+Q to leave the app." in str(toast.render())
        assert "[b]" not in str(toast.render())
