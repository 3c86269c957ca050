"""firstline serve: the app in a browser on this machine."""

from __future__ import annotations

import errno
from typing import Annotated

import typer

EXAMPLES = """\b
Examples:
  firstline serve
  firstline serve --port 8001
"""

MISSING = """\
The browser needs a part that is not installed. Install it with:
  pip install "firstline[browser]"
Without it: firstline opens the same app in this terminal."""


def serve(
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Port on this machine.")] = 8000,
) -> None:
    """Show the app in a browser, on this machine only."""
    from tui.command_line.exits import ExitCode
    from tui.command_line.refusals import refuse

    try:
        from tui.browser import serve_app
    except ImportError:
        refuse(MISSING, ExitCode.FAILED)
    try:
        serve_app(port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        words = f"Port {port} is taken. Name another one: firstline serve --port {port + 1}"
        refuse(words, ExitCode.FAILED)
