"""Texts that break things: extremes, other types, letters of every script, bytes of none."""

import random
import string
from typing import Any

from tests.support import hostile_names


class Raw(str):
    """A value as it is written in a file, whatever it is."""

    __slots__ = ()


NUMBERS = (
    *(0, -0.0, -1, 1, 2, 7, 0.5, 1e-300, 5e-324, 1e-9, 1e9, 1e12, 1e18, 1e300, -1e300),
    *(float("inf"), float("-inf"), float("nan"), 2**31, 2**53 + 1, 2**63, 2**64, -(2**63)),
    *(86_399.999, 86_400, 1440, 30, 100, 1_000_000),
)
STRINGS = (
    *(
        "",
        " ",
        ".",
        "..",
        "/",
        "-",
        "x",
        "true",
        "nan",
        "24:00",
        "23:59",
        "00:00",
        "08:30",
        "99:99",
    ),
    *("08:00-20:00", "20:00-08:00", "closed", "always", "monday", "every_day", "sunday", "voice"),
    *("email", "chat", "baseline", "nobody", "first", "lognormal", "constant", "empirical", "step"),
    *("\u200d", "\ufeff", "\u202e", "e\u0301", "x" * 5000, "退" * 300, "{0}", "%s%n", "${PATH}"),
    *("../../etc", "CON", "NUL\x00", "a\nb", "a\tb", '"', "'", "\\", "=1+1", "[a]", "#", "a.b"),
)
RAW = (
    *("07:32:00", "1979-05-27", "1979-05-27T07:32:00Z", "0x_1", "1__0", "0o777", "0xdeadbeef"),
    *(
        "1" * 400,
        "1" * 5000,
        "1e99999",
        "-0",
        "+inf",
        "{ a = 1, a = 2 }",
        "[1, 'x', {}]",
        '"\\u0000"',
    ),
    *("[" * 60 + "]" * 60, "[" * 3000 + "]" * 3000, "{a=" * 60 + "1" + "}" * 60, "'''\n\n'''"),
)
_SCRIPTS = (
    *((0x21, 0x7E), (0xA1, 0x24F), (0x300, 0x36F), (0x370, 0x5FF), (0x600, 0x6FF), (0x900, 0x97F)),
    *((0xE00, 0xE7F), (0x1F300, 0x1FAFF), (0x2000, 0x206F), (0x3040, 0x30FF), (0x4E00, 0x9FFF)),
    *((0xAC00, 0xD7A3), (0xE000, 0xF8FF), (0x1D400, 0x1D7FF), (0xFE00, 0xFE0F), (0x00, 0x1F)),
)


def letters(rng: random.Random, most: int = 12) -> str:
    """A name in some script; joiners, marks and control characters among the letters."""
    low, high = rng.choice(_SCRIPTS)
    some = [chr(rng.randint(low, high)) for _ in range(rng.randint(1, most))]
    return "".join(rng.choice((sign, sign, rng.choice(string.printable))) for sign in some)


def name(rng: random.Random) -> str:
    """What somebody might call a policy, a reason or a group."""
    if rng.random() < 0.5:
        return rng.choice(hostile_names.NAMES)
    return letters(rng, rng.choice((3, 12, 80)))


def value(rng: random.Random) -> Any:
    """Any value that a file may hold, or may not."""
    kind = rng.randrange(8)
    if kind < 3:
        return rng.choice(NUMBERS)
    if kind == 3:
        return rng.choice(STRINGS)
    if kind == 4:
        return letters(rng)
    if kind == 5:
        return Raw(rng.choice(RAW))
    if kind == 6:
        return rng.choice((True, False, [], {}, [[]], {"": {}}, [1, -1], ["x"] * 300))
    return rng.choice(
        (
            {"distribution": "exponential", "mean": rng.choice(NUMBERS)},
            {"distribution": "lognormal", "median": 1, "p90": rng.choice(NUMBERS)},
            {"distribution": "uniform", "low": rng.choice(NUMBERS), "high": rng.choice(NUMBERS)},
            {"distribution": "weibull", "median": rng.choice(NUMBERS), "p90": 5},
            {"distribution": "gamma", "mean": rng.choice(NUMBERS), "cv": rng.choice(NUMBERS)},
            {"distribution": letters(rng), "mean": 1},
            {"distribution": ["constant"], "value": 1},
            {"step": rng.choice(("decline", "ticket", "ask_approver", 3, "x")), "group": "x"},
            {"per_day": rng.choice(NUMBERS), "csv": rng.choice(STRINGS)},
        )
    )


def damaged(rng: random.Random, text: bytes) -> bytes:
    """The bytes of a file after an accident."""
    for _ in range(rng.choice((1, 1, 2, 8))):
        at, length = rng.randrange(len(text) + 1), rng.choice((1, 1, 3, 40, 400))
        piece, more = text[at : at + length], rng.randbytes(rng.choice((1, 2, 8)))
        signs = rng.choice(
            (b'"', b"'", b"[", b"]", b"{", b"}", b"=", b"\n", b".", b",", b";", b"#")
        )
        instead = rng.choice((b"", more, signs, signs * 3, piece + piece, piece[::-1], b"\x00"))
        text = text[:at] + instead + text[at + rng.choice((0, len(piece))) :]
    return text[: rng.randrange(len(text) + 1)] if rng.random() < 0.05 else text
