"""Pictures of Scenarios, Runs, Help and the dialogs: what a person sees, at three sizes."""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.support.command_line import SHOP
from tests.support.stored_runs import stored
from tests.tui.app.pilot import settled
from tui.app.app import FirstlineApp
from tui.shell.settings import Settings
from tui.shell.themes import DARK, LIGHT

Compare = Callable[..., bool]
Steps = Callable[[Pilot[None]], Awaitable[None]]

SIZES = [(80, 24), (120, 40), (200, 60)]
SMALL = [(80, 24)]

STORY = """\
# Corner shop: may the agent who takes a complaint settle it?
#
# A morning in a small shop. Four people answer the telephone; who takes a complaint asks a
# supervisor before any money is given.
#
# What to look at
#   1. How long customers wait.
#   2. What the supervisor does all morning.

"""


@pytest.fixture(autouse=True)
def _canned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library, own files and runs that stay as they are."""
    library = tmp_path / "library"
    library.mkdir()
    shifts = (
        "[groups.front_line.shifts.early]\nstart = '09:00'\nend = '12:00'\nheads = 4\n"
        "[groups.front_line.shifts.late]\nstart = '10:30'\nend = '13:00'\nheads = 3\n"
    )
    text = STORY + SHOP.replace("heads = 4\n", "") + shifts
    for name in ("retail-complaints", "textbook"):
        (library / f"{name}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("scenarios.library._folder", lambda: library)
    broken = SHOP.replace("heads = 4", "heads = -4")
    (tmp_path / "my-shop.toml").write_text(broken, encoding="utf-8")
    for number, name in enumerate(("my-shop", "retail-complaints")):
        folder, _ = stored(tmp_path / "runs", seed=number + 1, name=name)
        _date(folder, f"2025-11-2{number + 1}T18:43:10+00:00", name)
    folder, _ = stored(tmp_path / "runs", name="broken")
    (_date(folder, "2025-11-20T18:43:10+00:00", "broken") / "manifest.json").write_text("{")


def _date(folder: Path, moment: str, name: str) -> Path:
    """Make a run folder one of that moment."""
    path = folder / "manifest.json"
    said = json.loads(path.read_text(encoding="utf-8")) | {"started": moment, "ended": moment}
    path.write_text(json.dumps(said), encoding="utf-8")
    stem = f"{datetime.fromisoformat(moment):%Y-%m-%d-%H%M%S}-{name}"
    return folder.rename(folder.with_name(stem))


@pytest.fixture(params=[DARK, LIGHT], ids=["dark", "light"])
def themed(app: FirstlineApp, request: pytest.FixtureRequest) -> FirstlineApp:
    app.theme = request.param
    return app


def sizes(chosen: list[tuple[int, int]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("size", chosen, ids=[f"{w}x{h}" for w, h in chosen])


def keys(*pressed: str) -> Steps:
    async def steps(pilot: Pilot[None]) -> None:
        await settled(pilot)
        for key in pressed:
            await pilot.press(key)
            await settled(pilot)
        assert pilot.app.return_code is None, "a picture of an app that failed shows nothing"

    return steps


@sizes(SIZES)
def test_scenarios(themed: FirstlineApp, size: tuple[int, int], snap_compare: Compare) -> None:
    assert snap_compare(themed, terminal_size=size, run_before=keys())


@sizes(SMALL)
def test_a_broken_scenario(
    themed: FirstlineApp, size: tuple[int, int], snap_compare: Compare
) -> None:
    assert snap_compare(themed, terminal_size=size, run_before=keys("home"))


@sizes(SIZES)
def test_runs(themed: FirstlineApp, size: tuple[int, int], snap_compare: Compare) -> None:
    assert snap_compare(themed, terminal_size=size, run_before=keys("5", "space"))


@sizes(SIZES)
def test_two_runs(themed: FirstlineApp, size: tuple[int, int], snap_compare: Compare) -> None:
    steps = keys("5", "space", "down", "b", "right")
    assert snap_compare(themed, terminal_size=size, run_before=steps)


@sizes(SIZES)
def test_help(themed: FirstlineApp, size: tuple[int, int], snap_compare: Compare) -> None:
    steps = keys("question_mark", "slash", *"speed of ans")
    assert snap_compare(themed, terminal_size=size, run_before=steps)


@sizes(SMALL)
def test_the_meaning_of_a_measure(
    themed: FirstlineApp, size: tuple[int, int], snap_compare: Compare
) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await settled(pilot)
        themed.show_measure("fcr_complaints")
        await settled(pilot)
        assert pilot.app.return_code is None

    assert snap_compare(themed, terminal_size=size, run_before=steps)


@sizes(SMALL)
def test_an_error(themed: FirstlineApp, size: tuple[int, int], snap_compare: Compare) -> None:
    steps = keys("left", "home", "enter")
    assert snap_compare(themed, terminal_size=size, run_before=steps)


@sizes(SMALL)
def test_a_question(themed: FirstlineApp, size: tuple[int, int], snap_compare: Compare) -> None:
    assert snap_compare(themed, terminal_size=size, run_before=keys("5", "d"))


@sizes(SMALL)
def test_a_name_is_asked_for(
    themed: FirstlineApp, size: tuple[int, int], snap_compare: Compare
) -> None:
    assert snap_compare(themed, terminal_size=size, run_before=keys("c"))


@sizes(SMALL)
def test_a_template_is_chosen(
    themed: FirstlineApp, size: tuple[int, int], snap_compare: Compare
) -> None:
    assert snap_compare(themed, terminal_size=size, run_before=keys("n"))


@sizes(SMALL)
def test_jumping(themed: FirstlineApp, size: tuple[int, int], snap_compare: Compare) -> None:
    assert snap_compare(themed, terminal_size=size, run_before=keys("ctrl+o"))


def test_without_colour(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, snap_compare: Compare, runner: object
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = FirstlineApp(runner=runner, settings=settings)  # type: ignore[arg-type]
    assert snap_compare(app, terminal_size=(80, 24), run_before=keys("5"))
