"""The app in a browser on the same machine."""

from __future__ import annotations

import asyncio
import copy
import logging
import shlex
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from aiohttp import WSCloseCode, web
from textual_serve.server import Server

from tui.browser_access import ANOTHER_PAGE, Access, is_own_page
from tui.command_line.console import say

HOST = "localhost"

A_PLACE_WITHIN_S = 5.0
"""A page that is loaded again comes before the app of its former self has ended."""

TOO_MANY = """\
{} of the app {} open, and more are not allowed here.

Close one of the pages and load this one again, or start the server with a
larger number: firstline serve --sessions {}
"""


class LocalServer(Server):
    """Serves the app to who has its address on this machine, and to its own page only.

    `token` opens the app; at most `sessions` pages have one each at a time.
    """

    def __init__(self, port: int, token: str, sessions: int) -> None:
        # The user's folder may hold one called "results": -P keeps it from being imported.
        command = shlex.join([sys.executable, "-P", "-m", "tui"])
        super().__init__(command, host=HOST, port=port, title="firstline")
        self.address = f"{self.public_url}/?token={token}"
        self._access = Access(token, port, self.templates_path / "app_index.html")
        self._sessions, self._free = sessions, asyncio.Semaphore(sessions)
        self._sockets: set[web.WebSocketResponse] = set()

    async def on_startup(self, app: web.Application) -> None:
        """Guard everything, and say where the app is."""
        app.middlewares.append(self._access.check)
        app.on_response_prepare.append(self._access.add_headers)
        app.on_response_prepare.append(self._remember)
        say(f"firstline is at {self.address}")
        say("Who has this address can use the app with your rights. Ctrl-C ends it.")

    async def on_shutdown(self, app: web.Application) -> None:  # noqa: ARG002 - its name is fixed
        """End the sessions; their pages say so."""
        for socket in list(self._sockets):
            with suppress(ConnectionError):
                await socket.close(code=WSCloseCode.GOING_AWAY)

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """Give the page, with addresses of the name that it was opened by."""
        asked = copy.copy(self)
        asked.public_url = f"http://{request.headers['Host']}"
        return await super(LocalServer, asked).handle_index(request)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Let a page of this server speak with an app of its own, while the page is open.

        Raises:
            HTTPForbidden: something else than the server's own page asks.
        """
        if not is_own_page(request):
            raise web.HTTPForbidden(text=ANOTHER_PAGE)
        async with self._a_place() as found:
            if found:
                return await super().handle_websocket(request)
        return await self._turn_away(request)

    def initialize_logging(self) -> None:
        """Write nothing but what a person asked for, and never an address with its token."""
        logging.getLogger("aiohttp.access").disabled = True

    @asynccontextmanager
    async def _a_place(self) -> AsyncIterator[bool]:
        try:
            async with asyncio.timeout(A_PLACE_WITHIN_S):
                await self._free.acquire()
        except TimeoutError:
            yield False
            return
        try:
            yield True
        finally:
            self._free.release()

    async def _turn_away(self, request: web.Request) -> web.WebSocketResponse:
        """Say in the page why there is no app, as long as the page is open."""
        socket = web.WebSocketResponse(heartbeat=15)
        await socket.prepare(request)
        most = self._sessions
        are_open = ("One session", "is") if most == 1 else (f"{most} sessions", "are")
        text = TOO_MANY.format(*are_open, most + 1)
        await socket.send_bytes(text.replace("\n", "\r\n").encode())
        async for _ in socket:
            pass
        return socket

    async def _remember(self, request: web.Request, response: web.StreamResponse) -> None:
        if isinstance(response, web.WebSocketResponse):
            self._sockets.add(response)
            assert request.task is not None
            request.task.add_done_callback(lambda _: self._sockets.discard(response))


def serve_app(port: int, token: str, sessions: int) -> None:
    """Serve until Ctrl-C.

    Raises:
        OSError: the port is taken.
    """
    LocalServer(port, token, sessions).serve()
