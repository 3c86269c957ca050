"""What the reports of all kinds of records share."""

from __future__ import annotations

from pathlib import Path

from scenarios.records.mapping import KINDS
from scenarios.records.report import DataReport, Finding
from scenarios.records.sources.grid import Grid
from scenarios.records.taken import Taken
from scenarios.records.values.misread import Notes


def report_of(grid: Grid, taken: Taken, notes: Notes, used: int) -> DataReport:
    """What was read and found; figures, days and outages are for the kind to add."""
    findings = [*_joined(grid.findings), *_joined(notes.findings)]
    return DataReport(
        sources=tuple(Path(part.file).name for part in grid.parts),
        kind=KINDS[taken.kind],
        layout=taken.mapping.title,
        rows_read=grid.lines,
        rows_used=used,
        columns=dict(taken.columns),
        left=taken.left,
        findings=tuple(sorted(findings, key=lambda each: (not each.effect, -each.rows))),
    )


def _joined(findings: list[Finding]) -> list[Finding]:
    """Findings of several files that are of one kind as one."""
    made: dict[tuple[str, str], Finding] = {}
    for found in findings:
        key = found.what, found.done
        if key in made:
            before = made[key]
            made[key] = Finding(
                found.what,
                before.rows + found.rows,
                found.done,
                before.effect or found.effect,
                (before.examples + found.examples)[:3],
            )
        else:
            made[key] = found
    return list(made.values())
