"""Sharing an answer: its sentence, a picture of the screen, the report in a browser."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from results.errors import writing
from tui.shell.scenario_file import at_home
from tui.terminal.run_files import RunFiles

PICTURE = "screen.svg"
"""What the picture of the screen is called in the run folder."""


@dataclass(frozen=True)
class Shared:
    """What was made of an answer to send on."""

    picture: Path
    report: Path | None
    """None where none could be written."""
    seen: bool
    """Whether the report was opened in a browser."""

    def in_words(self) -> str:
        """Where everything is, a line each."""
        lines = ["The sentence is copied.", f"Picture  {at_home(self.picture)}"]
        if self.report is not None:
            lines.append(f"Report   {at_home(self.report)}{', open in the browser' * self.seen}")
        return "\n".join(lines)


def shared(files: RunFiles, picture: str, *, show: bool) -> Shared:
    """Save the picture of a screen into a run folder, and open the report of the run.

    Args:
        files: of the run that was kept.
        picture: of the screen, as SVG.
        show: open the report, where there is a browser to open it in.

    Raises:
        ExperimentError: the picture cannot be written.
    """
    path = files.folder.resolve() / PICTURE
    with writing(path):
        path.write_text(picture, encoding="utf-8")
    report = files.report.resolve() if files.report is not None else None
    seen = show and report is not None and has_browser() and webbrowser.open(report.as_uri())
    return Shared(path, report, seen)


def has_browser(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a page can be opened in a window: one in this terminal would take the app's place."""
    if platform in ("win32", "darwin"):
        return "SSH_CONNECTION" not in environment
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
