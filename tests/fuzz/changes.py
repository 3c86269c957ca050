"""Changes on the command line, ``--set key=value``, right and wrong."""

import random

from scenarios.files.toml_text import key_text, value_text
from tests.fuzz import texts
from tests.fuzz.documents import any_base, places

_LONGEST = 2000


def change(rng: random.Random) -> str:
    """One change as somebody might type it."""
    path = rng.choice(list(places(any_base(rng))))
    key = key_text(path)
    if rng.random() < 0.3:
        key = rng.choice((f"{key}.x", f"{key}.0", key.upper(), ".".join(map(str, path)), key[:-1]))
    sign = rng.choice(("=", "=", "=", " = ", "+=", "-=", "*=", "/=", "==", "", ":"))
    value = texts.value(rng)
    if rng.random() < 0.3:
        said = rng.choice((texts.letters(rng), rng.choice(texts.STRINGS), rng.choice(texts.RAW)))
    else:
        said = value if isinstance(value, texts.Raw) else value_text(value)
    text = f"{key}{sign}{said}"
    if rng.random() < 0.2:
        text = texts.damaged(rng, text.encode("utf-8", "surrogatepass")).decode("utf-8", "replace")
    if rng.random() < 0.03:
        text = rng.choice(("=", ".", "[", '"', "a.", "a=")) * rng.randrange(1, _LONGEST)
    # What a shell hands on has no zero byte.
    return text.replace("\x00", "")[:_LONGEST]


def changes(rng: random.Random) -> list[str]:
    """The options of a command."""
    return [f"--set={change(rng)}" for _ in range(rng.choice((1, 1, 1, 2, 4)))]
