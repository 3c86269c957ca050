"""Pictures of the way from records to a scenario: columns, report, backtest."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.support.exports import odd_export
from tests.tui.app.pilot import settled
from tui.app.app import FirstlineApp
from tui.records.screen import RecordsScreen
from tui.records.session import Session
from tui.records.work import Processes, Task
from tui.shell.themes import DARK, LIGHT

Compare = Callable[..., bool]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """A session that has come as far as a backtest, on records with odd names of columns."""
    folder = tmp_path_factory.mktemp("records")
    work, found = Task(None, lambda _what, _share: None), Session(folder)
    found.toggle(odd_export(folder, "export.csv"))
    found.look(work)
    found.take_as("Came In", "arrived")
    found.take_as("Line Joined", "queued")
    found.look(work)
    found.read(work)
    found.fit(work)
    found.backtest(work, 8)
    return found


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("step", ["columns", "report", "backtest"])
def test_records(
    app: FirstlineApp,
    session: Session,
    snap_compare: Compare,
    step: str,
    size: tuple[int, int],
    theme: str,
) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await settled(pilot)
        screen = RecordsScreen(session, Processes(0))
        await pilot.app.push_screen(screen)
        await settled(pilot)
        screen._go(step)
        await settled(pilot)
        assert pilot.app.return_code is None

    app.theme = theme
    assert snap_compare(app, terminal_size=size, run_before=steps)


def test_nothing_is_written_by_looking(session: Session) -> None:
    assert [path.name for path in Path(session.folder).iterdir()] == ["export.csv"]
