"""Where a command writes: data to stdout, words to stderr."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def data() -> Console:
    """The console for what was asked for.

    Rich leaves colours out of a pipe and where NO_COLOR is set, and takes a pipe as 80 columns.
    """
    return _console(stderr=False)


def words() -> Console:
    """The console for everything that is said about it: progress, warnings, problems."""
    return _console(stderr=True)


def tell(text: str, *, mark: str = "", style: str = "") -> None:
    """Write a sentence as data, wrapped to the screen; further lines hang under the first."""
    console = data()
    lines = textwrap.wrap(
        text,
        console.width,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
    console.print("\n".join(lines), style=style, soft_wrap=True)


def say(text: str = "") -> None:
    """Say something beside the data; lines stay whole, so that paths can be copied."""
    words().print(text, soft_wrap=True)


def _console(*, stderr: bool) -> Console:
    # Loading Rich takes longer than printing JSON.
    from rich.console import Console

    # What is printed is a user's text as often as ours: no markup, no smileys, no guesses.
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)
