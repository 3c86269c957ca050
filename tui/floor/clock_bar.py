"""The clock: what time it is on the floor, and how fast it goes."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, isinf

from rich.cells import cell_len

from scenarios.parts.clock import DAY_S
from tui.floor.frames import Frame
from tui.floor.lines import Line, Lines, Tone
from tui.floor.names import Names, clock
from tui.parts.fitting import shortened


def speed_words(speed: float) -> str:
    """A speed: ``×60``, or as fast as it goes."""
    return "as fast as it goes" if isinf(speed) else f"×{speed:,.0f}"


class ClockBar(Lines):
    """Time, day, speed and policy, in one line."""

    DEFAULT_CSS = """
    ClockBar { height: 1; padding: 0 1; background: $panel; }
    """

    def show_frame(self, frame: Frame, names: Names, policy: str) -> None:
        """Show a frame's time and speed."""
        self.show(self._lines_of(frame, names, policy))

    def _lines_of(self, frame: Frame, names: Names, policy: str) -> Sequence[Line]:
        snapshot, now = frame.snapshot, frame.snapshot.now
        days = ceil(snapshot.horizon_s / DAY_S)
        wide = self.size.width >= 100
        at = min(now, snapshot.horizon_s - 1.0)  # midnight of the end is still the last day
        day = f" · day {int(at // DAY_S) + 1} of {days}" if days > 1 else ""
        doors: tuple[str, Tone] = ("open", "good") if snapshot.open else ("closed", "muted")
        line: Line = (
            (f"{names.day(at, long=wide)} ", "plain"),
            (clock(now), "bold"),
            (f"{day}  ", "muted"),
            *_going(frame, wide),
            ("  ", "plain"),
            doors,
            *self._changed(frame, wide),
        )
        used = sum(cell_len(text) for text, _ in line) + 2
        room = max(1, self.scrollable_content_region.width - used)
        return [(*line, (f"  {shortened(policy, room)}", "accent"))]

    def _changed(self, frame: Frame, wide: bool) -> Line:
        count = len(frame.changes)
        if not count:
            return ()
        return ((f"  + {count} of your changes" if wide else f" +{count}", "accent"),)


def _going(frame: Frame, wide: bool) -> Line:
    """Whether the clock runs, and how fast."""
    if frame.failed:
        return (("✗ stopped by an error", "bad"),)
    if frame.snapshot.finished:
        return (("■ the end", "warn"),)
    if frame.going_to is not None:
        return ((f"» to {clock(frame.going_to, seconds=False)}", "accent"),)
    if frame.paused:
        return (("‖ paused", "warn"), (f" ({speed_words(frame.speed)})", "muted"))
    words: Line = ((f"▶ {speed_words(frame.speed)}", "good"),)
    slow = isinf(frame.speed) or frame.pace < 0.8 * frame.speed
    if frame.pace > 1.0 and slow:
        words += ((f" (×{frame.pace:,.0f} now)" if wide else f" (×{frame.pace:,.0f})", "muted"),)
    return words
