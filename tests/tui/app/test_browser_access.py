"""Who gets into the app that firstline serve shows: who has the token, from its own page."""

import asyncio
import base64
import hashlib
import logging
import re
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from tests.support.command_line import firstline
from tui.command_line.browser import LocalServer
from tui.command_line.browser_access import checked_token, new_token

TOKEN = "a-token-of-the-tests"
PATIENCE_S = 60.0
PLACES = ("/", "/static/js/textual.js", "/static/css/xterm.css", "/ws", "/download/1", "/nowhere")

Client = TestClient[Any, Any]


@pytest.fixture
async def apps(monkeypatch: pytest.MonkeyPatch) -> list[Process]:
    """The apps that the server has started."""
    started: list[Process] = []
    really = asyncio.create_subprocess_shell

    async def start(*command: Any, **how: Any) -> Process:
        started.append(await really(*command, **how))
        return started[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_shell", start)
    return started


@pytest.fixture
async def client(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, apps: list[Process]
) -> AsyncIterator[Client]:
    """A browser without a cookie yet, and the server, which has room for one."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr("tui.command_line.browser.A_PLACE_WITHIN_S", 0.5)
    app = await LocalServer(8000, TOKEN, sessions=1)._make_app()
    jar = aiohttp.CookieJar(unsafe=True)  # cookies of an address in numbers too
    async with TestClient(TestServer(app), cookie_jar=jar) as browser:
        yield browser
    await ended(apps)


async def ended(apps: list[Process]) -> None:
    """Wait for apps that nobody looks at any more to end by themselves."""
    async with asyncio.timeout(PATIENCE_S):
        for app in apps:
            await app.wait()


async def opened(client: Client) -> None:
    """Open the address with the token, as a person does."""
    async with client.get("/", params={"token": TOKEN}) as page:
        assert page.status == 200


def origin(client: Client) -> str:
    return f"http://{client.host}:{client.port}"


async def shown(socket: aiohttp.ClientWebSocketResponse, text: bytes) -> None:
    """Wait until the app, or the server, has written a text."""
    seen = b""
    async with asyncio.timeout(PATIENCE_S):
        while text not in seen:
            message = await socket.receive()
            assert message.type is not aiohttp.WSMsgType.CLOSED, seen
            seen += message.data if isinstance(message.data, bytes) else b""


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("token", [None, "", "a-token-of-the-test", TOKEN + "s", "ä", "\ud800"])
async def test_another_user_of_the_machine_without_the_token_is_refused(
    client: Client, place: str, token: str | None
) -> None:
    asked = "" if token is None else "?token=" + token.encode("utf-8", "surrogatepass").hex("%")
    asked = re.sub("=(?=.)", "=%", asked)
    for headers in (
        {},
        {"Origin": origin(client)},
    ):  # An origin is easily forged outside a browser.
        async with client.get(place + asked, headers=headers) as answer:
            assert answer.status == 403
            assert "token" in await answer.text()
            assert TOKEN not in str(answer.headers)


async def test_a_cookie_that_was_made_up_is_refused(client: Client) -> None:
    for made_up in (TOKEN, "", "0" * 64):
        async with client.get("/", headers={"Cookie": f"firstline-8000={made_up}"}) as answer:
            assert answer.status == 403


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "strange",
    ["http://elsewhere.example", "null", "", "http://localhost:1", "https://127.0.0.1:{port}"],
)
async def test_a_page_of_another_origin_is_refused_even_in_the_browser_of_the_user(
    client: Client, place: str, strange: str
) -> None:
    await opened(client)
    headers = {"Origin": strange.format(port=client.port)}
    async with client.get(place, headers=headers) as answer:
        assert answer.status == 403
        assert "own page" in await answer.text()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_a_page_of_others_cannot_embed_a_part_of_the_app(
    client: Client, place: str, site: str
) -> None:
    await opened(client)
    for use in ("script", "iframe", "empty", "websocket"):
        headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Dest": use}
        async with client.get(place, headers=headers) as answer:
            assert answer.status == 403


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "host",
    ["evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example:8000", "10.0.0.1", ""],
)
async def test_a_name_that_was_made_to_lead_here_is_refused(
    client: Client, place: str, host: str
) -> None:
    await opened(client)
    headers = {"Host": host, "Origin": f"http://{host}"}
    async with client.get(place, params={"token": TOKEN}, headers=headers) as answer:
        assert answer.status == 403
        assert "localhost" in await answer.text()


async def test_a_websocket_that_names_no_page_is_refused(client: Client) -> None:
    await opened(client)
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await client.ws_connect("/ws")
    assert refused.value.status == 403


async def test_the_token_leaves_the_address_for_a_cookie_that_no_script_reads(
    client: Client,
) -> None:
    asked = {"token": TOKEN, "fontsize": "20"}
    async with client.get("/", params=asked, allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/?fontsize=20"
        cookie = answer.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
    assert TOKEN not in cookie, "servers on other ports of this name see it too"
    async with client.get("/") as page:
        assert page.status == 200
        assert TOKEN not in await page.text()


@pytest.mark.parametrize("name", ["localhost:{}", "127.0.0.1:{}", "[::1]:{}", "localhost:4711"])
async def test_each_name_of_this_machine_gets_a_page_that_stays_with_it(
    client: Client, name: str
) -> None:
    await opened(client)
    host = name.format(client.port)
    async with client.get("/", headers={"Host": host}) as page:
        text = await page.text()
        policy = page.headers["Content-Security-Policy"]
    assert f'data-session-websocket-url="ws://{host}/ws"' in text
    assert f'src="http://{host}/static/js/textual.js"' in text
    assert f"connect-src 'self' ws://{host};" in policy


async def test_no_answer_may_be_framed_or_kept(client: Client) -> None:
    async with client.get("/") as refused:
        assert refused.status == 403
        answers = [refused.headers]
    await opened(client)
    for place in PLACES:
        async with client.get(place) as answer:
            answers.append(answer.headers)
    for headers in answers:
        assert headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"


async def test_the_policy_lets_the_scripts_of_the_page_run_and_no_others(client: Client) -> None:
    await opened(client)
    async with client.get("/") as page:
        text = await page.text()
        parts = page.headers["Content-Security-Policy"].split("; ")
    policy = {name: rest for name, _, rest in (part.partition(" ") for part in parts)}
    inside = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    clicked = re.findall(r' on[a-z]+="([^"]*)"', text, re.IGNORECASE)
    assert inside
    assert clicked
    hashes = {
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in (*inside, *clicked)
    }
    assert set(policy["script-src"].split()) == {"'self'", "'unsafe-hashes'"} | hashes
    assert policy["default-src"] == "'none'"
    addresses = re.findall(r'<(?:script|link)[^>]* (?:src|href)="([^"]*)"', text, re.DOTALL)
    fonts = re.findall(r'url\("([^"]*)"\)', text)
    assert len(addresses) == len(fonts) == 2
    for address in (*addresses, *fonts):
        own = address.removeprefix(origin(client))
        assert own.startswith("/static/"), "nothing comes from elsewhere"
        async with client.get(own) as answer:
            assert answer.status == 200


async def test_a_page_too_many_is_told_so_and_gets_in_when_the_other_one_dies(
    client: Client, apps: list[Process]
) -> None:
    await opened(client)
    headers = {"Origin": origin(client)}
    first = await client.ws_connect("/ws", headers=headers)
    await shown(first, b"Scenarios")
    async with client.ws_connect("/ws", headers=headers) as second:
        await shown(second, b"One session of the app is open, and more are not allowed here.")
    assert len(apps) == 1, "the one too many has started none"
    assert first._response.connection is not None
    assert first._response.connection.transport is not None
    first._response.connection.transport.abort()  # A page that dies says no goodbye.
    await ended(apps)
    async with client.ws_connect("/ws", headers=headers) as third:
        message = await third.receive()
        assert b"allowed" not in message.data
    assert len(apps) == 2


async def test_stopping_the_server_ends_the_sessions(client: Client, apps: list[Process]) -> None:
    await opened(client)
    socket = await client.ws_connect("/ws", headers={"Origin": origin(client)})
    await shown(socket, b"Scenarios")
    async with asyncio.timeout(PATIENCE_S / 2):
        await client.server.close()
    await ended(apps)
    assert socket.closed or (await socket.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_the_token_is_in_no_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server = LocalServer(8000, TOKEN, sessions=1)
    logger = logging.getLogger("aiohttp.access")
    was = logger.disabled
    try:
        server.initialize_logging()
        await opened(client)
        assert not logger.isEnabledFor(logging.CRITICAL)
    finally:
        logger.disabled = was
    assert TOKEN not in caplog.text


def test_each_start_has_a_token_of_its_own_and_it_can_be_an_address() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(checked_token(token) == token and len(token) > 40 for token in tokens)


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("", "The token has 0 characters, but it must have at least 16"),
        ("tooshort", "The token has 8 characters"),
        ("sixteen letters and blanks", "letters from A to Z, digits"),
        ("sixteen-lëtters-here", "letters from A to Z, digits"),
    ],
)
def test_a_token_that_can_be_guessed_or_not_be_sent_is_refused(token: str, said: str) -> None:
    done = firstline("serve", "--token", token)
    assert done.code == 2
    assert said in " ".join(done.words.split())


def test_a_session_is_the_least_that_can_be_allowed() -> None:
    done = firstline("serve", "--sessions", "0")
    assert done.code == 2
    assert "--sessions" in done.words
