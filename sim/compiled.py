"""The compiled core: the modules of the floor as machine code, where somebody has built them.

``make compiled`` builds it into a folder of its own. It is used as long as it was built from the
very sources that are here, by this Python, and gives the same bits; otherwise, and with
``FIRSTLINE_COMPILED=0``, the sources themselves are run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

SIM = Path(__file__).parent
FOLDER = SIM / "_compiled"
"""Where it is built."""
MANIFEST = FOLDER / "manifest.json"
"""What it was built from; written when all else is there."""
SWITCH = "FIRSTLINE_COMPILED"
"""Environment variable: 0 for the sources even where the compiled core could be used."""


def fingerprint(files: Iterable[str]) -> str:
    """What a compiled core has to be built from to be used: these sources, on this Python.

    Args:
        files: paths in ``sim``.
    """
    from hashlib import sha256  # only where there is a compiled core

    found = sha256(EXTENSION_SUFFIXES[0].encode())  # Python, system and processor
    for name in sorted(files):
        path = SIM / name
        found.update(name.encode() + (path.read_bytes() if path.is_file() else b""))
    return found.hexdigest()


class _Finder(MetaPathFinder):
    """Finds the compiled modules by name."""

    def __init__(self, modules: dict[str, str]) -> None:
        self._modules = modules

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - part of what Python asks a finder
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Where a module of the core is; None for all others."""
        file = self._modules.get(fullname)
        if file is None:
            return None
        place = str(FOLDER / file)
        return spec_from_file_location(fullname, place, loader=ExtensionFileLoader(fullname, place))


def use() -> str:
    """Use the compiled core from now on, if there is one that fits; say in words what is run."""
    if not MANIFEST.is_file():
        return "plain Python"
    if os.environ.get(SWITCH) == "0":
        return f"plain Python, as {SWITCH}=0 asks for"
    import json  # only where there is a compiled core

    try:
        told = json.loads(MANIFEST.read_text(encoding="utf-8"))
        whole = all((FOLDER / file).is_file() for file in told["modules"].values())
        fits = whole and fingerprint(told["sources"]) == told["fingerprint"]
    except (OSError, ValueError, KeyError, TypeError):  # a build that was killed while it wrote
        fits = False
    if not fits:
        return "plain Python; the compiled core is of other sources (make compiled)"
    sys.meta_path.insert(0, _Finder(told["modules"]))
    return "compiled"
