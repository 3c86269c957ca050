"""Letters as wide as two: a line of Chinese takes the room of twice as many Latin letters."""

from __future__ import annotations

import unicodedata

_FILLER = "\ue000"
"""Follows a wide letter where letters are counted: of private use, and in no text of ours."""


def counted(text: str) -> str:
    """The text with a filler after each letter that is as wide as two, to be counted and cut."""
    if text.isascii():
        return text
    return "".join(one + _FILLER if _is_wide(one) else one for one in text)


def uncounted(text: str) -> str:
    """The text without its fillers."""
    return text.replace(_FILLER, "")


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"
