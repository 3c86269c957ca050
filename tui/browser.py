"""The app in a browser on the same machine."""

from __future__ import annotations

import asyncio
import shlex
import signal
import sys
from contextlib import suppress

from aiohttp import web
from textual_serve.server import Server

from tui.command_line.console import say

HOST = "localhost"

LEAVES_S = 10.0
"""How long an app may take to leave when the server ends; then it loses its server."""


class LocalServer(Server):
    """Serves the app to browsers on this machine, and to its own page only."""

    def __init__(self, port: int) -> None:
        # The user's folder may hold one called "results": -P keeps it from being imported.
        command = shlex.join([sys.executable, "-P", "-m", "tui"])
        super().__init__(command, host=HOST, port=port, title="firstline")
        self._pages: set[asyncio.Task[object]] = set()
        """What serves each open page."""

    async def on_startup(self, app: web.Application) -> None:  # noqa: ARG002 - its name is fixed
        """Say where the app is; a terminal that is closed ends it like Ctrl-C."""
        hang_up = getattr(signal, "SIGHUP", None)
        if hang_up is not None and signal.getsignal(hang_up) is not signal.SIG_IGN:
            with suppress(NotImplementedError):
                asyncio.get_running_loop().add_signal_handler(hang_up, self.request_exit)
        say(f"firstline is at {self.public_url}. Ctrl-C ends it.")

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Let a page of this server speak with the app.

        Any page that is open in a browser can reach localhost; the app writes and deletes files,
        so that a page of somebody else must not.
        """
        if request.headers.get("Origin") != self.public_url:
            raise web.HTTPForbidden(text=f"Open the app at {self.public_url}.")
        page = asyncio.current_task()
        assert page is not None
        self._pages.add(page)
        page.add_done_callback(self._pages.discard)
        return await super().handle_websocket(request)

    async def on_shutdown(self, app: web.Application) -> None:  # noqa: ARG002 - its name is fixed
        """Close the app in every open page; a server would wait a minute for people to leave."""
        pages = list(self._pages)
        for page in pages:
            page.cancel()
        if pages:
            await asyncio.wait(pages, timeout=LEAVES_S)

    def initialize_logging(self) -> None:
        """Write nothing but what a person asked for."""


def serve_app(port: int) -> None:
    """Serve until Ctrl-C.

    Raises:
        OSError: the port is taken.
    """
    LocalServer(port).serve()
