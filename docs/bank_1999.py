"""Write the shipped scenario bank-1999 anew from what firstline fit made of its call log.

firstline fit LOG --mapping examples/bank_1999_columns.toml -o bank-1999.toml
python docs/bank_1999.py bank-1999.toml

The call log (LOG) is not part of firstline: see docs/scenarios/bank-1999.md. What is made by
hand (the opening comment, titles, targets, the group peak_help and the policies) is kept from the
shipped file or stands here; everything else is what the command wrote.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

LIBRARY = Path(__file__).parent.parent / "scenarios" / "library"
TABLES = ("agents", "logons", "resampled")
WRITTEN = "# Written from the records of a centre."
UNKNOWN = "# --- What is not known for certain ---"
BASELINE = 'baseline = "as-it-was"\n'
BY_HAND = """[report]
baseline_title = "As it was"

[targets]
answer_within_s = 20
interval_min = 30

"""
TITLES = {
    "regular": "Regular banking",
    "prospect": "Prospective customer",
    "stock": "Stock trading",
    "returned_call": "Returned call",
    "internet": "Internet support",
}
HELPED = ("regular", "prospect")
"""Reasons that the group peak_help takes as well."""


def scenario(fitted: str, shipped: str) -> str:
    """The shipped scenario.

    Args:
        fitted: What the command wrote.
        shipped: The scenario as it was, whose parts made by hand are kept.
    """
    named = _between(shipped, 'title = "', BASELINE) + BASELINE
    text = _between(fitted, "", "title = ") + named + _after(fitted, 'story = "')
    # The working week there; the day before it only warms up.
    text = _put(text, 'first_weekday = "sunday"', 'first_weekday = "saturday"  # warms up')
    text = _put(text, "[opening]\n", BY_HAND + "[opening]\n")
    for name, title in TITLES.items():
        groups = '[{ groups = ["agents", "peak_help"] }]' if name in HELPED else '["agents"]'
        here = f"[reasons.{name}]\n"
        text = _put(
            text, here + 'groups = ["agents"]', f'{here}title = "{title}"\ngroups = {groups}'
        )
    policies = _between(shipped, "[groups.peak_help]", UNKNOWN)
    return _between(shipped, "", WRITTEN) + _put(text, UNKNOWN, f"{policies}{UNKNOWN}")


def _put(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        sys.exit(f"{text.count(old)} times in the fitted scenario, not once: {old}")
    return text.replace(old, new)


def _between(text: str, first: str, last: str) -> str:
    return text[text.index(first) : text.index(last)]


def _after(text: str, start: str) -> str:
    """The lines below the one that starts so."""
    return text[text.index("\n", text.index(start)) + 1 :]


if __name__ == "__main__":
    source = Path(sys.argv[1])
    target = LIBRARY / "bank-1999.toml"
    made = scenario(source.read_text(encoding="utf-8"), target.read_text(encoding="utf-8"))
    for name in TABLES:
        table = source.with_name(f"{source.stem}-{name}.csv")
        shutil.copyfile(table, LIBRARY / f"bank-1999-{name}.csv")
        made = made.replace(table.name, f"bank-1999-{name}.csv")
    target.write_text(made, encoding="utf-8")
