"""Steps that tests of the app have in common."""

from textual.pilot import Pilot


async def settled(pilot: Pilot[None]) -> None:
    """Wait until work in the background has ended and what it found is on the screen."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
