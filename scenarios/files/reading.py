"""From a file to the tables in it, or to what keeps them from being read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from scenarios.checks.problems import Problem, ScenarioError
from scenarios.files.extent import TOO_DEEP, TOO_LONG, beyond, long_key

Document = dict[str, Any]

_FLAT = "Are there brackets too many? Every key and its place: docs/scenario-reference.md."

# What the TOML reader says, and what a person can do about it.
_SAID: tuple[tuple[str, str, str], ...] = (
    (
        "Invalid value",
        "is not a value in TOML",
        'Text goes in quotes: "…"; a time of day too; decimals need a point.',
    ),
    ("Cannot overwrite a value", "sets a key that already has a value", "Keep one of the two."),
    ("Cannot declare", "begins a section that already exists", "Merge the two."),
    ("Cannot mutate", "adds to a section that is already closed", "Write it in one place."),
    ("Expected '=' after a key", "must have an equals sign after the key", "As in heads = 40."),
    ("Expected ']'", "must close the bracket of the section's name", "As in [groups.front_line]."),
    ("Unclosed array", "must separate entries with commas and close the list with ]", ""),
    (
        "Unclosed inline table",
        "must close the table with } on the same line",
        "Separate entries with commas; a long table becomes a [section].",
    ),
    (
        "Invalid initial character for a key part",
        "must have a key here",
        "A table in braces stands on one line; a long one becomes a [section].",
    ),
    ("Expected newline", "has something left after the value", "Text and times go in quotes."),
    ("Expected '\"'", "must close the text with a quote", ""),
    ("Illegal character", "has a character that may not stand there", "Is a quote not closed?"),
    ("Unescaped '\\'", "has a backslash in text", "Write it twice, or use single quotes."),
    ("Invalid statement", "is neither a [section] nor key = value", ""),
)


def read_text(path: Path) -> str:
    """The text of a scenario file.

    Raises:
        ScenarioError: if there is no such file, or it cannot be read as text.
    """
    file = str(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise _refused(file, "does not exist", "Check the path.") from None
    except IsADirectoryError:
        raise _refused(file, "is a folder", "Name the file in it.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _refused(file, f"cannot be read: {reason}") from None
    return decoded(content, file)


def decoded(content: bytes, file: str) -> str:
    """The text in the bytes of a scenario file.

    Raises:
        ScenarioError: if it is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        rule = "is not UTF-8 text"
        raise _refused(file, rule, "Save it with the encoding UTF-8.", line) from None


def parsed(text: str, file: str) -> Document:
    """The tables of a TOML text.

    Raises:
        ScenarioError: if it is not TOML, with the line.
    """
    if (line := long_key(text)) is not None:
        raise _refused(file, f"{TOO_DEEP}: a key has more parts", _FLAT, line)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError([_syntax_problem(str(error), text, file)]) from None
    except RecursionError:
        raise _refused(file, TOO_DEEP, _FLAT) from None
    except ValueError:
        raise _refused(file, TOO_LONG) from None
    if rule := beyond(document):
        raise _refused(file, rule, _FLAT if rule is TOO_DEEP else "")
    return document


def _refused(file: str, rule: str, hint: str = "", line: int | None = None) -> ScenarioError:
    return ScenarioError([Problem(file, "", None, rule, hint, line)])


def _syntax_problem(message: str, text: str, file: str) -> Problem:
    lines = text.splitlines() or [""]
    place = re.search(r"\(at line (\d+), column \d+\)", message)
    number = min(int(place[1]), len(lines)) if place else len(lines)
    said = message.partition(" (at ")[0]
    for start, rule, hint in _SAID:
        if said.startswith(start):
            return Problem(file, lines[number - 1].strip()[:80], None, rule, hint, number)
    return Problem(file, lines[number - 1].strip()[:80], None, f"is not TOML: {said}", "", number)
