"""Sharing an answer: its sentence, a picture, the report in a browser."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from results.errors import writing
from tui.shell.scenario_file import shown
from tui.terminal.run_files import RunFiles

PICTURE = "screen.svg"
"""What the picture of the screen is called in the run folder."""


@dataclass(frozen=True)
class Shared:
    """What was made of an answer to send on."""

    pictures: tuple[Path, ...]
    """The same picture in each of its forms."""
    report: Path | None
    """None where none could be written."""
    seen: bool
    """Whether the report was opened in a browser."""
    copied: str = "The sentence is copied."
    """What was copied, in a sentence."""

    def in_words(self) -> str:
        """Where everything is, a line each."""
        lines = [self.copied]
        if self.pictures:
            first, *others = self.pictures
            more = "".join(f" and {one.suffix}" for one in others)
            lines.append(f"Picture  {shown(first)}{more}")
        if self.report is not None:
            lines.append(f"Report   {shown(self.report)}{', open in the browser' * self.seen}")
        return "\n".join(lines)


def shared(
    files: RunFiles, pictures: Sequence[Path], *, show: bool, copied: str = Shared.copied
) -> Shared:
    """Say where picture and report are, and open the report of the run.

    Args:
        files: of the run that was kept.
        pictures: of the answer, in each form.
        show: open the report, where there is a browser to open it in.
        copied: what was copied, in a sentence.
    """
    report = files.report.resolve() if files.report is not None else None
    seen = show and report is not None and has_browser() and webbrowser.open(report.as_uri())
    return Shared(tuple(one.resolve() for one in pictures), report, seen, copied)


def screen_picture(files: RunFiles, picture: str) -> Path:
    """Save the picture of a screen into a run folder.

    Args:
        files: of the run.
        picture: of the screen, as SVG.

    Raises:
        ExperimentError: it cannot be written.
    """
    path = files.folder / PICTURE
    with writing(path, "picture"):
        path.write_text(picture, encoding="utf-8")
    return path


def has_browser(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a page can be opened in a window: one in this terminal would take the app's place."""
    if platform in ("win32", "darwin"):
        return "SSH_CONNECTION" not in environment
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
