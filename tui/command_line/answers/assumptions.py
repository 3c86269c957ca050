"""The register of assumptions for people and programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from scenarios import AssumedUnder
from tui.terminal.console import data, tell


def rows_of(found: Iterable[AssumedUnder]) -> list[dict[str, Any]]:
    """One row for each place and value, for programs."""
    return [
        {
            "key": one.assumed.key,
            "title": one.assumed.assumption.title,
            "value": one.assumed.number_or_text,
            "unit": one.assumed.assumption.unit,
            "default": one.assumed.assumption.default,
            "low": one.assumed.assumption.low,
            "high": one.assumed.assumption.high,
            "strength": one.assumed.strength,
            "source": one.assumed.source,
            "used": one.assumed.used,
            "overridden": one.assumed.overridden,
            "policies": " ".join(one.policies),
        }
        for one in found
    ]


def print_register(found: Sequence[AssumedUnder]) -> None:
    """Print the whole register at its defaults."""
    _print(found, ())
    data().print()
    tell(
        "firstline assumptions SCENARIO shows those that a scenario uses, and the values that it "
        "changes.",
        style="dim",
    )


def print_assumptions(
    name: str, found: Sequence[AssumedUnder], policies: Sequence[str], *, everything: bool
) -> None:
    """Print what a scenario assumes.

    Args:
        name: of the scenario.
        found: the register under its policies.
        policies: all of them.
        everything: those it does not use as well.
    """
    console = data()
    used = [one for one in found if one.assumed.stands]
    rest = [one for one in found if not one.assumed.stands]
    if used:
        console.print(f"What is assumed in {name}\n", style="bold", soft_wrap=True)
        _print(used, policies)
    else:
        tell(f"{name} uses no assumption of the register.")
    if rest and everything:
        console.print(f"\nNot used in {name}\n", style="bold", soft_wrap=True)
        _print(rest, policies)
    elif rest:
        console.print()
        tell(f"{len(rest)} assumptions are not used here; --all shows them.", style="dim")


def _print(found: Iterable[AssumedUnder], policies: Sequence[str]) -> None:
    console = data()
    for one in found:
        assumption = one.assumed.assumption
        where = f" · under {', '.join(one.policies)}" if len(one.policies) < len(policies) else ""
        console.print(f"{assumption.title}: {one.assumed.value_text}", style="bold", end="")
        set_here = f"  set here, the default is {assumption.written(assumption.default)}"
        console.print(set_here if one.assumed.overridden else "")
        tell(f"{one.assumed.key}{where}", mark="    ", style="dim")
        tell(f"{one.assumed.strength}: {one.assumed.source}", mark="    ", style="dim")
