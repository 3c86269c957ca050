"""Pictures of the live floor: three sizes, two themes, one frozen moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.app.canned_floor import CannedDriver
from tests.tui.app.pilot import settled
from tests.tui.app.test_floor import looked
from tui.app.app import FirstlineApp
from tui.floor import session

SIZES = [(80, 24), (120, 40), (200, 60)]


@pytest.mark.parametrize("following", [False, True], ids=["floor", "story"])
@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40", "200x60"])
def test_the_floor_looks_as_it_was_seen_to_be_good(
    snap_compare: Callable[..., Any],
    app: FirstlineApp,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    theme: str,
    following: bool,
) -> None:
    monkeypatch.setattr(session, "start", lambda *_given, **_more: CannedDriver())
    app.settings.last.screen = "floor"
    app.theme = f"firstline-{theme}"

    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await looked(pilot)
        if following:
            await pilot.press("f", *"412", "enter")
            await settled(pilot)
        await looked(pilot)

    assert snap_compare(app, terminal_size=size, run_before=before)
    assert app.return_code == 0, "no picture of an app that fell over"
