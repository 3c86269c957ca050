"""Write docs/validation.md from a stored run of the command: `python docs/validation_page.py`.

The run itself: `firstline validate --long --format json > docs/validation.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from results.validation.catalogue import cases
from results.validation.reference import references
from results.validation.validate import Outcome
from results.validation.verdict import Verdict, worst
from results.validation.words import cells, title

PAGE = Path(__file__).with_name("validation.md")
RUN = Path(__file__).with_name("validation.json")

HEAD = """# Validation

With everything else off, the model is the textbook's queue. This page shows every case that is
shipped with a published figure, an exact one or a formula, and what firstline's formulas and its
simulator give. `firstline validate` runs them on your machine in less than a minute, `firstline
validate --long` gives the figures of this page in some minutes, to the last digit. The page is made
from that run (`python docs/validation_page.py`), and tests keep both true.

**{agree} of {cases} cases agree, {figures} figures in all**, {simulated} of them simulated
(seed {seed}).

How to read it:

- *Expected* is what is right. *Formula* is what `firstline erlang` and the cross-check would say;
  it must be right to a millionth, or to every digit that a source prints.
- *Simulated* has its margin: the intervals of all {simulated} figures hold together with
  {sure:g} %. Each is a Student's t interval from 40 batches of time (where a case is about days,
  each day is a batch; where it is about replications, each replication), at {one:.4f} % so that
  Bonferroni's inequality gives {sure:g} % for all. A simulator that is right is therefore called
  wrong in one run of the set in {alarm}, whatever the seed.
- Where the right figure is itself simulated by somebody else, its standard error is added to that
  of the simulation (as squares); where it is rounded, half a unit of its last digit is allowed.
- Every run begins with an empty centre. A warm-up of 2 or 12 hours is left out, and so are the
  last hours, whose calls are not over. What is left of the start is far below the margins; whole
  days begin empty because the cases do.
- A margin as large as the figure itself would prove nothing: it is called *too rough*, and
  `firstline validate` ends with exit code 4.
- A short history has no margin: every event must come at its second.

The files in `results/validation/references/` say of each collected figure where it was read or how
it was computed, and what else confirms it.
"""


def page() -> str:
    """The whole page as Markdown."""
    run = json.loads(RUN.read_text(encoding="utf-8"))
    rows = run["rows"]
    simulated = run["figures_of_the_set"]
    head = HEAD.format(
        agree=run["agree"],
        cases=len({row["case"] for row in rows}),
        figures=len(rows),
        simulated=simulated,
        seed=run["seed"],
        sure=100 * (1 - run["false_alarm"]),
        one=100 * (1 - run["false_alarm"] / simulated),
        alarm=round(1 / run["false_alarm"]),
    )
    lines = [head]
    for heading, of_group in groupby(rows, key=lambda row: row["group"]):
        lines += [f"## {heading}", "", *_group(list(of_group)), ""]
    return "\n".join(lines).rstrip() + "\n"


def _group(rows: list[Mapping[str, Any]]) -> Iterator[str]:
    """The cases of a group with their sources, then a table of their figures."""
    is_history = rows[0]["counts"] == "events"
    by_case = [list(of_case) for _, of_case in groupby(rows, key=lambda row: row["case"])]
    for figures in by_case:
        first, *_ = figures
        length = f"; {first['length']:,} {first['counts']}" if first["length"] else ""
        yield f"- **{first['case']}**: {first['title']} ({_source(first['case'])}{length})"
    yield ""
    yield from _histories(by_case) if is_history else _figures(by_case)


def _figures(by_case: list[list[Mapping[str, Any]]]) -> Iterator[str]:
    yield "| case | figure | expected | formula | simulated | verdict |"
    yield "| --- | --- | ---: | ---: | ---: | --- |"
    for figures in by_case:
        for row in figures:
            name = f"**{row['case']}**" if row is figures[0] else ""
            yield f"| {name} | {title(row['figure'])} | {' | '.join(cells(_outcome(row)))} |"


def _histories(by_case: list[list[Mapping[str, Any]]]) -> Iterator[str]:
    yield "| case | what must be as told | verdict |"
    yield "| --- | --- | --- |"
    for figures in by_case:
        words = "; ".join(title(row["figure"]) for row in figures)
        verdict = worst([Verdict(row["verdict"]) for row in figures])
        yield f"| **{figures[0]['case']}** | {words} | {verdict.value} |"


def _source(name: str) -> str:
    """Where the figures come from, short; of a collected case also as the collection says it."""
    case = cases()[name]
    reference = references().get(name)
    if reference is None or reference.source == case.source:
        return case.source
    return f"{case.source}; {reference.source}"


def _outcome(row: Mapping[str, Any]) -> Outcome:
    return Outcome(
        row["figure"],
        row["unit"],
        row["expected"],
        Verdict(row["verdict"]),
        row["formula"],
        row["simulated"],
        row["margin"],
    )


def write() -> None:
    """Write the page next to this script."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
