"""What the screen says about records, as texts of the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from results.fitting import Fitted
from scenarios.fit.figure_words import figure_words
from scenarios.records.report import DataReport
from scenarios.records.report_words import amount, sentence, stretch
from tui.parts.fitting import shortened

HEAD = "bold"
MOST_DAYS = 30
"""Odd days and outages that are listed."""


def report_text(report: DataReport, width: int) -> Text:
    """What was read, found and done, and what it does to the figures."""
    files = ", ".join(report.sources)
    blocks = [
        Text(f"{files}: {report.kind} ({report.layout})."),
        Text(f"{report.rows_read:,} rows read, {report.rows_used:,} used."),
    ]
    known = [one for one in report.figures if one.after == one.after]
    if known:
        rows = [("Figure", "as they came", "as used")]
        rows += [(one.name, amount(one, one.before), amount(one, one.after)) for one in known]
        blocks += [Text(), *aligned(rows, width)]
    blocks += [Text(), Text("What was found, and done about it", HEAD)]
    found = [Text(f"• {sentence(one)}") for one in report.findings]
    blocks += found or [Text("Nothing that had to be put right.")]
    odd = [f"{day.date}: {day.odd}" for day in report.days if day.odd]
    odd += [stretch(outage) for outage in report.outages]
    if odd:
        blocks += [Text(), Text("Days to look at", HEAD)]
        blocks += [Text(f"• {words}") for words in odd[:MOST_DAYS]]
        if len(odd) > MOST_DAYS:
            blocks.append(Text(f"and {len(odd) - MOST_DAYS} more."))
    return Text("\n").join(blocks)


def fitted_text(fitted: Fitted) -> Text:
    """What was fitted: sentences, then each figure with its interval and its records."""
    blocks = [Text("What was fitted", HEAD), *(Text(f"• {line}") for line in fitted.lines)]
    for name, notes in fitted.week.notes.items():
        title = name.rpartition(".")[2].replace("_", " ")
        blocks += [Text(), Text(title.capitalize() or "The whole centre", HEAD)]
        blocks += [Text(f"• {note}") for note in notes]
    figures = [figure_words(one) for one in fitted.week.uncertain]
    if figures:
        blocks += [Text(), Text("Every figure with its 95 % interval", HEAD)]
        for words, value, interval, rests_on in figures:
            line = Text(f"{words}: ").append(value, "bold").append(f" ({interval})")
            blocks.append(line.append(f" · {rests_on}"))
    return Text("\n").join(blocks)


def aligned(rows: Sequence[tuple[str, ...]], width: int) -> Iterator[Text]:
    """A table: the first column left, the others right, the first row its head; cut to a width."""
    wide = [max(cell_len(row[at]) for row in rows) for at in range(len(rows[0]))]
    room = max(12, width - sum(wide[1:]) - 2 * (len(wide) - 1))
    first = min(wide[0], room)
    for number, row in enumerate(rows):
        line = Text(shortened(row[0], first), HEAD if number == 0 else "", no_wrap=True)
        for cell, of in zip(row[1:], wide[1:], strict=True):
            line.append(" " * (2 + of - cell_len(cell)) + cell, HEAD if number == 0 else "")
        yield line


def bullets(lines: Iterable[str]) -> Text:
    """Lines, each with a bullet."""
    return Text("\n").join(Text(f"• {line}") for line in lines)
