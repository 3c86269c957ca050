"""Where a command writes: data to stdout, words to stderr."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from tui.terminal.quiet import is_quiet

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
    from results.letters import counted, uncounted

    console = data()
    lines = textwrap.wrap(
        counted(text),
        console.width,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
    console.print(uncounted("\n".join(lines)), style=style, soft_wrap=True)


def say(text: str = "", *, always: bool = False) -> None:
    """Say something next to the data; lines stay whole, so that paths can be copied.

    Args:
        text: what there is to say.
        always: it is (part of) an error, or says how to resume: it stays with --quiet.
    """
    if always or not is_quiet():
        words().print(text, soft_wrap=True)


def _console(*, stderr: bool) -> Console:
    # What is printed is a user's text as often as ours: no markup, no smileys, no guesses.
    made: Console = _console_class()(stderr=stderr, markup=False, emoji=False, highlight=False)
    return made


@cache
def _console_class() -> Any:
    # Loading Rich takes longer than printing JSON.
    from rich.console import Console
    from rich.segment import Segment

    from scenarios.files.characters import visible

    class Harmless(Console):
        """A console that shows control characters in a text and does not send them."""

        def render(self, *what: Any, **how: Any) -> Iterable[Segment]:
            for segment in super().render(*what, **how):
                # Rich's own orders to the terminal are segments apart.
                shown = segment.text if segment.control else visible(segment.text)
                yield segment if shown == segment.text else Segment(shown, segment.style)

    return Harmless
