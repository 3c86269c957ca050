"""How deep tables may lie in one another and how long a number may be: what no scenario needs.

A file may hold any of it, and whatever walks through its tables would come to the end of the
stack, or write out a number for minutes. So it is looked at before anything else.
"""

from __future__ import annotations

import re
from typing import Any

MOST_LEVELS = 40
"""Tables and lists within one another; a policy's change of a distribution has eight."""

TOO_DEEP = f"must have at most {MOST_LEVELS} tables and lists within one another"

_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
_LONG_KEY = re.compile(
    rf"(?:^|[\[{{,])[ \t]*+(?:{_PART}[ \t]*+\.[ \t]*+){{{MOST_LEVELS}}}", re.MULTILINE
)


TOO_LONG = "has a number that is too long"
_MOST_BITS = 1024
"""Of a whole number; a greater one is beyond every number with decimals."""


def beyond(value: Any) -> str:
    """What a value has more of than any scenario needs, as a rule that is broken; mostly nothing.

    It goes down level by level, so that no depth is too much for it.
    """
    level = [value]
    for _ in range(MOST_LEVELS + 1):
        if any(isinstance(one, int) and one.bit_length() > _MOST_BITS for one in level):
            return TOO_LONG
        level = [entry for one in level for entry in _inside(one)]
        if not level:
            return ""
    return TOO_DEEP


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list | tuple) else ()


def long_key(text: str) -> int | None:
    """The line of a TOML text, from 1, in which a key has too many parts; None if there is none.

    The TOML reader takes the square of the time for a key with dots.
    """
    found = _LONG_KEY.search(text)
    return None if found is None else text.count("\n", 0, found.end()) + 1
