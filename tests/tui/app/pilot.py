"""Steps that tests of the app have in common."""

from textual import events
from textual.pilot import Pilot

ASKING = "ask"
"""Group of the work that waits for an answer in a dialog: for that nobody waits here."""


async def settled(pilot: Pilot[None]) -> None:
    """Wait until work in the background has ended and what it found is on the screen."""
    await pilot.pause()
    while workers := [one for one in pilot.app.workers if one.group != ASKING]:
        await pilot.app.workers.wait_for_complete(workers)
        await pilot.pause()  # what is done may have begun something further
    await pilot.pause()


async def hammered(pilot: Pilot[None], *keys: str) -> None:
    """Press keys faster than the app can follow: all of them are there before it sees the first."""
    for key in keys:
        pilot.app.post_message(events.Key(key, _SIGNS.get(key, key if len(key) == 1 else None)))
    await pilot.pause()
    await pilot.pause()


_SIGNS = {"plus": "+", "minus": "-", "space": " ", "full_stop": "."}
