"""Every command on a page of the documentation is one that firstline takes, and it runs."""

import gzip
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import typer

from scenarios.templates import templates
from tests.support.doc_commands import (
    PAGES,
    ROOT,
    SHELLS,
    Command,
    blocks,
    calls,
    commands,
    commands_by_block,
    name_of,
    run,
)
from tests.support.record_samples import days_of_calls
from tui.cli import app

NOT_RUN = {
    r"(pipx|pip) install": "installs from a package index",
    r"make ": "sets up an environment of its own",
    r"firstline$": "opens the app, which waits for keys",
    r"(FIRSTLINE_TOKEN=.* )?firstline serve": "waits for a browser",
    r"dask ": "waits for a cluster",
    r"firstline .* --scheduler": "asks a cluster",
    r"firstline validate --long": "simulates for minutes; tests/validation runs the same cases",
    r"firstline \w+ anonymous_bank_1999_01": "reads a call log that is not shipped",
}
"""Commands that no test runs, by how they begin, and why."""

ANSWERS = {
    "firstline check plan.toml --run": (0, 4),  # few replications may leave something open
    "firstline check my-centre.toml --run": (0, 4),
    "firstline backtest": (0, 4),  # 4: a figure lies outside its band
    "firstline check retail-complaints --set groups.front_line.authority=nobody": (3,),
}
"""Exit codes other than 0, by how a command begins."""
REFUSED = {
    "firstline fit export.csv": (3,),  # the tutorial shows what is said of columns with odd names
}
"""The same of whole commands that are shown because they are refused."""

PLAN = """
[expect.answered_in_time]
measure = "service_level"
at_least = 0.1
"""
STUDY = """
scenario = "my-centre.toml"
replications = 1
[[factors]]
key = "groups.front_line.heads"
levels = [6, 7]
"""
RUNS = {
    "2025-11-21-184310-retail-complaints": "retail-complaints --policies ask-the-boss,empowered",
    "2025-11-22-090000-mine": "mine.toml",
}
"""Run folders that examples name, and what was compared in them."""

TEMPLATE = templates()["front-line-and-supervisors"]
RUN_PAGES = [page for page in PAGES if commands(page)]
LANGUAGES = {"sh", "console", "text", "toml", "sql", "python", "mermaid", "yaml"}
WHOLE = typer.main.get_command(app)
INLINE = re.compile(r"`(firstline [a-z][^`]*)`")


def reason_not_to_run(line: str) -> str:
    return next((why for start, why in NOT_RUN.items() if re.match(start, line)), "")


def refused(arguments: list[str]) -> str:
    """What of the arguments of firstline does not exist, without running anything."""
    command: Any = WHOLE
    rest = list(arguments)
    while hasattr(command, "commands") and rest and not rest[0].startswith("-"):
        if rest[0] not in command.commands:
            return rest[0]
        command = command.commands[rest.pop(0)]
    known = {sign for one in command.params for sign in (*one.opts, *one.secondary_opts)}
    asked = {word.partition("=")[0] for word in rest if re.match(r"--?[a-z]", word)}
    return " ".join(sorted(asked - known - {"-h", "--help"}))


def prepare(folder: Path) -> None:
    """Write the files that pages speak of."""
    text = TEMPLATE
    files = {"my-centre.toml": text, "mine.toml": text, "plan.toml": text + PLAN}
    files["heads-and-authority.toml"] = STUDY
    files["columns.toml"] = 'kind = "contacts"\n'
    files[".firstline-token"] = "0123456789abcdef"
    for script in (ROOT / "examples").glob("*.py"):
        files[script.name] = script.read_text(encoding="utf-8")
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "calls.csv").write_text(days_of_calls(range(1, 32)), encoding="utf-8")
    for name, days in (("january", range(1, 16)), ("february", range(16, 32))):
        export = gzip.compress(days_of_calls(days).encode())
        (folder / f"{name}.csv.gz").write_bytes(export)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_block_of_a_page_says_what_it_is(page: Path) -> None:
    assert {block.language for block in blocks(page)} <= LANGUAGES
    typed = [block.text for block in blocks(page) if block.language not in SHELLS]
    assert not [text for text in typed if re.match(r"(\$ )?firstline [a-z]+ \S*[^ ]\n", text)]


@pytest.mark.parametrize("page", RUN_PAGES, ids=name_of)
def test_every_command_on_a_page_is_one_that_there_is(page: Path) -> None:
    lines = [one.line for one in commands(page)]
    assert [line for line in lines for call in calls(line) if refused(call)] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_named_in_a_sentence_is_one_that_there_is(page: Path) -> None:
    named = INLINE.findall(page.read_text(encoding="utf-8").replace("\n", " "))
    assert [words for words in named if refused(words.replace("…", " ").split()[1:])] == []


def test_a_command_or_option_that_there_is_not_is_found() -> None:
    assert refused(["compare", "x", "--policy", "y"]) == "--policy"
    assert refused(["runs", "delete", "x"]) == "delete"
    assert calls("cat a | firstline check - && firstline run 'x y' > b") == [
        ["check", "-"],
        ["run", "x y"],
    ]


def codes_of(line: str) -> tuple[int, ...]:
    """The exit codes that a command on a page may end with."""
    begun = (codes for start, codes in ANSWERS.items() if line.startswith(start))
    return REFUSED.get(line, next(begun, (0,)))


def give_all(typed: Sequence[Command], folder: Path) -> None:
    """Give commands in their order, with few replications."""
    for line, _ in typed:
        if reason_not_to_run(line):
            continue
        if made := re.search(r"(?:scenarios (?:new|copy \S+)|-o) (\S+\.toml)", line):
            (folder / made[1]).unlink(missing_ok=True)
        done = run(line, folder)
        assert done.returncode in codes_of(line), f"{line}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr


TUTORIAL = next(page for page in PAGES if page.name == "tutorial.md")
REFERENCE = next(page for page in PAGES if page.name == "commands.md")
EXAMPLES = {
    f"{number} {' '.join(block[0].line.split()[:3])}": block
    for number, block in enumerate(commands_by_block(REFERENCE), 1)
}
"""The examples of each command; they do not build on those of another."""


@pytest.mark.long
def test_a_new_user_can_follow_the_tutorial(tmp_path: Path) -> None:
    give_all(commands(TUTORIAL), tmp_path)


@pytest.mark.long
@pytest.mark.parametrize(
    "page", [page for page in RUN_PAGES if page not in (TUTORIAL, REFERENCE)], ids=name_of
)
def test_every_command_on_a_page_runs(page: Path, tmp_path: Path) -> None:
    prepare(tmp_path)
    give_all(commands(page), tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("typed", EXAMPLES.values(), ids=EXAMPLES)
def test_every_example_of_a_command_runs(typed: list[Command], tmp_path: Path) -> None:
    prepare(tmp_path)
    # Examples of runs name run folders of these dates, or mean the newest one.
    asks = any(word in typed[0].line for word in ("firstline runs", "firstline predict"))
    for name, compared in RUNS.items() if asks else ():
        made = run(f"firstline compare {compared} -o made/{name}", tmp_path)
        assert made.returncode == 0, made.stderr
        (tmp_path / "runs").mkdir(exist_ok=True)
        next((tmp_path / "made" / name).iterdir()).rename(tmp_path / "runs" / name)
    give_all(typed, tmp_path)


@pytest.mark.long
def test_the_tutorial_shows_what_its_commands_answer(tmp_path: Path) -> None:
    for line, output in commands(TUTORIAL):
        done = run(line, tmp_path, quickly=False)
        assert done.returncode in codes_of(line), f"{line}\n{done.stderr}"
        shown = done.stderr + done.stdout
        for part in re.split(r"^\.\.\.$", output, flags=re.MULTILINE):
            assert part.strip() in shown, f"{line} answers now:\n{shown}"
