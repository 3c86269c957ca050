"""Who may use the app in a browser: the address with its token, and its own page."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import b64encode
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

LEAST_LETTERS = 16
"""A token shorter than this can be guessed by trying."""

# Any port: a tunnel (ssh -L) may have another one at its near end. The name is what tells a page of
# somebody else, whose name was made to lead to this machine, from this server.
_THIS_MACHINE = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?", re.IGNORECASE)
_IN_AN_ADDRESS = re.compile(r"[A-Za-z0-9._~-]*")

ELSEWHERE = "This page belongs to firstline on one machine only: open it at localhost."
ANOTHER_PAGE = "Only the app's own page may use it. Open the address that firstline serve shows."
LACKS_IT = """\
This address lacks the token. Open the whole address that firstline serve shows in the terminal,
with ?token= and what follows. A new start makes a new token, and the old one is then not valid."""


def new_token() -> str:
    """Make a token that nobody can guess."""
    return secrets.token_urlsafe(32)


def checked_token(token: str) -> str:
    """Accept the user's token.

    Raises:
        ValueError: it is too short, or an address cannot carry it as it is.
    """
    if not _IN_AN_ADDRESS.fullmatch(token):
        raise ValueError("The token may have letters from A to Z, digits and . _ ~ - only.")
    if len(token) < LEAST_LETTERS:
        raise ValueError(
            f"The token has {len(token)} characters, but it must have at least {LEAST_LETTERS}: "
            "a shorter one can be guessed. Leave it out, and each start makes a new one."
        )
    return token


class Access:
    """The checks before anything is answered, and the headers that go with every answer.

    Other users of the machine reach its ports too, and so does every page that is open in a
    browser; the app writes and deletes files.
    """

    def __init__(self, token: str, port: int, template: Path) -> None:
        self._token = token
        # A browser shows a cookie to every server of this name, whatever the port: the cookie is
        # made from the token, which cannot be read back from it, and each port has its own.
        self._cookie = f"firstline-{port}"
        self._pass = hmac.new(token.encode(), b"firstline cookie", hashlib.sha256).hexdigest()
        self._scripts = _script_sources(template.read_text(encoding="utf-8"))

    @web.middleware
    async def check(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse all but this server's own page, opened with the token.

        Raises:
            HTTPForbidden: another name of the machine, another origin, no token or a wrong one.
        """
        if not _THIS_MACHINE.fullmatch(request.headers.get("Host", "")):
            raise web.HTTPForbidden(text=ELSEWHERE)
        if _from_another_page(request):
            raise web.HTTPForbidden(text=ANOTHER_PAGE)
        if _same(request.query.get("token", ""), self._token):
            if request.path == "/":
                raise self._without_token(request)
        elif not _same(request.cookies.get(self._cookie, ""), self._pass):
            raise web.HTTPForbidden(text=LACKS_IT)
        return await handler(request)

    async def add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        """Keep pages of others from framing or reading an answer, and its page from theirs."""
        host = request.headers.get("Host", "")
        sockets = f" ws://{host}" if _THIS_MACHINE.fullmatch(host) else ""
        policy = {
            "default-src": "'none'",
            "script-src": f"'self' {self._scripts}",
            # The terminal makes its style sheets as it goes.
            "style-src": "'self' 'unsafe-inline'",
            "font-src": "'self' data:",
            "img-src": "'self' data: blob:",
            "connect-src": f"'self'{sockets}",
            "frame-ancestors": "'none'",
            "base-uri": "'none'",
            "form-action": "'none'",
        }
        response.headers.update(
            {
                "Content-Security-Policy": "; ".join(map(" ".join, policy.items())),
                "X-Frame-Options": "DENY",
                "X-Content-Type-Options": "nosniff",
                "Cross-Origin-Opener-Policy": "same-origin",
                "Cross-Origin-Resource-Policy": "same-origin",
                "Referrer-Policy": "same-origin",
                "Cache-Control": "no-store",
            }
        )

    def _without_token(self, request: web.Request) -> web.HTTPFound:
        """Remember the browser, and take the token out of the address it shows and remembers."""
        query = {name: value for name, value in request.query.items() if name != "token"}
        found = web.HTTPFound(request.rel_url.with_query(query).path_qs)
        # Lax: a link to the address, from a message say, works; no page of others gets further.
        found.set_cookie(self._cookie, self._pass, httponly=True, samesite="Lax")
        return found


def is_own_page(request: web.Request) -> bool:
    """Whether a page of this server asks, and says so: browsers always do for a websocket."""
    return request.headers.get("Origin") == f"http://{request.headers.get('Host')}"


def _from_another_page(request: web.Request) -> bool:
    if "Origin" in request.headers and not is_own_page(request):
        return True
    # Pictures, scripts and frames come without an origin; following a link is nobody's doing.
    site = request.headers.get("Sec-Fetch-Site", "none")
    linked = request.headers.get("Sec-Fetch-Dest") == "document"
    return site not in ("none", "same-origin") and not linked


def _same(given: str, known: str) -> bool:
    """Compare in a time that shows nothing of where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "backslashreplace"), known.encode())


def _script_sources(template: str) -> str:
    """The scripts that stand in the page itself, each by its hash: no other one runs."""
    whole = re.findall(r"<script>(.*?)</script>", template, re.DOTALL)
    clicked = re.findall(r'\bonclick="([^"]*)"', template, re.IGNORECASE)
    hashes = [_hash(text) for text in dict.fromkeys([*whole, *clicked])]
    return " ".join(["'unsafe-hashes'", *hashes])


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
