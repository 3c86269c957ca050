"""How cases end: a line for each way, a number and a bar for each policy."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from results.reading import format as numbers
from results.reading.endings import Endings
from results.reading.signs import Face
from tui.parts.curve import lying_bar
from tui.parts.fitting import fitted
from tui.parts.looks import look, policy_colour
from tui.parts.sheet import Look

_NUMBER = 7
_FEW = 2
"""Policies whose names have room over the columns, and which are base and what-if."""
_LEAST_LABEL, _MOST_LABEL = 14, 32
_LEAST_BAR, _MOST_BAR = 3, 24


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
        before = self._rows
        self._view, self._faces = view, faces
        self.refresh(layout=before != self._rows)

    @property
    def _rows(self) -> int:
        return len(self._lines(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many rows as it takes at a width, which may be another one than now."""
        return len(self._lines(width))

    def render(self) -> Text:
        """A title, then a line for each way of ending: a number and a bar under each policy."""
        return Text("\n", no_wrap=True, overflow="crop").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Text]:
        view = self._view
        if view is None:
            return []
        count = max(1, len(self._faces))
        widest = max(map(cell_len, view.means), default=_LEAST_LABEL) + 1
        label = max(_LEAST_LABEL, min(_MOST_LABEL, widest, width - count * (_NUMBER + 2)))
        bar = min(_MOST_BAR, (width - label) // count - _NUMBER - 2)
        bar = bar if bar >= _LEAST_BAR else 0
        column = _NUMBER + (bar + 2 if bar else 1)
        tallest = max(share for found in view.means.values() for share in found) or 1.0
        lines = self._heads(view, label, column, width)
        for words, found in view.means.items():
            line = Text(fitted(words, label))
            for place, share in enumerate(found):
                tone = self._look_of(place)
                line.append(f"{numbers.share(share):>{_NUMBER}} ", tone)
                line.append(lying_bar(share / tallest, bar) + " " * bool(bar), tone)
            lines.append(line)
        return lines

    def _heads(self, view: Endings, label: int, column: int, width: int) -> list[Text]:
        """The title with the names of the columns; of many policies their signs, and a key."""
        title = Text(f"How {view.noun} end", self._style("title"))
        many = len(self._faces) > _FEW or column < _NUMBER + 4
        head = Text(" " * label) if many else title.copy()
        head.pad_right(label - head.cell_len)
        if head.cell_len > label:
            many, head = True, Text(" " * label)
        key = [Text()]
        for place, (name, sign) in enumerate(self._faces):
            shown = f"{sign.mark:>{_NUMBER}}" if many else f"  {sign.mark} {name}"
            head.append(fitted(shown, column), self._look_of(place))
            known = Text(f"{sign.mark} {name}   ", self._look_of(place))
            if key[-1] and key[-1].cell_len + known.cell_len - 3 > width:
                key.append(Text())
            key[-1].append_text(known)
        return [title, *key, Text(), head] if many else [head]

    def _look_of(self, place: int) -> Look:
        if len(self._faces) > _FEW:
            return policy_colour(self, self._faces[place].sign)
        return self._style("other" if place else "base")

    def _style(self, name: str) -> Look:
        return look(self, f"endings--{name}")
