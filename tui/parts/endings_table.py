"""How cases end: a line for each way, a bar and a number for each policy."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from string import ascii_lowercase

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.widget import Widget

from results.reading import format as numbers
from results.reading.endings import Endings
from results.reading.signs import Face
from tui.parts.fitting import shortened
from tui.parts.looks import look

_NUMBER, _NARROW_NUMBER = 8, 7
_COLOURS = ("#6aaede", "#a9d3ee", "#5fb894", "#a5dcc9", "#b98cd0", "#e3b065", "#d98a6b", "#b5b5b5")
_INK = "#14202b"
"""Dark letters are read on all of these, under both themes."""

_FEW = 2
"""Policies whose names have room over the columns, and whose bars can be told apart."""
_LEAST_LABEL, _MOST_LABEL = 14, 32


class EndingsTable(Widget):
    """Shares of the ways in which complaints (or cases) end."""

    DEFAULT_CSS = """
    EndingsTable {
        height: auto;
        text-wrap: nowrap;
        text-overflow: clip;
        & > .endings--title { text-style: bold; }
        & > .endings--muted { color: $text-muted; }
        & > .endings--base { color: $text-muted; }
        & > .endings--other { color: $primary; }
    }
    """
    COMPONENT_CLASSES = {  # noqa: RUF012 - Textual's way
        "endings--title",
        "endings--muted",
        "endings--base",
        "endings--other",
    }

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._view: Endings | None = None
        self._faces: Sequence[Face] = ()

    def show_endings(self, view: Endings | None, faces: Sequence[Face]) -> None:
        """Show how cases end.

        Args:
            view: None shows nothing.
            faces: title and sign of each policy, in their order.
        """
        self._view, self._faces = view, faces
        self.refresh(layout=True)

    def render(self) -> Text:
        """A title, then a line for each way of ending with the two first policies as a bar."""
        view = self._view
        if view is None:
            return Text()
        width = self.size.width
        number = _NUMBER if len(self._faces) <= _FEW else _NARROW_NUMBER
        label = max(_LEAST_LABEL, min(_MOST_LABEL, width - len(self._faces) * number - 1))
        lines = self._heads(view, label, number)
        tallest = max(max(found) for found in view.means.values())
        bar = width - label - len(self._faces) * number - 1
        many = len(self._faces) > _FEW
        for letter, (words, found) in zip(ascii_lowercase, view.means.items(), strict=False):
            line = Text(f"{letter} {words}" if many else words)
            line.truncate(label, overflow="ellipsis", pad=True)
            for place, share in enumerate(found):
                look = Style.null() if many else self._style("other" if place else "base")
                line.append(f"{numbers.share(share):>{number}}", look)
            if bar >= 4 and len(found) <= _FEW:
                line.append(" ").append_text(self._bar(found, tallest, bar))
            lines.append(line)
        lines += self._stacks(view, width) if many else []
        return Text("\n", no_wrap=True, overflow="crop").join(lines)

    def _heads(self, view: Endings, label: int, number: int) -> list[Text]:
        """The title with the names of the columns; with many policies their signs, and a key."""
        many, key = len(self._faces) > _FEW, Text()
        title = Text(f"How {view.noun} end", self._style("title"))
        head = Text(" " * label) if many else title.copy()
        head.pad_right(label - head.cell_len)
        for name, sign in self._faces:
            shown = sign.mark if many else name
            head.append(f"{shown:>{number}}", sign.on_screen if many else self._style("muted"))
            key.append(f"{sign.mark} {name}   ", sign.on_screen)
        return [title, key, Text(), head] if many else [head]

    def _stacks(self, view: Endings, width: int) -> list[Text]:
        """A bar for each policy, made of the letters of the ways in which cases end."""
        room = min(max(cell_len(title) for title, _ in self._faces), width // 3) + 1
        lines = [Text()]
        for number, (name, _) in enumerate(self._faces):
            line, place, so_far = Text(f"{shortened(name, room - 1)} "), 0, 0.0
            parts = zip(ascii_lowercase, cycle(_COLOURS), view.means.values(), strict=False)
            for letter, colour, found in parts:
                so_far += found[number]
                end = round(so_far * (width - room))
                line.append(letter * (end - place), f"{_INK} on {colour}")
                place = max(place, end)
            lines += [line, Text()]
        return lines

    def _bar(self, found: Sequence[float], tallest: float, room: int) -> Text:
        """Two bars in one row: the baseline in the upper half, the policy in the lower."""
        upper = round(found[0] / tallest * room)
        lower = round(found[1] / tallest * room) if len(found) > 1 else 0
        base, other = self._style("base"), self._style("other")
        text = Text()
        if len(found) == 1:
            return text.append("▀" * upper, base)
        both = min(upper, lower)
        text.append("▀" * both, Style(color=base.color, bgcolor=other.color))
        text.append("▀" * (upper - both), base)
        return text.append("▄" * (lower - both), other)

    def _style(self, name: str) -> Style:
        return look(self, f"endings--{name}")
