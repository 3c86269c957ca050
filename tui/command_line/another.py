"""Another experiment: why an unfinished run cannot go on with what was asked, and what can."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from results.runs.past import SCENARIO
from scenarios import Scenario, ScenarioError, load
from scenarios.files.toml_text import shortened
from scenarios.policies.differences import all_differences

MOST = 8
"""Keys that are named."""


def another(folder: Path, scenario: Scenario, differences: Sequence[str]) -> str:
    """What is said when a run was begun with something else than is asked for now.

    Args:
        folder: of the unfinished run.
        scenario: that is asked for now.
        differences: what sets the experiments apart, in words.
    """
    lines = [f"{folder} is a run of another experiment: {', '.join(differences)}."]
    begun = folder / SCENARIO
    try:
        changed = all_differences(load(begun), scenario)
    except ScenarioError:
        return " ".join((*lines, _SAME))
    named = [f"  {one.key}: {_shown(one.old)} → {_shown(one.new)}" for one in changed[:MOST]]
    if named:
        more = [f"  and {len(changed) - MOST} more"] if len(changed) > MOST else []
        lines += ["What was changed since it began (file, --set or --days):", *named, *more]
    lines += [_SAME, _kept(folder, begun)]
    return "\n".join(lines)


_SAME = "Give the same scenario, changes and seed, or leave --resume out for a run of its own."


def _kept(folder: Path, begun: Path) -> str:
    paths = shlex.quote(str(begun)), shlex.quote(str(folder))
    return f"As it was begun, it goes on with: firstline compare {paths[0]} --resume {paths[1]}"


def _shown(value: object) -> str:
    return "left out" if value is None else shortened(value)
