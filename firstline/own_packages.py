"""Own packages: ``scenarios``, ``sim``, ``results`` and ``tui`` always mean firstline's.

The names are common words, and Python looks into a script's folder first: a ``results.py`` there
would be taken for the package. So these four names, and no others, are looked up next to firstline
itself. Two cases are left, and both are explained: a module of one of these names that was imported
before firstline, and a script that expects its own file under one of these names afterwards.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType

NAMES = ("scenarios", "sim", "results", "tui")
ROOT = Path(__file__).resolve().parents[1]
"""The folder in which the packages lie, next to this one."""


def claim() -> None:
    """Have the four names mean firstline's packages from now on.

    Raises:
        ImportError: another module was imported under one of them before.
    """
    for name in NAMES:
        module = sys.modules.get(name)
        if module is not None and not _is_ours(name, module):
            raise ImportError(
                f"firstline needs its own package '{name}', but {_place(module)} was imported "
                f"under that name before. Rename that file, for example to my_{name}.py. "
                f"The names that firstline needs are {', '.join(NAMES)}."
            )
    if not any(isinstance(finder, _OwnPackages) for finder in sys.meta_path):
        sys.meta_path.insert(0, _OwnPackages())


class _OwnPackages(MetaPathFinder):
    """Finds the four packages next to this one, and nothing else."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - the four names are at the top
        target: ModuleType | None = None,  # noqa: ARG002 - only a reload has one
    ) -> ModuleSpec | None:
        if fullname not in NAMES:
            return None
        spec = PathFinder.find_spec(fullname, [str(ROOT)])
        hidden = _hidden_file(fullname)
        if spec is not None and hidden and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Explaining(spec.loader.name, spec.loader.path, hidden)
        return spec


class _Explaining(SourceFileLoader):
    """Loads a package that hides a file of the user's, and says so where the file is expected."""

    def __init__(self, fullname: str, path: str, hidden: str) -> None:
        super().__init__(fullname, path)
        self._hidden = hidden

    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        own = module.__dict__.get("__getattr__", _missing)
        module.__dict__["__getattr__"] = partial(self._explain, own)

    def _explain(self, own: Callable[[str], object], attribute: str) -> object:
        """What the package has to give when it is asked, else why it has not what is expected."""
        try:
            return own(attribute)
        except AttributeError:
            # What every module may be asked for, and submodules that are not loaded yet.
            package, places = self.name, [str(ROOT / self.name)]
            if attribute.startswith("__") or PathFinder.find_spec(f"{package}.{attribute}", places):
                raise
        # An AttributeError would be replaced by Python's own words in `from results import name`.
        raise ImportError(
            f"'{package}' is a package of firstline here and has no '{attribute}'; it hides "
            f"{self._hidden}. Rename that file, for example to my_{package}.py."
        )


def _missing(attribute: str) -> object:
    """Stand in for a package that gives nothing beyond what is in it."""
    raise AttributeError(attribute)


def _is_ours(name: str, module: ModuleType) -> bool:
    file = getattr(module, "__file__", None)
    return file is not None and Path(file).resolve().parent == ROOT / name


def _place(module: ModuleType) -> str:
    """The file of a module, or the folder of a package without one."""
    return getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", [])), "")


def _hidden_file(name: str) -> str | None:
    """The file that Python would load under a name if firstline were not there."""
    elsewhere = [entry for entry in sys.path if Path(entry).resolve() != ROOT]
    spec = PathFinder.find_spec(name, elsewhere)
    return None if spec is None else spec.origin
