"""What a key is called and counted in, written next to it for tables, charts and the what-if."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel


@dataclass(frozen=True)
class Meta:
    """Names and unit of a key, as an annotation of its type; its meaning is the text under it."""

    title: str = ""
    """What it is where it stands alone: an assumption in tables and charts, a kind of step."""
    unit: str = ""
    """What the number is counted in: s, share (a fraction of 1), factor, money, logit, …"""
    knob: str = ""
    """What the what-if calls it under the heading of its section; ``*`` stands for its own name,
    an ellipsis for what it belongs to. Without one the key is no knob."""
    names: str = ""
    """The table of the scenario whose names may stand here."""
    on: Any = None
    """What the what-if writes to switch the section on."""


def meta_of(part: type[BaseModel], key: str) -> Meta:
    """Names and unit of a key of a section; nothing where none are written."""
    noted = part.model_fields[key].metadata
    return next((one for one in noted if isinstance(one, Meta)), Meta())
