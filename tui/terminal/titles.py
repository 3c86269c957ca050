"""Titles of policies in narrow columns."""

from __future__ import annotations

import re

from results.letters import counted, uncounted

MOST_PIECE = 14
"""The longest part of a title that is not broken."""


def broken(name: str, width: int) -> list[str]:
    """A policy's title in lines of at most so many columns, broken after blanks and hyphens."""
    lines = [""]
    for piece in pieces(name):
        if len(lines[-1]) + len(piece) > width and lines[-1]:
            lines.append("")
        lines[-1] += piece
    return [uncounted(line).rstrip() for line in lines]


def pieces(name: str) -> list[str]:
    """The parts of a title that stay together: up to a hyphen, an underscore or a blank."""
    words = re.findall(r"[^-_ ]*[-_ ]?", counted(name))
    return [
        word[start : start + MOST_PIECE]
        for word in words
        for start in range(0, len(word), MOST_PIECE)
    ]
