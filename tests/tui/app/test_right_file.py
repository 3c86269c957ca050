"""The right file: scenario files of one name in two folders are never taken for each other."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any, cast

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from results.runs import store
from scenarios import load, path_of
from tests.support.command_line import QUICK, SHOP, firstline
from tests.tui.app.fake_runner import FakeRunner
from tests.tui.app.pilot import settled
from tui.app.app import FirstlineApp
from tui.compare.screen import CompareScreen
from tui.parts.row_table import RowTable
from tui.shell import scenario_file
from tui.shell.settings import Settings
from tui.what_if.knob_list import KnobList
from tui.what_if.screen import WhatIfScreen
from tui.what_if.together import ALL_CUSTOMERS

NewApp = Callable[[], FirstlineApp]

LATE = '\n[policies.late]\nchanges = { "opening.hours" = "11:00-15:00" }\n'


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return _shop(tmp_path / "here")


@pytest.fixture
def there(tmp_path: Path) -> Path:
    return _shop(tmp_path / "there")


def _shop(folder: Path) -> Path:
    folder.mkdir()
    path = folder / "shop.toml"
    path.write_text(SHOP.replace("Corner shop", f"Shop {folder.name}") + LATE, encoding="utf-8")
    return path


async def opened_in(
    folder: Path, new_app: NewApp, monkeypatch: pytest.MonkeyPatch, path: Path | None = None
) -> Path:
    """Begin the app in a folder, open a file if one is named, leave; the file that was open."""
    monkeypatch.chdir(folder)
    app = new_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        if path is not None:
            app.open_scenario(path)
            await settled(pilot)
        assert app.opened is not None
        await pilot.press("ctrl+q")
    return app.opened.path


async def test_each_folder_comes_back_to_the_file_that_was_open_in_it(
    here: Path, there: Path, new_app: NewApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await opened_in(here.parent, new_app, monkeypatch, here) == here
    assert await opened_in(there.parent, new_app, monkeypatch, there) == there
    assert await opened_in(here.parent, new_app, monkeypatch) == here
    shipped = path_of("textbook").resolve()
    assert await opened_in(there.parent, new_app, monkeypatch, shipped) == shipped
    assert await opened_in(there.parent, new_app, monkeypatch) == shipped
    assert await opened_in(here.parent, new_app, monkeypatch) == here


async def test_the_file_of_a_folder_is_opened_and_not_the_last_one_of_another_folder(
    here: Path, there: Path, new_app: NewApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    await opened_in(here.parent, new_app, monkeypatch, here)
    assert await opened_in(there.parent, new_app, monkeypatch) == there
    (tmp_path / "empty").mkdir()
    first = await opened_in(tmp_path / "empty", new_app, monkeypatch)
    assert first == path_of("retail-complaints").resolve(), "no file of another folder"


def test_of_several_files_in_a_folder_the_one_changed_last_that_can_be_used_is_opened(
    here: Path,
) -> None:
    older, broken = here.parent / "older.toml", here.parent / "broken.toml"
    older.write_text(SHOP, encoding="utf-8")
    broken.write_text(SHOP.replace("heads = 4", "heads = -4"), encoding="utf-8")
    for number, path in enumerate((older, here, broken)):
        os.utime(path, (1_000_000 + number, 1_000_000 + number))
    found = scenario_file.newest(here.parent)
    assert found is not None
    assert found.path == here
    assert scenario_file.newest(here.parent.parent) is None


async def test_a_policy_is_saved_into_the_file_that_is_open(
    here: Path,
    there: Path,
    new_app: NewApp,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await opened_in(here.parent, new_app, monkeypatch, here)
    monkeypatch.chdir(there.parent)
    before, app = here.read_bytes(), new_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        await settled(pilot)
        await turned(pilot, "right")
        await pilot.press("s", *"mine", "enter")
        await settled(pilot)
        assert app.opened is not None
        assert app.opened.path == there
        screen = cast(WhatIfScreen, app.screen)
        assert screen.bench is not None
        assert not screen.bench.turned.nothing, "what is turned stays"
        (said,) = (one.message for one in app._notifications)
        assert said.startswith(f"mine is saved in {there}.")
    assert "mine" in load(there).policies
    assert here.read_bytes() == before


async def turned(pilot: Pilot[None], *presses: str) -> None:
    knobs = pilot.app.screen.query_one(KnobList)
    knobs.go_to(ALL_CUSTOMERS)
    knobs.focus()
    await pilot.press(*presses)
    await pilot.pause()


async def test_picked_policies_are_those_of_the_file_and_not_of_one_of_the_same_name(
    here: Path, there: Path, new_app: NewApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(here.parent)
    app = new_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        app.pick(["late"])
        app.open_scenario(there)
        await settled(pilot)
        assert app.policies == ()
        app.pick(["empowered"])
        await pilot.press("ctrl+q")
    assert new_app().settings.picked_of(here) == ["late"]
    assert new_app().settings.picked_of(there) == ["empowered"]


async def test_a_file_that_takes_longer_to_read_does_not_win_over_a_later_one(
    here: Path, there: Path, app: FirstlineApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, read = Event(), scenario_file.read

    def slow(path: Path) -> scenario_file.ScenarioFile:
        if path == here:
            go_on.wait(10.0)
        return read(path)

    async with app.run_test() as pilot:
        await settled(pilot)
        monkeypatch.setattr(scenario_file, "read", slow)
        app.open_scenario(here, then="what_if")
        app.open_scenario(there)
        await pilot.pause(0.2)
        go_on.set()
        await settled(pilot)
        assert app.opened is not None
        assert app.opened.path == there
        assert app.current_mode == "scenarios"


async def test_the_knobs_of_a_file_that_were_made_too_late_are_not_shown_for_another(
    here: Path, there: Path, app: FirstlineApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.what_if import screen as what_if

    go_on, one_day = Event(), what_if.one_day

    def slow(scenario: Any) -> Any:
        if scenario.title == "Shop here":
            go_on.wait(10.0)
        return one_day(scenario)

    monkeypatch.setattr(what_if, "one_day", slow)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        await settled(pilot)
        app.open_scenario(here)
        await pilot.pause(0.3)
        app.open_scenario(there)
        await pilot.pause(0.3)
        go_on.set()
        await settled(pilot)
        bench = cast(WhatIfScreen, app.screen).bench
        assert bench is not None
        assert bench.base.title == "Shop there"


async def test_after_a_past_run_the_policies_of_the_open_file_are_run(
    here: Path, app: FirstlineApp, runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(here.parent)
    asked = ("-n", "1", *QUICK, "--policies", "ask,late", "-f", "json")
    done = firstline("compare", "shop.toml", *asked)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.show_run(Path(done.json["folder"]))
        await settled(pilot)
        assert tuple(cast(CompareScreen, app.screen)._plan.faces) == ("ask", "late")
        await pilot.press("x")
        await settled(pilot)
        assert runner.last.request.policies == ("ask", "empowered", "late")
        assert runner.last.request.folder is not None
        assert store.read_manifest(runner.last.request.folder).file == str(here)


async def test_the_last_run_of_a_file_is_not_that_of_one_of_the_same_name(
    here: Path, there: Path, app: FirstlineApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(here.parent)
    firstline("run", there, "-n", "1", *QUICK)
    app.settings.remember(there, here.parent)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await settled(pilot)
        table = app.screen.query_one(RowTable)
        rows = {key: [str(cell) for cell in table.get_row(key)] for key in map(str, (here, there))}
        assert rows[str(here)][0] == "shop"
        assert rows[str(here)][-1] == ""
        assert rows[str(there)][0].startswith("shop in …")
        assert rows[str(there)][0].endswith("/there")
        assert rows[str(there)][-1] != ""


def test_a_run_says_which_file_it_was_and_a_shipped_one_only_its_name(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(here.parent)
    asked = ("-n", "1", *QUICK, "-f", "json")
    own = Path(firstline("run", "shop.toml", *asked).json["folder"])
    assert store.read_manifest(own).file == str(here)
    shipped = Path(firstline("run", "textbook", *asked, "--days", "1").json["folder"])
    assert store.read_manifest(shipped).file == ""


async def test_the_header_says_where_the_file_lies_and_never_cuts_its_name(
    here: Path, new_app: NewApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(here.parent)
    monkeypatch.setenv("HOME", str(tmp_path))
    for width in (80, 120):
        app = new_app()
        async with app.run_test(size=(width, 24)) as pilot:
            await settled(pilot)
            shown = str(app.screen.query_one("#header-opened", Static).content)
            assert shown == "~/here/shop.toml" if width == 120 else shown.endswith("shop.toml")


def test_a_link_to_a_file_is_that_file(here: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(here)
    settings = Settings(tmp_path / "config", tmp_path / "state")
    settings.remember(link, tmp_path)
    settings.remember(here, tmp_path)
    assert settings.last.recent == [str(here)]
    assert scenario_file.read(link).path == here


def test_what_was_remembered_by_an_earlier_version_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    old = {"screen": "compare", "opened": "/a/b.toml", "policies": ["x"], "recent": ["/a/b.toml"]}
    (tmp_path / "state" / "last.json").write_text(json.dumps(old), encoding="utf-8")
    last = Settings(tmp_path / "config", tmp_path / "state").last
    assert (last.screen, last.opened, last.recent) == ("compare", {}, ["/a/b.toml"])
