"""Another experiment: why an unfinished run cannot continue with what was asked, and what can."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from results.runs.names import SCENARIO, STUDY_FILE
from results.studies.kept import changed_since
from scenarios import Scenario, ScenarioError, load
from scenarios.files.toml_text import shortened
from scenarios.policies.differences import all_differences

MOST = 8
"""Keys that are named."""


def another(
    folder: Path,
    scenario: Scenario,
    differences: Sequence[str],
    files: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The message for a run that was started with something else than is asked for now.

    Args:
        folder: of the unfinished run.
        scenario: that is asked for now.
        differences: what sets the experiments apart, readable.
        files: what the folder of a study would keep of what is asked now.
    """
    lines = [f"{folder} belongs to another experiment: {', '.join(differences)}."]
    begun = folder / SCENARIO
    try:
        if STUDY_FILE in files:
            changed = changed_since(folder, files)
        else:
            changed = all_differences(load(begun), scenario)
    except ScenarioError:
        return " ".join((*lines, _SAME))
    named = [f"  {one.key}: {_shown(one.old)} → {_shown(one.new)}" for one in changed[:MOST]]
    if named:
        more = [f"  and {len(changed) - MOST} more"] if len(changed) > MOST else []
        lines += ["Changed since it was started (file, --set or --days):", *named, *more]
    lines += [_SAME, _kept(folder, begun)]
    return "\n".join(lines)


_SAME = "Give the same scenario, changes and seed, or leave out --resume to start a new run."


def _kept(folder: Path, begun: Path) -> str:
    study = folder / STUDY_FILE
    command, file = ("study", study) if study.exists() else ("compare", begun)
    paths = shlex.quote(str(file)), shlex.quote(str(folder))
    return f"To continue it as it was started: firstline {command} {paths[0]} --resume {paths[1]}"


def _shown(value: object) -> str:
    return "left out" if value is None else shortened(value)
