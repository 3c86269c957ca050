"""firstline serve: the same app in a browser on this machine, and for its own page only."""

import asyncio
import builtins
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.support.command_line import firstline
from tests.support.process_trees import WATCHED, assert_all_end, descendants

PATIENCE_S = 60.0
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("localhost", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def serving(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Where a server that was just started answers, and the server."""
    port = free_port()
    command = [Path(sys.executable).with_name("firstline"), "serve", "--port", str(port)]
    folders = {"XDG_CONFIG_HOME": str(tmp_path / "c"), "XDG_STATE_HOME": str(tmp_path / "s")}
    environment = {**os.environ, **folders}
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stderr is not None
        said = server.stderr.readline()
        assert f"http://localhost:{port}/?token=" in said, "it says where it is"
        _wait_for(port)
        try:
            yield said.split()[-1], server
        finally:
            server.terminate()


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """Where a server that was just started answers."""
    with serving(tmp_path) as (address, _):
        yield address


def _wait_for(port: int) -> None:
    """It says where it is a moment before it listens."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            socket.create_connection(("localhost", port)).close()
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return


async def test_its_own_page_gets_the_app(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as page:
            assert page.status == 200
            assert "firstline" in await page.text()
        own, _ = url.split("/?")
        address = f"{own}/ws?width=100&height=30"
        async with session.ws_connect(address, headers={"Origin": own}) as socket_:
            await see(socket_, b"Scenarios")


async def see(socket_: aiohttp.ClientWebSocketResponse, words: bytes) -> None:
    """Wait until the app has shown something."""
    seen = b""
    async with asyncio.timeout(PATIENCE_S):
        while words not in seen:
            message = await socket_.receive()
            seen += message.data if isinstance(message.data, bytes) else b""


@WATCHED
@pytest.mark.parametrize(
    "number",
    [
        pytest.param(signal.SIGTERM, marks=pytest.mark.long),
        pytest.param(signal.SIGHUP, marks=pytest.mark.long),
        signal.SIGKILL,
    ],
)
async def test_the_app_in_a_browser_ends_with_its_server(tmp_path: Path, number: int) -> None:
    with serving(tmp_path) as (url, server):
        async with aiohttp.ClientSession() as session:
            await (await session.get(url)).read()
            own, _ = url.split("/?")
            address = f"{own}/ws?width=100&height=30"
            async with session.ws_connect(address, headers={"Origin": own}) as socket_:
                await see(socket_, b"Scenarios")
                deadline = time.monotonic() + PATIENCE_S
                while len(family := descendants(server.pid)) < 3:
                    assert time.monotonic() < deadline, "the app and its two helpers"
                    await asyncio.sleep(0.05)
                server.send_signal(number)
                ended = await asyncio.to_thread(server.wait, PATIENCE_S)
                assert server.stdout is not None
                await asyncio.to_thread(assert_all_end, family, server.stdout)
        assert ended == (-number if number == signal.SIGKILL else 0)


@pytest.mark.parametrize("origin", [{"Origin": "http://elsewhere.example"}, {}])
async def test_a_page_of_somebody_else_is_refused(url: str, origin: dict[str, str]) -> None:
    async with aiohttp.ClientSession() as session:
        await (await session.get(url)).read()
        own, _ = url.split("/?")
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(f"{own}/ws", headers=origin)
        assert refused.value.status == 403


async def test_another_user_of_the_machine_does_not_get_the_page(url: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(url.split("?")[0]) as page:
        assert page.status == 403


def test_a_token_in_the_environment_stays_the_same_and_ctrl_c_ends_all(tmp_path: Path) -> None:
    port, token = free_port(), "chosen-by-the-user"
    folders = {"XDG_CONFIG_HOME": str(tmp_path / "c"), "XDG_STATE_HOME": str(tmp_path / "s")}
    # With asyncio's debug mode a server would write each address that is asked for to a log.
    environment = {**os.environ, **folders, "FIRSTLINE_TOKEN": token, "PYTHONASYNCIODEBUG": "1"}
    command = [Path(sys.executable).with_name("firstline"), "serve", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True
    ) as server:
        _wait_for(port)
        asyncio.run(_use(f"http://localhost:{port}", token, server))
        assert server.stderr is not None
        said = server.stderr.read()
    assert server.returncode == 0
    assert said.count(token) == 1, "in the address that it shows, and in no log"


async def _use(own: str, token: str, server: subprocess.Popen[str]) -> None:
    """Open the app, and press Ctrl-C in the terminal of the server while it is open."""
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{own}/?token={token}") as page:
            assert page.status == 200
        async with session.ws_connect(f"{own}/ws", headers={"Origin": own}) as socket_:
            await socket_.receive()
            server.send_signal(signal.SIGINT)
            async with asyncio.timeout(PATIENCE_S / 2):
                async for _ in socket_:
                    pass


def test_a_port_that_is_taken_is_said_with_another_one() -> None:
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = firstline("serve", "--port", str(port))
    assert done.code == 1
    assert f"firstline serve --port {port + 1}" in done.words
    assert "token=" not in done.words


@pytest.mark.parametrize("name", ["127.0.0.1", "[::1]"])
async def test_the_other_names_of_this_machine_do_as_well(url: str, name: str) -> None:
    if name == "[::1]" and not _has_ipv6():
        pytest.skip("this machine has no ::1")
    here = url.replace("localhost", name)
    own, _ = here.split("/?")
    jar = aiohttp.CookieJar(unsafe=True)  # cookies of an address in numbers too
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        async with session.get(here) as page:
            assert page.status == 200
        async with session.ws_connect(f"{own}/ws", headers={"Origin": own}) as socket_:
            async with asyncio.timeout(PATIENCE_S):
                assert (await socket_.receive()).type is aiohttp.WSMsgType.BINARY


def _has_ipv6() -> bool:
    with socket.socket(socket.AF_INET6) as tried:
        try:
            tried.bind(("::1", 0))
        except OSError:
            return False
    return True


def test_a_port_that_another_user_has_taken_under_the_other_address_is_not_shared() -> None:
    if not _has_ipv6():
        pytest.skip("this machine has no ::1")
    with socket.socket(socket.AF_INET6) as taken:
        taken.bind(("::1", 0))
        taken.listen()
        done = firstline("serve", "--port", str(taken.getsockname()[1]))
    assert done.code == 1
    assert "is in use" in done.words
    assert "token=" not in done.words, "others on this machine must not get it"


def test_a_missing_part_is_said_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    really = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "tui.command_line.browser":
            raise ModuleNotFoundError(name)
        return really(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    done = firstline("serve")
    assert done.code == 1
    assert f"{sys.executable} -m pip install" in done.words
    assert "textual-serve" in done.words
    assert "aiohttp" in done.words
    assert "firstline[" not in done.words, "installed from a folder: no index knows the name"


class Page:
    """A page of a headless browser, driven over its own protocol."""

    def __init__(self, socket_: aiohttp.ClientWebSocketResponse) -> None:
        self._socket, self._number = socket_, 0

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": params})
        while True:
            answer = await self._socket.receive_json()
            if answer.get("id") == self._number:
                result: dict[str, Any] = answer["result"]
                return result

    async def leave(self) -> None:
        """Give the app the keyboard with a click, and press Ctrl-Q once it has painted."""
        await asyncio.sleep(2.0)  # A canvas does not tell when something was painted on it.
        place = {"x": 200, "y": 300, "button": "left", "clickCount": 1}
        for kind in ("mousePressed", "mouseReleased"):
            await self.call("Input.dispatchMouseEvent", type=kind, **place)
        key = {"modifiers": 2, "key": "q", "code": "KeyQ", "windowsVirtualKeyCode": 81}
        for kind in ("rawKeyDown", "keyUp"):
            await self.call("Input.dispatchKeyEvent", type=kind, **key)

    async def wait_for(self, script: str) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                found = await self.call("Runtime.evaluate", expression=script)
                if found["result"].get("value") is True:
                    return
                await asyncio.sleep(0.2)


@pytest.mark.long
@pytest.mark.skipif(BROWSER is None, reason=f"no browser here: none of {', '.join(BROWSERS)}")
async def test_a_browser_shows_the_app_and_its_keys_work(url: str, tmp_path: Path) -> None:
    assert BROWSER is not None
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"]
    profile = tmp_path / "profile"
    with subprocess.Popen(
        [BROWSER, *options, f"--user-data-dir={profile}", url], stderr=subprocess.DEVNULL
    ) as browser:
        try:
            async with aiohttp.ClientSession() as session:
                address = await _page_address(session, profile, url)
                async with session.ws_connect(address) as socket_:
                    page = Page(socket_)
                    await page.wait_for("document.body.classList.contains('-first-byte')")
                    await page.wait_for("document.querySelector('.xterm') !== null")
                    await page.leave()
                    await page.wait_for("document.body.classList.contains('-closed')")
        finally:
            browser.terminate()


async def _page_address(session: aiohttp.ClientSession, profile: Path, url: str) -> str:
    async with asyncio.timeout(PATIENCE_S):
        while not (profile / "DevToolsActivePort").exists():
            await asyncio.sleep(0.2)
        port = (profile / "DevToolsActivePort").read_text(encoding="utf-8").splitlines()[0]
        while True:
            async with session.get(f"http://localhost:{port}/json") as answer:
                for target in await answer.json():
                    if target["type"] == "page" and target["url"].startswith(url.split("?")[0]):
                        address: str = target["webSocketDebuggerUrl"]
                        return address
            await asyncio.sleep(0.2)
