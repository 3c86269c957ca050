"""The app as a test uses it: settings in a folder of its own, nothing that moves by itself."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from tests.tui.app.fake_runner import FakeRunner
from tui.app.app import FirstlineApp
from tui.shell import pace
from tui.shell.settings import Settings


@pytest.fixture(autouse=True)
def _still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No cursor blinks, nothing glides or waits for a pause; scenarios and runs are the test's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pace, "PAUSE_S", 0.0)
    monkeypatch.setattr(pace, "GAP_S", 0.0)
    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")
    for field in (Input, TextArea):
        monkeypatch.setattr(field.cursor_blink, "_default", False)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return _settings(tmp_path)


@pytest.fixture
def runner() -> FakeRunner:
    return FakeRunner()


@pytest.fixture
def app(settings: Settings, runner: FakeRunner) -> FirstlineApp:
    return FirstlineApp(runner=runner, settings=settings)


@pytest.fixture
def new_app(tmp_path: Path, runner: FakeRunner) -> Callable[[], FirstlineApp]:
    """Another start of the app by the same user."""
    return lambda: FirstlineApp(runner=runner, settings=_settings(tmp_path))


def _settings(folder: Path) -> Settings:
    return Settings(folder / "config", folder / "state")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of the pictures of a screen a fast run draws the smallest dark one, `make test-all` all.

    Those of dialogs, whose words other tests read, are drawn by `make test-all` alone.
    """
    for item in items:
        if "snap_compare" in getattr(item, "fixturenames", ()):
            name = item.name
            dialog = name.split("[")[0] in _DIALOGS
            if dialog or not ("dark" in name and "80x24" in name):
                item.add_marker(pytest.mark.long)


_DIALOGS = (
    "test_the_meaning_of_a_measure",
    "test_an_error",
    "test_a_question",
    "test_a_name_is_asked_for",
    "test_a_template_is_chosen",
    "test_two_runs",
    "test_jumping",
)
