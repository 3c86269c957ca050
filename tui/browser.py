"""The app in a browser on the same machine."""

from __future__ import annotations

import shlex
import sys

from aiohttp import web
from textual_serve.server import Server

from tui.command_line.console import say

HOST = "localhost"


class LocalServer(Server):
    """Serves the app to browsers on this machine, and to its own page only."""

    def __init__(self, port: int) -> None:
        # The user's folder may hold one called "results": -P keeps it from being imported.
        command = shlex.join([sys.executable, "-P", "-m", "tui"])
        super().__init__(command, host=HOST, port=port, title="firstline")

    async def on_startup(self, app: web.Application) -> None:  # noqa: ARG002 - its name is fixed
        """Say where the app is."""
        say(f"firstline is at {self.public_url}. Ctrl-C ends it.")

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Let a page of this server speak with the app.

        Any page that is open in a browser can reach localhost; the app writes and deletes files,
        so that a page of somebody else must not.
        """
        if request.headers.get("Origin") != self.public_url:
            raise web.HTTPForbidden(text=f"Open the app at {self.public_url}.")
        return await super().handle_websocket(request)

    def initialize_logging(self) -> None:
        """Write nothing but what a person asked for."""


def serve_app(port: int) -> None:
    """Serve until Ctrl-C.

    Raises:
        OSError: the port is taken.
    """
    LocalServer(port).serve()
