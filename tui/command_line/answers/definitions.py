"""The measures as they are defined, for people and programs."""

from __future__ import annotations

from collections.abc import Mapping

from results.measures.registry import MEASURES
from tui.terminal.console import data, tell

Definition = dict[str, str]


def definitions() -> dict[str, Definition]:
    """What defines each measure, by its name, in the order of reports."""
    return {
        name: {
            "name": name,
            "title": measure.title,
            "equation": measure.equation,
            "unit": measure.unit,
            "better": measure.better or "neither",
            "by": ", ".join(measure.scope),
            "source": measure.source,
            "version": str(measure.version),
        }
        for name, measure in MEASURES.items()
    }


def print_all(found: Mapping[str, Definition]) -> None:
    """Print every measure with its equation."""
    console = data()
    for one in found.values():
        console.print(f"{one['name']} ({one['unit']})", style="bold", end="  ")
        console.print(one["title"])
        tell(one["equation"], mark="    ", style="dim")


def print_one(one: Definition) -> None:
    """Print all that defines one measure."""
    data().print(one["title"], style="bold")
    for key in ("name", "equation", "unit", "better", "by", "source", "version"):
        tell(one[key], mark=f"{key:<9} ")
