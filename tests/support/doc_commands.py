"""The commands of the documentation: found in its pages, made quick, and run in a shell."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PAGES = (
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
)
FENCE = re.compile(r"^```(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHELLS = ("sh", "console")

QUICK = """\
#!{python}
# firstline with few replications of a day and without charts, for commands that are only to be run.
import os, sys

arguments = sys.argv[1:]
runs = {{"compare", "run", "stress"}} & set(arguments[:1]) or "--run" in arguments
for option in ("-n", "--replications", "--precision"):
    if runs and option in arguments:
        at = arguments.index(option)
        del arguments[at : at + 2]
if runs:
    arguments += ["-n", "2", "--workers", "1"]
    if "--days" not in arguments:
        arguments += ["--days", "1"]
    if arguments[0] != "check" and "--charts" not in arguments:
        arguments.append("--no-charts")
if "--uncertain" in arguments:
    at = arguments.index("--uncertain")
    counted = "".join(arguments[at + 1 : at + 2]).isdecimal()
    arguments[at : at + 1 + counted] = ["--uncertain", "2"]
if arguments[0] == "predict":
    first = arguments[arguments.index("--from") + 1]
    arguments += ["-n", "20", "--workers", "1", "--until", first]
if arguments[0] in ("sweep", "worth", "study"):
    # Of a shipped scenario these are hundreds of simulations: only a small centre is run.
    own = arguments[1] == "my-centre.toml"
    arguments += ["-n", "1", "--workers", "1", "--no-charts"] if own else ["--dry-run"]
os.execv({python!r}, [{python!r}, "-m", "firstline", *arguments])
"""


class Block(NamedTuple):
    """A fenced block of a page."""

    language: str
    text: str


class Command(NamedTuple):
    """A command of a page as it stands there, and what the page shows as its output."""

    line: str
    output: str


def name_of(page: Path) -> str:
    """A page as it is called in a test's name."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page in their order."""
    return [Block(*found) for found in FENCE.findall(page.read_text(encoding="utf-8"))]


def commands(page: Path) -> list[Command]:
    """The commands of a page in their order."""
    return [one for block in commands_by_block(page) for one in block]


def commands_by_block(page: Path) -> list[list[Command]]:
    """The commands of each block of a page that has any."""
    return [list(_split(block)) for block in blocks(page) if block.language in SHELLS]


def _split(block: Block) -> Iterator[Command]:
    """Commands of a block: a line each, and more lines after a backslash or in open quotes."""
    lines, typed = block.text.splitlines(), block.language == "console"
    while lines:
        line = lines.pop(0)
        if typed:
            assert line.startswith("$ "), f"a console block begins with what is typed: {line}"
            line = line.removeprefix("$ ")
        while lines and (line.endswith("\\") or not _whole(line)):
            line += "\n" + lines.pop(0)
        if here := re.search(r"<<'(\w+)'$", line):
            while f"\n{here[1]}\n" not in f"{line}\n":
                line += "\n" + lines.pop(0)
        output = []
        while typed and lines and not lines[0].startswith("$ "):
            output.append(lines.pop(0))
        if line.strip():
            yield Command(line, "\n".join(output))


def _whole(line: str) -> bool:
    try:
        shlex.split(line, comments=True)
    except ValueError:
        return False
    return True


def calls(line: str) -> list[list[str]]:
    """The arguments of every firstline in a line of shell."""
    line = line.partition("<<'")[0]
    found, words = [], shlex.shlex(line.replace("\\\n", " "), posix=True, punctuation_chars="|>&;")
    words.whitespace_split = True
    inside = False
    for word in words:
        if word == "firstline":
            found.append([])
            inside = True
        elif word[0] in "|>&;":
            inside = False
        elif inside:
            found[-1].append(word)
    return found


def run(line: str, folder: Path, *, quickly: bool = True) -> subprocess.CompletedProcess[str]:
    """Give a line to a shell in a folder, in which firstline is the one that is tested."""
    quick, installed = folder / ".quick", Path(sys.executable).parent
    if not quick.exists():
        quick.mkdir()
        script = QUICK.format(python=sys.executable)
        (quick / "firstline").write_text(script, encoding="utf-8")
        (quick / "firstline").chmod(0o755)
    path = os.pathsep.join([*([str(quick)] if quickly else []), str(installed)])
    return subprocess.run(
        ["sh", "-c", line],
        cwd=folder,
        env={
            **os.environ,
            "PATH": f"{path}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "80",
            "FIRSTLINE_WORKERS": "1",
        },
        input="y\n",  # whatever is asked
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
