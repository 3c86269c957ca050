"""The way from the command line into the full-screen app."""

from __future__ import annotations

import os
import sys

from tui.terminal.exits import ExitCode
from tui.terminal.refusals import refuse

NOT_A_TERMINAL = """\
The app needs a terminal, but the input or output here is a pipe or a file.
Open a terminal and type: firstline
To work without the app: firstline --help, firstline compare retail-complaints
"""


def app_in_terminal() -> None:
    """Open the app, where there is a terminal to open it in."""
    in_browser = "TEXTUAL_DRIVER" in os.environ
    if not in_browser and not (sys.stdin.isatty() and sys.stdout.isatty()):
        # Escape codes in a file help nobody.
        refuse(NOT_A_TERMINAL.rstrip(), ExitCode.USAGE)
    from tui.app.app import run_app

    run_app()
