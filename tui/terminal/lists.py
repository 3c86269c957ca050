"""Lists as they are typed: names with commas between them."""

from __future__ import annotations


def listed(text: str | None) -> list[str] | None:
    """The names in a list with commas, each once; None when no list was given."""
    if text is None:
        return None
    return list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
