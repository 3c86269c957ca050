"""The app in a browser on the same machine."""

from __future__ import annotations

import asyncio
import copy
import logging
import re
import shlex
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from aiohttp import WSCloseCode, web
from textual_serve.server import Server

from tui.command_line.browser_access import ANOTHER_PAGE, Access, is_own_page
from tui.terminal.console import say

HOST = "localhost"

LEAVES_S = 10.0
"""How long an app may take to leave when the server ends; then it loses its server."""
A_PLACE_WITHIN_S = 5.0
"""A page that is loaded again comes before the app of its former self has ended."""

_FONT_FROM_ELSEWHERE = re.compile(r'<link[^>]*"https://fonts\.googleapis\.com[^>]*>')
OWN_FONT = """\
<style>
  @font-face {
    font-family: "Roboto Mono";
    src: url("/static/fonts/RobotoMono-VariableFont_wght.ttf");
  }
</style>"""
"""The same letters from the server itself: nobody elsewhere learns that the app is open."""

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
        self.host = _own_addresses()  # type: ignore[assignment] # aiohttp takes several as well
        self._access = Access(token, port, self.templates_path / "app_index.html")
        self._sessions, self._free = sessions, asyncio.Semaphore(sessions)
        self._sockets: set[web.WebSocketResponse] = set()
        self._pages: set[asyncio.Task[object]] = set()
        """What serves each open page."""

    async def on_startup(self, app: web.Application) -> None:
        """Guard everything, and say where the app is; a closed terminal ends it like Ctrl-C."""
        hang_up = getattr(signal, "SIGHUP", None)
        if hang_up is not None and signal.getsignal(hang_up) is not signal.SIG_IGN:
            with suppress(NotImplementedError):
                asyncio.get_running_loop().add_signal_handler(hang_up, self.request_exit)
        app.middlewares.append(self._access.check)
        app.on_response_prepare.append(self._access.add_headers)
        app.on_response_prepare.append(self._remember)
        say(f"firstline is at {self.address}")
        say("Anyone who has this address can use the app with your rights. Stop it with Ctrl-C.")

    async def on_shutdown(self, app: web.Application) -> None:  # noqa: ARG002 - its name is fixed
        """End the sessions; their pages say so, and the apps leave before the server does."""
        for page in list(self._sockets):
            with suppress(ConnectionError):
                await page.close(code=WSCloseCode.GOING_AWAY)
        if self._pages:
            _, staying = await asyncio.wait(self._pages, timeout=LEAVES_S)
            for serving in staying:
                serving.cancel()

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """Give the page, with addresses of the name that it was opened by."""
        asked = copy.copy(self)
        asked.public_url = f"http://{request.headers['Host']}"
        page = await super(LocalServer, asked).handle_index(request)
        assert isinstance(page, web.Response)
        page.text = _FONT_FROM_ELSEWHERE.sub(OWN_FONT, page.text or "")
        return page

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Let a page of this server speak with an app of its own, while the page is open.

        Raises:
            HTTPForbidden: something else than the server's own page asks.
        """
        if not is_own_page(request):
            raise web.HTTPForbidden(text=ANOTHER_PAGE)
        serving = asyncio.current_task()
        assert serving is not None
        self._pages.add(serving)
        serving.add_done_callback(self._pages.discard)
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
        page = web.WebSocketResponse(heartbeat=15)
        await page.prepare(request)
        most = self._sessions
        are_open = ("One session", "is") if most == 1 else (f"{most} sessions", "are")
        text = TOO_MANY.format(*are_open, most + 1)
        await page.send_bytes(text.replace("\n", "\r\n").encode())
        async for _ in page:
            pass
        return page

    async def _remember(self, request: web.Request, response: web.StreamResponse) -> None:
        if isinstance(response, web.WebSocketResponse):
            self._sockets.add(response)
            assert request.task is not None
            request.task.add_done_callback(lambda _: self._sockets.discard(response))


def _own_addresses() -> list[str]:
    """Both addresses that browsers look for under localhost, where this machine has both.

    If one were left free, another user could answer there and be sent the token.
    """
    if not socket.has_ipv6:
        return ["127.0.0.1"]
    with socket.socket(socket.AF_INET6) as tried:
        try:
            tried.bind(("::1", 0))
        except OSError:
            return ["127.0.0.1"]
    return ["127.0.0.1", "::1"]


def serve_app(port: int, token: str, sessions: int) -> None:
    """Serve until Ctrl-C.

    Raises:
        OSError: the port is taken.
    """
    # The server shows its address before it listens: never one at which somebody else does.
    for address in _own_addresses():
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        socket.create_server((address, port), family=family).close()
    LocalServer(port, token, sessions).serve()
