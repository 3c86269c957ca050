#!/usr/bin/env python3
"""Print circles of imports between modules; exit with 1 if there is one.

    python .ci/circles.py PACKAGE ...        from the project's root

Imports for type checkers and inside functions count: modules that know each other cannot be read
one after the other, whenever Python loads them.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path


def imports_of(packages: list[str]) -> dict[str, set[str]]:
    """The modules of some packages, each with those of them that it imports."""
    files = [path for package in packages for path in sorted(Path(package).rglob("*.py"))]
    modules = {_name_of(path): path for path in files}
    return {
        name: {found for text in _imported(path) if (found := _module_in(text, modules)) != name}
        - {""}
        for name, path in modules.items()
    }


def circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """Circles of imports, the first module of each repeated at its end.

    Each is opened at one import before the next is looked for, so that every circle is named by at
    least one of its imports.
    """
    left = {name: set(others) for name, others in imports.items()}
    found = []
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1][::-1]
            found.append(circle)
            left[circle[0]].remove(circle[1])
        else:
            return found


def _name_of(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(path: Path) -> Iterator[str]:
    """What a file imports, by whole names: of modules, or of something in them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _module_in(name: str, modules: dict[str, Path]) -> str:
    """The module that a whole name leads into; empty for somebody else's."""
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name


def main() -> int:
    """Look into the packages named on the command line."""
    imports = imports_of(sys.argv[1:])
    found = circles(imports)
    for circle in found:
        print(f"Circle of imports: {' → '.join(circle)}")
    print(f"{len(found)} circles of imports among {len(imports)} modules")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
