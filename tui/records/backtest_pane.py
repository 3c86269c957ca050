"""How well the centre predicts days that it has not seen: a sentence, charts, a table."""

from __future__ import annotations

from rich.text import Text
from textual import getters
from textual.app import ComposeResult
from textual.widgets import Static

from results.backtest.backtest import Backtest, Part
from results.backtest.words import background, headline, verdict, well_enough
from tui.parts.band_chart import BandLook
from tui.parts.boxed import beside
from tui.records.predicted import LEGEND, SHOWN, charts, errors, totals
from tui.records.session import Session
from tui.records.texts import HEAD, aligned, bullets
from tui.records.words_pane import WordsPane
from tui.shell.shell import Shell

SIDE_BY_SIDE = 110
"""Width from which the day stands next to the days."""
GAP = 3
LEAST_HEIGHT, MOST_HEIGHT = 9, 16


class BacktestPane(WordsPane):
    """Observed against predicted, and whether that is good enough."""

    DEFAULT_CSS = """
    BacktestPane {
        padding: 0 1;
        scrollbar-size-vertical: 1;

        #backtest-said { height: auto; max-width: 118; }
        #backtest-drawn { height: auto; margin-top: 1; }
        #backtest-rest { height: auto; max-width: 118; margin-top: 1; }
    }
    """

    app = getters.app(Shell)

    def __init__(self, session: Session) -> None:
        super().__init__(session, id="backtest")

    def compose(self) -> ComposeResult:
        """The sentence, the charts and tables, how it was done."""
        yield Static("", id="backtest-said", markup=False)
        yield Static("", id="backtest-drawn", markup=False)
        yield Static("", id="backtest-rest", markup=False)

    def renew(self) -> None:
        """Show what is known."""
        test = self._session.test
        said: Text | str = self._reason if test is None else self._sentences(test)
        self.query_one("#backtest-said", Static).update(said)
        self.query_one("#backtest-drawn", Static).update(self._drawn(test) if test else "")
        rest = bullets(background(test)) if test else ""
        self.query_one("#backtest-rest", Static).update(rest)

    def _sentences(self, test: Backtest) -> Text:
        good, words = well_enough(test)
        colours = self.app.theme_variables
        mark = Text("✓ " if good else "✗ ", colours["success" if good else "warning"])
        return Text("\n").join(
            [
                mark.append(words, f"bold {colours['foreground']}"),
                Text(headline(test)),
                Text(verdict(test)),
            ]
        )

    def _drawn(self, test: Backtest) -> Text:
        width = max(40, self.size.width - 4)
        lines: list[Text] = []
        for number, part in enumerate(test.parts):
            if number:
                lines.append(Text())
            dates = (
                f"{part.title.capitalize()}: {len(part.dates)}, {test.replications} replications"
            )
            lines += [Text(dates, HEAD), *self._part(part, width)]
        return Text("\n", no_wrap=True).join(lines)

    def _part(self, part: Part, width: int) -> list[Text]:
        colours = self.app.theme_variables
        look = BandLook(
            colours["primary"],
            f"bold {colours['foreground']}",
            f"bold {colours['warning']}",
            colours.get("muted", "dim"),
        )
        lines = [Text(LEGEND, colours.get("muted", "dim"))]
        wide = width >= SIDE_BY_SIDE
        room = (width - GAP) // 2 if wide else width
        height = max(LEAST_HEIGHT, min(MOST_HEIGHT, (self.app.size.height - 14) // 2))
        for figure in SHOWN:
            titles = (f"{figure.title}, by day", f"{figure.title}, by half hour")
            made = charts(part, figure, room, height, look)
            drawn = [[Text(title, HEAD), *rows] for title, rows in zip(titles, made, strict=True)]
            if wide:
                lines += [Text(), *beside(drawn, [room, room], GAP)]
            else:
                lines += [line for rows in drawn for line in (Text(), *rows)]
        for rows in (
            totals(part),
            errors(part, "day", "by day"),
            errors(part, "half_hour", "by half hour"),
        ):
            lines += [Text(), *aligned(rows, min(width, 100))]
        return lines
