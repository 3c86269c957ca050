"""Values that could not be read: counted by column, and shown without giving anybody away."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from scenarios.records.report import Finding
from scenarios.records.sources.cells import Cells

_SHOWN = 3


@dataclass
class Notes:
    """What reading the values of a file brought up, in order."""

    findings: list[Finding] = field(default_factory=list)

    def add(self, what: str, rows: int, done: str, effect: str = "") -> None:
        """Note something, if any row has it."""
        if rows:
            self.findings.append(Finding(what, int(rows), done, effect))

    def say(self, what: str, done: str, effect: str = "") -> None:
        """Note something that is about a whole column or file."""
        self.findings.append(Finding(what, 0, done, effect))

    def misread(self, column: str, cells: Cells, bad: list[int], what: str) -> None:
        """Note the values of a column (by their places) that are not what they should be."""
        if not bad:
            return
        counts = cells.counts()
        rows = sum(int(counts[place]) for place in bad)
        examples = tuple(outline(cells.texts[place]) for place in bad[:_SHOWN])
        self.findings.append(
            Finding(
                f'Values in "{column}" are not {what}.',
                rows,
                "They count as not known; their rows stay.",
                examples=examples,
            )
        )


def outline(text: str) -> str:
    """A value that could not be read, letters as x: it may stand in the wrong column."""
    return re.sub(r"[^\W\d_]", "x", text[:24]) if not _long_number(text) else "9" * 8 + "…"


def _long_number(text: str) -> bool:
    return len(re.sub(r"\D", "", text)) > 8 and ":" not in text
