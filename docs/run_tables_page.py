"""Write docs/run-tables.md from the data dictionary: `python docs/run_tables_page.py`."""

from __future__ import annotations

from pathlib import Path

from results.runs.dictionary import dictionary

PAGE = Path(__file__).with_name("run-tables.md")

HEAD = """# The tables of a run

Every table and column that `firstline runs query` can ask and that lies as Parquet in a run
folder, made from the data dictionary (`python docs/run_tables_page.py`); `dictionary.csv` in each
run folder says the same. In a query every table also has `run`, the name of the folder, and a table
that some runs do not keep has the rows of the others: a note names the runs without. How to ask,
from the command line and from pandas, polars or Arrow:
[query your runs](how-to/query-runs-with-sql.md). What is measured: [measures](measures.md).
"""


def page() -> str:
    """The whole page as Markdown."""
    lines = [HEAD]
    for row in dictionary():
        if row["kind"] == "table":
            lines += ["", f"## {row['table']}", "", f"{_sentence(row['meaning'])}", ""]
            lines += ["| column | type | unit | meaning |", "| --- | --- | --- | --- |"]
        elif row["kind"] == "column":
            cells = (f"`{row['name']}`", row["type"], row["unit"], row["meaning"])
            lines.append(f"| {' | '.join(map(_escaped, cells))} |")
    return "\n".join(lines).rstrip() + "\n"


def write() -> None:
    """Write the page next to this script."""
    PAGE.write_text(page(), encoding="utf-8")


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


if __name__ == "__main__":
    write()
