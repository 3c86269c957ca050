#!/usr/bin/env python3
"""Build the compiled core of the simulation: the hot modules of ``sim`` as machine code.

    python .ci/compile_core.py        from the project's root; needs a C compiler and mypyc

The sources are copied, and three things are written out in the copy that mypyc would leave to the
interpreter: how an object of a data class is made, that a code is never changed, and how a row
is read from an object. ``sim/compiled.py`` decides whether what is built here is used.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sim.compiled import FOLDER, MANIFEST, SIM, SWITCH, fingerprint  # noqa: E402
from sim.trace import trace  # noqa: E402

WORK = ROOT / "build" / "compiled"
CORE = {
    "": "centre day",
    "draws/": "columns draws",
    "floor/": "agenda agents attendance away cases gates floor idle interruptible_work lines "
    "own_work queues routes",
    "journey/": "announcing approval authority callbacks closing contact escalation follow_ups "
    "free_agent handing_on handle_time_goal helping hold limits manner place promises returning "
    "serving talk_time waiting",
    "plan/": "centre_plan groups lines reasons returning stages steps",
    "trace/": "codes",
}
"""What is compiled, by folder. Not the clock, whose classes are SimPy's, and nothing that is
subclassed, sent to other processes or done once a day."""

_CONSTANT = re.compile(
    r"^(_?[A-Z_]+) = ([A-Z][A-Za-z]+\.[A-Z_]+|math\.(?:nan|inf)|-?[0-9][0-9._e]*)$", re.MULTILINE
)


def with_finals(source: str) -> str:
    """Constants that mypyc need not look up: members of enumerations, and numbers."""
    found = _CONSTANT.sub(r"\1: Final = \2", source)
    if found == source:
        return source
    return found.replace("import annotations\n", "import annotations\nfrom typing import Final\n")


def with_inits(source: str) -> str:
    """Mutable data classes as plain ones, whose objects are made by compiled code."""
    lines = source.split("\n")
    for node in reversed(ast.parse(source).body):
        if isinstance(node, ast.ClassDef) and _is_mutable(node):
            lines[node.decorator_list[0].lineno - 1 : node.end_lineno] = _plain(source, node)
    return "\n".join(lines)


def _is_mutable(node: ast.ClassDef) -> bool:
    return [ast.unparse(each) for each in node.decorator_list] == [
        "dataclass(slots=True, eq=False)"
    ]


def _plain(source: str, node: ast.ClassDef) -> list[str]:
    arguments, body = [], []
    for field in node.body:
        if isinstance(field, ast.AnnAssign):
            name, kind = ast.unparse(field.target), ast.unparse(field.annotation)
            default = "" if field.value is None else f" = {ast.unparse(field.value)}"
            arguments.append(f"{name}: {kind}{default}")
            body.append(f"        self.{name}: {kind} = {name}")
    methods = [each for each in node.body if isinstance(each, ast.FunctionDef)]
    return [
        f"class {node.name}({', '.join(map(ast.unparse, node.bases))}):",
        f"    def __init__(self, {', '.join(arguments)}) -> None:",
        *body,
        *(ast.get_source_segment(source, each, padded=True) or "" for each in methods),
    ]


def with_rows(source: str) -> str:
    """Functions that ``row_of`` makes of the columns of a table, written out."""
    lines = source.split("\n")
    for node in reversed(ast.parse(source).body):
        if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("row_of("):
            lines[node.lineno - 1 : node.end_lineno] = [_row(node)]
    return "\n".join(lines)


def _row(node: ast.Assign) -> str:
    assert isinstance(node.value, ast.Call)
    columns, owner = map(ast.unparse, node.value.args)
    elsewhere = {each.arg: ast.literal_eval(each.value) for each in node.value.keywords}
    names = getattr(trace, columns.removeprefix("trace."))
    cells = ", ".join(f"it.{elsewhere.get(name, name)}" for name in names)
    head = f"def {ast.unparse(node.targets[0])}(it: {owner}) -> tuple[float, ...]:"
    return f"{head}\n    return ({cells},)"


def prepare() -> list[str]:
    """Copy the sources, those of the core made ready; their paths in ``sim``."""
    shutil.rmtree(WORK, ignore_errors=True)
    for package in ("sim", "scenarios"):
        kept = shutil.ignore_patterns("__pycache__", "_compiled", "*.toml", "*.csv")
        shutil.copytree(ROOT / package, WORK / package, ignore=kept)
    core = [f"{folder}{name}.py" for folder, names in CORE.items() for name in names.split()]
    for name in core:
        path = WORK / "sim" / name
        source = path.read_text(encoding="utf-8")
        path.write_text(with_rows(with_inits(with_finals(source))), encoding="utf-8")
    return core


def build(core: list[str]) -> None:
    """Compile what was prepared, in its own folder."""
    from mypyc.build import mypycify
    from setuptools import setup

    os.chdir(WORK)
    Path("mypy.ini").write_text(
        "[mypy]\nplugins = pydantic.mypy\n[mypy-scipy.*]\nignore_missing_imports = True\n",
        encoding="utf-8",
    )
    # A product and a sum in one step would round once where Python rounds twice.
    os.environ["CFLAGS"] = f"{os.environ.get('CFLAGS', '')} -ffp-contract=off"
    files = ["--config-file", "mypy.ini", *(f"sim/{name}" for name in core)]
    setup(
        name="firstline-core",
        packages=[],
        ext_modules=mypycify(files, opt_level="1", debug_level="0", group_name="firstline_core"),
        script_args=["--quiet", "build_ext", "--inplace"],
    )


def keep() -> None:
    """Put what was built where it is used from, the manifest last."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    modules = {}
    for library in sorted([*WORK.glob("*.so"), *(WORK / "sim").rglob("*.so")]):
        name = ".".join(library.relative_to(WORK).parts).partition(".cpython")[0]
        modules[name] = f"{name}{library.suffix}"
        shutil.copyfile(library, FOLDER / modules[name])
    # What is compiled is checked against all it imports, and rows are written out from their table.
    sources = [path.relative_to(SIM).as_posix() for path in sorted(SIM.rglob("*.py"))]
    sources.append(os.path.relpath(__file__, SIM))
    told = {"fingerprint": fingerprint(sources), "modules": modules, "sources": sources}
    MANIFEST.write_text(json.dumps(told, indent=1), encoding="utf-8")


_PROOF = """
from hashlib import sha256
from time import process_time
import sim
from benchmarks.centres import textbook
from scenarios import load
found, took = sha256(), []
for centre in (load("retail-complaints"), textbook(50, 50_000)):
    sim.simulate(centre, 1, 1)
    began = process_time()
    trace = sim.simulate(centre, 1, 0)
    took.append(process_time() - began)
    for table in trace.tables().values():
        for column in table.as_dict().values():
            found.update(column.tobytes())
print(sim.CORE == "compiled", found.hexdigest(), *took)
"""


def proven() -> str:
    """Run compiled and as sources, and say how much sooner the one is there.

    Raises:
        SystemExit: the compiled core is not run, or gives other bits; it is not kept then.
    """
    said = [_run(switch) for switch in ("1", "0")]
    if [each[0] for each in said] != ["True", "False"] or said[0][1] != said[1][1]:
        shutil.rmtree(FOLDER)
        raise SystemExit("The compiled core does not give the bits of the sources: not kept.")
    ratios = [float(b) / float(a) for a, b in zip(said[0][2:], said[1][2:], strict=True)]
    return "same bits; a week of retail-complaints {:.2f}, one queue {:.2f} times as fast".format(
        *ratios
    )


def _run(switch: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", _PROOF],
        env={**os.environ, SWITCH: switch},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def main() -> None:
    """Build the core, hold it to the sources, and say where it is."""
    if shutil.which(os.environ.get("CC", "cc")) is None:
        raise SystemExit("There is no C compiler here (cc); firstline runs without, as before.")
    core = prepare()
    build(core)
    keep()
    print(f"{len(core)} modules in {FOLDER.relative_to(ROOT)}: {proven()}.")


if __name__ == "__main__":
    main()
