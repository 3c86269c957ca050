"""The headline figures as cards: from which value to which, what that means, how sure it is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from results.comparison.comparison import Comparison
from results.reading.format import UNDEFINED
from results.reading.table import Row, measure_rows
from tui.parts.boxed import EDGES, beside, boxed
from tui.parts.fitting import fitted
from tui.parts.interval_bar import interval_bar
from tui.parts.looks import look
from tui.parts.sheet import Look

ASKED = (
    ("wait_all", "asa", "response_time", "service_level"),
    ("fcr_complaints", "fcr"),
    ("abandonment", "escalation_rate", "csat_true"),
    ("total_cost", "service_cost"),
)
"""What a manager asks: waits, first contact, who is lost, money; of each the first known one."""

_FIRST = ASKED[0][0]

TITLES = {
    "wait_all": ("Wait for an agent", "Wait"),
    "asa": ("Wait of those answered", "Wait, if answered"),
    "response_time": ("Wait for an answer in writing", "Wait in writing"),
    "fcr_complaints": ("Complaints at first contact", "At first contact"),
    "fcr": ("Resolved at first contact", "At first contact"),
    "abandonment": ("Hang up waiting", "Hang up"),
    "total_cost": ("Cost in all, a day", "Cost a day"),
    "service_cost": ("Service cost a day", "Service a day"),
}
"""In words for one who reads them once: in full, and where room is short."""

LEAST, HIGH, GAP = 22, 5, 1
"""Columns and rows of a card, and the blanks between two."""
FEWEST = 3
"""Cards that stand in a row at least; where there is no room for so many each takes a line."""
LOW = 34
"""Rows of the screen below which each card takes a line."""


_NO_INTERVAL = (math.nan, math.nan, math.nan)


@dataclass(frozen=True)
class Card:
    """One headline figure."""

    title: str
    short: str
    """The title where room is short."""
    before: str = ""
    """Under the base; empty while there is none."""
    now: str = ""
    """Under the policy; empty while nothing is compared."""
    change: str = ""
    margin: str = ""
    arrow: str = ""
    word: str = ""
    """Better, worse, differs, unclear, same."""
    effect: str = "unclear"
    interval: tuple[float, float, float] = _NO_INTERVAL
    """Of the difference: its lower end, its mean, its upper end."""


@dataclass(frozen=True)
class CardLook:
    """How the parts of a card are written."""

    edge: Look = ""
    title: Look = ""
    value: Look = ""
    muted: Look = ""
    better: Look = ""
    worse: Look = ""

    def of(self, effect: str) -> Look:
        """How an effect is written."""
        return {"better": self.better, "worse": self.worse}.get(effect, self.value)


def empty_cards() -> list[Card]:
    """Cards that keep their place until there is something to say."""
    return [Card(*TITLES[names[0]]) for names in ASKED]


def cards_of(comparison: Comparison, policy: str) -> list[Card]:
    """The headline figures of a policy; of the base alone where there is no other.

    Args:
        comparison: of the whole centre.
        policy: set against the base; empty for none.
    """
    rows = {row.measure: row for row in measure_rows(comparison)}
    if _FIRST in comparison.measures and "asa" in rows:
        # The wait of which the sentence above speaks, for the base alone as well.
        (row,) = measure_rows(comparison, [_FIRST])
        if row.cells[comparison.baseline].value != UNDEFINED:
            rows[_FIRST] = row
    return [
        _card(comparison, rows[name], policy)
        for names in ASKED
        for name in [one for one in names if one in rows][:1]
    ]


def _card(comparison: Comparison, row: Row, policy: str) -> Card:
    title, short = TITLES.get(row.measure, (row.short, row.short))
    base = row.cells[comparison.baseline]
    cell = row.cells.get(policy)
    if cell is None:
        return Card(title, short, base.value, margin=base.margin)
    return Card(
        title,
        short,
        base.value,
        cell.value,
        cell.change,
        cell.change_margin,
        cell.arrow,
        cell.word,
        cell.effect,
        cell.interval or _NO_INTERVAL,
    )


def drawn_cards(cards: Sequence[Card], width: int, looks: CardLook) -> list[Text]:
    """Cards in a row; where there is no room for all of them, the one before the last is left out.

    Args:
        cards: in their order, the most important first and last.
        width: columns that there are.
        looks: styles.
    """
    across = max(1, min(len(cards), (width + GAP) // (LEAST + GAP)))
    shown = [*cards[: across - 1], *cards[-1:]]
    room = (width - GAP * (len(shown) - 1)) // max(1, len(shown))
    edges = looks.edge, looks.title
    drawn = [
        boxed(_titled(card, room - 6), [*_inside(card, room - EDGES, looks)], room, HIGH, *edges)
        for card in shown
    ]
    return beside(drawn, [room] * len(drawn), GAP)


def _titled(card: Card, room: int) -> str:
    return card.title if cell_len(card.title) <= room else card.short


def _inside(card: Card, width: int, looks: CardLook) -> Iterator[Text]:
    """From and to, the difference and what it means, its interval."""
    tone = looks.of(card.effect)
    yield _values(card, looks)
    if not card.now:
        yield Text(card.margin, looks.muted)
        return
    line = Text(f"{card.arrow} {card.word}".strip(), tone)
    room = width - line.cell_len - 1
    change = card.change.removesuffix(" points")
    fitting = [f"{card.change} {card.margin}", f"{change} {card.margin}", card.change, change, ""]
    said = next(one for one in fitting if cell_len(one) <= max(0, room))
    yield line.append(f" {said.strip():>{max(0, room)}}", looks.muted)
    yield Text(interval_bar(*card.interval, width), tone)


def _values(card: Card, looks: CardLook) -> Text:
    if not card.before:
        return Text("–", looks.muted)
    if not card.now:
        return Text(card.before, looks.value)
    return Text(f"{_close(card.before, card.now)} → ", looks.muted).append(card.now, looks.value)


def _close(before: str, now: str) -> str:
    """The first of two numbers without its unit where the second has the same one."""
    number, _, unit = before.rpartition(" ")
    return number if number and now.endswith(f" {unit}") else before


def card_lines(cards: Sequence[Card], width: int, looks: CardLook) -> list[Text]:
    """A line for each card, where there is no room for boxes."""
    names = min(max((cell_len(card.title) for card in cards), default=0), max(8, width // 2 - 6))
    lines = []
    for card in cards:
        tone, values = looks.of(card.effect), _values(card, looks)
        line = Text(f"{fitted(_titled(card, names), names)} ", looks.title).append_text(values)
        tail = f"{card.arrow} {card.word}".strip() if card.now else card.margin
        room = width - line.cell_len - 10
        if room >= 1:
            line.append(" " * room)
        line.append(f" {tail}", tone if card.now else looks.muted)
        line.truncate(width, overflow="ellipsis")
        lines.append(line)
    return lines


class HeadlineCards(Widget):
    """Cards that keep their place and size whatever stands in them."""

    DEFAULT_CSS = """
    HeadlineCards {
        height: auto;
        & > .cards--edge { color: $border-blurred; }
        & > .cards--title { color: $text-muted; }
        & > .cards--value { color: $text; text-style: bold; }
        & > .cards--muted { color: $text-muted; }
        & > .cards--better { color: $success; text-style: bold; }
        & > .cards--worse { color: $warning; text-style: bold; }
    }
    """
    COMPONENT_CLASSES = {  # noqa: RUF012 - Textual's way
        f"cards--{name}" for name in ("edge", "title", "value", "muted", "better", "worse")
    }

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._cards: Sequence[Card] = empty_cards()

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show other figures.

        Args:
            cards: none keeps the place of those that are usual.
        """
        before, self._cards = len(self._cards), cards or empty_cards()
        self.refresh(layout=before != len(self._cards))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many rows as they take at a width, which may be another one than now."""
        return len(self._lines(width))

    def render(self) -> Text:
        """Boxes, or lines on a low or narrow screen."""
        return Text("\n", no_wrap=True, overflow="crop").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Text]:
        names: Mapping[str, Look] = {
            name: look(self, f"cards--{name}")
            for name in ("edge", "title", "value", "muted", "better", "worse")
        }
        small = self.app.size.height < LOW or width < FEWEST * (LEAST + GAP) - GAP
        draw = card_lines if small else drawn_cards
        return draw(self._cards, width, CardLook(**names))
