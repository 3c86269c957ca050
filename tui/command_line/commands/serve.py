"""firstline serve: the app in a browser on this machine."""

from __future__ import annotations

import errno
from typing import Annotated

import typer

EXAMPLES = """\b
Examples:
  firstline serve
  firstline serve --port 8001
  FIRSTLINE_TOKEN=$(cat ~/.firstline-token) firstline serve
"""


def serve(
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Port on this machine.")] = 8000,
    token: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            envvar="FIRSTLINE_TOKEN",
            help="Token in the address. Default: a new one at each start. Other users can read the "
            "option in the list of processes; the environment variable is safer.",
        ),
    ] = None,
    sessions: Annotated[
        int,
        typer.Option(
            min=1, metavar="N", help="Maximum number of pages that have the app open at a time."
        ),
    ] = 8,
) -> None:
    """Show the app in a browser, on this machine only.

    Open the address that it prints: without the token in it, no other user of the machine gets in.
    It needs the extra "browser"; where that is missing, the command says how to install it.
    """
    from tui.terminal.exits import ExitCode
    from tui.terminal.refusals import refuse

    try:
        from tui.command_line.browser import serve_app
        from tui.command_line.browser_access import checked_token, new_token
    except ImportError:
        from results.extras import how_to_install

        refuse(
            f"The app in a browser needs packages that are not installed. "
            f"{how_to_install('browser')}\n"
            "Without them, firstline opens the same app in this terminal.",
            ExitCode.FAILED,
        )
    try:
        secret = new_token() if token is None else checked_token(token)
    except ValueError as error:
        refuse(str(error), ExitCode.USAGE)
    try:
        serve_app(port, secret, sessions)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        words = f"Port {port} is in use. Choose another one: firstline serve --port {port + 1}"
        refuse(words, ExitCode.FAILED)
