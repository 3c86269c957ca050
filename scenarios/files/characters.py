"""Control characters: what in a text is no letter but an order to a terminal or a reader."""

from __future__ import annotations

import re

# C0 and C1, separators of lines and paragraphs, orders to write backwards, halves of characters
# (a file name that is no UTF-8), and two that no XML may hold. Joiners stay: scripts need them.
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_SHORT = {"\n": r"\n", "\t": r"\t", "\r": r"\r"}

LINES = "\n\t"
"""What a text of several lines may have: line breaks and tabs."""


def controls_in(text: str, allowed: str = "") -> list[str]:
    """The control characters of a text, each once, written so that they can be read."""
    found = (sign for sign in _CONTROL.findall(text) if sign not in allowed)
    return list(dict.fromkeys(map(_written, found)))


def visible(text: str, allowed: str = LINES) -> str:
    r"""The text with its control characters written out, as in ``\u001b``.

    Args:
        text: of a file, a user or a library.
        allowed: control characters that stay as they are.
    """
    return _CONTROL.sub(lambda found: found[0] if found[0] in allowed else _written(found[0]), text)


def _written(sign: str) -> str:
    return _SHORT.get(sign, f"\\u{ord(sign):04x}")
