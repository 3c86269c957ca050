"""Extras: packages that a part of firstline needs, and how to install them next to it."""

from __future__ import annotations

import re
import shlex
import sys
from importlib.metadata import requires
from pathlib import Path

PACKAGE = "firstline"


def packages_of(extra: str) -> list[str]:
    """The packages of an extra with their versions: ``textual-serve<2,>=1.1``."""
    asked = re.compile(rf"""extra\s*==\s*['"]{re.escape(extra)}['"]""")
    found = (one.partition(";") for one in requires(PACKAGE) or [])
    return [name.strip() for name, _, marker in found if asked.search(marker)]


def how_to_install(extra: str) -> str:
    """The command that installs an extra's packages where this firstline runs.

    It names the packages and not ``firstline[extra]``: firstline is installed from a folder, and no
    package index knows it.
    """
    packages = packages_of(extra)
    prefix = Path(sys.prefix)
    if prefix.name == PACKAGE and prefix.parent.name == "venvs":  # pipx's folder for it
        command = ["pipx", "inject", PACKAGE, *packages]
    else:
        command = [sys.executable, "-m", "pip", "install", *packages]
    return f'Install them (the extra "{extra}") with:\n  {shlex.join(command)}'
