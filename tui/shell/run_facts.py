"""What is to be said about a past run, line by line."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui.shell.scenario_file import at_home

if TYPE_CHECKING:
    from results.runs.store import Manifest


def facts(folder: Path, manifest: Manifest) -> Iterator[str]:
    """What was run, when, how often, and what came out."""
    from results.reading.names import titles_together
    from results.runs.manifest import START_AGAIN

    count = manifest.replications
    state = "" if manifest.complete else f" of {manifest.planned} planned; unfinished"
    yield called(manifest)
    yield f"{local(manifest.started)}, {count} replications{state}, seed {manifest.origin.seed}"
    if manifest.cannot_go_on:
        yield f"{START_AGAIN[0].upper()}{START_AGAIN[1:]}. This folder stays as it is."
    yield f"Policies: {titles_together(_titles(folder, manifest))}"
    if manifest.centres:
        yield f"Centres that fit the figures: {manifest.centres}"
    for sentence in manifest.verdicts.values():
        yield ""
        yield f"• {sentence}"
    yield ""
    yield manifest.command
    yield str(folder)


def _titles(folder: Path, manifest: Manifest) -> Iterator[str]:
    """What the policies of a run are called; by their names where its scenario cannot be read."""
    from results.reading.names import name_in_words

    try:
        said = tomllib.loads((folder / "scenario.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        said = {}
    for policy in manifest.policies:
        made = said.get("policies", {}).get(policy, {})
        if policy == said.get("baseline"):
            made = made or {"title": said.get("report", {}).get("baseline_title")}
        yield made.get("title") or name_in_words(policy)


def called(manifest: Manifest) -> str:
    """The scenario of a run: the file where one is known, since others may have its name."""
    return at_home(Path(manifest.file)) if manifest.file else manifest.name


def local(moment: str) -> str:
    """A moment in ISO 8601 as a clock in this place shows it: ``2025-11-21 18:43``."""
    try:
        return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return moment


def moment(then: str) -> str:
    """A moment in ISO 8601 where room is short: ``21 Nov 18:43``; with the year if another one."""
    try:
        here = datetime.fromisoformat(then).astimezone()
    except ValueError:
        return then
    form = "%d %b %H:%M" if here.year == datetime.now(here.tzinfo).year else "%d %b %Y"
    return f"{here:{form}}"
