"""Settings of a run, as they are shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """Something about a run that can be set."""

    name: str
    label: str
    value: str
    """In words."""
