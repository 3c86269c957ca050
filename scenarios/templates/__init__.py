"""Templates: small centres to begin your own scenario with."""

from __future__ import annotations

from pathlib import Path

_SUFFIX = ".toml"


def templates() -> dict[str, str]:
    """The text of each template by its name, the smallest first."""
    found = {path.stem: path.read_text(encoding="utf-8") for path in _folder().glob(f"*{_SUFFIX}")}
    return dict(sorted(found.items(), key=lambda one: len(one[1])))


def _folder() -> Path:
    # Installed packages lie unpacked, so that these are files with a path.
    return Path(__file__).parent
