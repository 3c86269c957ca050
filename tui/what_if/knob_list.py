"""The knobs in sections that open and close, with what was changed marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType

from tui.parts.line_list import LineList
from tui.what_if.finding import likeness, told_words
from tui.what_if.knob import Knob

MARK = "●"
BUTTONS = " − +"
"""At the end of the line with the cursor; a click on a sign turns the knob."""
GUTTER = 1
LEAST_WITH_BASE = 36
"""Width from which the base's value has room next to the changed one."""


@dataclass(frozen=True)
class Line:
    """A section, a heading or a knob."""

    section: str
    heading: str = ""
    knob: Knob | None = None


class KnobList(LineList):
    """Every knob of the open scenario, in sections and under headings that open and close."""

    DEFAULT_CSS = """
    KnobList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left,minus",
            "step(-1)",
            "Less",
            id="knob.less",
            key_display="−",
            tooltip="Less of it, or the choice before",
            show=False,
        ),
        Binding(
            "right,plus,equals_sign",
            "step(1)",
            "More",
            id="knob.more",
            key_display="+",
            tooltip="More of it, or the next choice",
            show=False,
        ),
        Binding(
            "enter",
            "choose",
            "Set",
            id="knob.set",
            tooltip="Type a value, pick a choice, switch, open or close a section",
        ),
        Binding(
            "space",
            "choose",
            "Switch",
            id="knob.switch",
            tooltip="Switch on or off, open or close a section",
            show=False,
        ),
    ]

    def __init__(
        self,
        turn: Callable[[Knob, object], None],
        ask: Callable[[Knob], None],
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """Make the list.

        It calls instead of sending messages: what the next key does depends on what this one did,
        and a message that is still under way would turn a knob from where it stood before.

        Args:
            turn: turns a knob to a value and shows the knobs anew.
            ask: lets a value be typed or picked for a knob.
            id: of the widget.
        """
        super().__init__(id=id)
        self._turn, self._ask = turn, ask
        self._knobs: Sequence[Knob] = ()
        self._lines: list[Line] = []
        self._folded: set[tuple[str, str]] = set()
        self._needle: Sequence[str] = ()

    # -- what is shown -------------------------------------------------------------------------

    def show_knobs(self, knobs: Sequence[Knob]) -> None:
        """Show knobs; the cursor stays on the knob that it was on."""
        before = self.current
        if not self._knobs:
            self._folded = _first_view(knobs)
        self._knobs = knobs
        self._lay_out(before.key if before else knobs[0].key)

    def forget(self) -> None:
        """Begin anew with another scenario: the first section open, nothing sought."""
        self._knobs, self._needle, self._folded = (), (), set()
        self.cursor = 0

    def find(self, text: str) -> None:
        """Show only what a text means, by name or help text, the cursor on what fits it best."""
        self._needle = told_words(text)
        before = self.current
        key = before.key if before else ""
        if self._needle:
            best = max(self._knobs, key=self._likeness, default=None)
            key = best.key if best is not None else key
        self._lay_out(key)

    def go_to(self, key: str) -> None:
        """Put the cursor on a knob, its section opened."""
        for knob in self._knobs:
            if knob.key == key:
                self._folded -= {(knob.section, ""), (knob.section, knob.heading)}
                self._lay_out(key)

    @property
    def current(self) -> Knob | None:
        """The knob that has the cursor."""
        if 0 <= self.cursor < len(self._lines):
            return self._lines[self.cursor].knob
        return None

    @property
    def current_line(self) -> Line | None:
        """The line that has the cursor."""
        return self._lines[self.cursor] if 0 <= self.cursor < len(self._lines) else None

    def _lay_out(self, key: str) -> None:
        self._lines = list(self._laid())
        places = {line.knob.key: at for at, line in enumerate(self._lines) if line.knob}
        if key in places:
            self.cursor = places[key]
        elif self._needle and places:
            self.cursor = min(places.values())
        self.renew()
        self.post_message(self.Moved(self))

    def _laid(self) -> Iterator[Line]:
        section = heading = ""
        for knob in self._knobs:
            if not self._sought(knob):
                continue
            if knob.section != section:
                section, heading = knob.section, ""
                yield Line(section)
            if self._is_folded(section):
                continue
            if knob.heading != heading:
                heading = knob.heading
                if heading:
                    yield Line(section, heading)
            if not heading or not self._is_folded(section, heading):
                yield Line(section, heading, knob)

    def _sought(self, knob: Knob) -> bool:
        return not self._needle or self._likeness(knob) > 0.0

    def _likeness(self, knob: Knob) -> float:
        name = f"{knob.section} {knob.heading} {knob.label}"
        return likeness(self._needle, name, knob.note)

    def _is_folded(self, section: str, heading: str = "") -> bool:
        return (section, heading) in self._folded and not self._needle

    # -- lines ---------------------------------------------------------------------------------

    def count(self) -> int:
        """Lines that are open."""
        return len(self._lines)

    def line(self, index: int, width: int) -> Text:
        """A section, a heading or a knob; a blank stays between it and the scrollbar."""
        line, width = self._lines[index], width - GUTTER
        if line.knob is None:
            return self._title(line, width)
        return self._knob(line.knob, width, buttons=index == self.cursor)

    def _title(self, line: Line, width: int) -> Text:
        changed = sum(
            knob.changed
            for knob in self._knobs
            if knob.section == line.section and line.heading in ("", knob.heading)
        )
        sign = "▸" if self._is_folded(line.section, line.heading) else "▾"
        look = self.style_of("strong" if line.heading else "head")
        text = Text(f"  {sign} {line.heading}" if line.heading else f"{sign} {line.section}", look)
        note = f"{changed} changed" if changed else ""
        text.truncate(width - (len(note) + 2 if note else 0), overflow="ellipsis")
        if note:
            text.append(" " * max(1, width - text.cell_len - len(note) - 1))
            text.append(note, self.style_of("marked"))
        return text

    def _knob(self, knob: Knob, width: int, *, buttons: bool) -> Text:
        value = knob.shown
        if knob.changed and width >= LEAST_WITH_BASE and knob.kind == "number":
            value = f"{knob.shown_base} → {value}"
        tail = BUTTONS if buttons else ""
        room = width - cell_len(tail) - 5
        if cell_len(value) > room // 2:
            value = _cut(value, max(room // 2, room - cell_len(knob.label)))
        label = _cut(knob.label, room - cell_len(value))
        gap = width - 4 - cell_len(label) - cell_len(value) - cell_len(tail)
        marked = self.style_of("marked")
        text = Text(" ").append(f"{MARK} " if knob.changed else "  ", marked)
        text.append(label).append(" " * gap).append(value, marked if knob.changed else "")
        return text.append(f"{tail} ", self.style_of("muted"))

    # -- turning -------------------------------------------------------------------------------

    def action_step(self, direction: int) -> None:
        """Turn the knob by one step; a section is closed or opened."""
        knob = self.current
        if knob is None:
            self._fold(closed=direction < 0)
        elif (value := knob.stepped(direction)) != knob.value:
            self._turn(knob, value)

    def action_choose(self) -> None:
        """Ask for a value, or switch."""
        knob = self.current
        if knob is None:
            line = self.current_line
            if line is not None:
                self._fold(closed=(line.section, line.heading) not in self._folded)
        elif knob.kind == "switch":
            self._turn(knob, not knob.value)
        else:
            self._ask(knob)

    def _fold(self, *, closed: bool) -> None:
        line = self.current_line
        if line is None or self._needle:
            return
        (self._folded.add if closed else self._folded.discard)((line.section, line.heading))
        self._lines = list(self._laid())
        self.cursor = self._lines.index(Line(line.section, line.heading))
        self.renew()

    def on_click(self, event: events.Click) -> None:
        """A click on − or + turns the knob, on a section opens or closes it."""
        before = self.cursor
        super().on_click(event)
        place = self.size.width - 1 - GUTTER - event.x
        if self.current is None:
            self.action_choose()
        elif self.cursor == before and place in (1, 3):
            self.action_step(+1 if place == 1 else -1)
        elif event.chain == 2:
            self.action_choose()


def _cut(text: str, width: int) -> str:
    return set_cell_size(text, width - 1) + "…" if cell_len(text) > width else text


def _first_view(knobs: Sequence[Knob]) -> set[tuple[str, str]]:
    """What is folded at first: every section but the first, and within them reasons and groups."""
    sections = dict.fromkeys(knob.section for knob in knobs)
    folded = {(section, "") for section in list(sections)[1:]}
    for section in sections:
        headings = {knob.heading for knob in knobs if knob.section == section and knob.heading}
        # A single group needs no second lid.
        folded |= {(section, heading) for heading in headings if len(headings) > 1}
    return folded
