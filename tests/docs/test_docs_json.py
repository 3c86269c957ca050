"""What the page on JSON says of each command is what the command writes."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import record_samples
from tests.support.command_line import SHOP, firstline
from tests.support.doc_commands import ROOT
from tests.support.recorded import as_csv, recorded, small_centre

PAGE = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
CENTRE = (
    SHOP
    + """
[satisfaction]

[loyalty]
customer_value = 50

[expect.quick]
measure = "asa"
at_most = 60
"""
)
BY_POLICY = ("verdicts", "doubts", "break_even", "cross_check", "sentences", "policies")
FREE = ("columns.", "cross_check.POLICY.values.", "unequal.", "results[].groups.front_line.heads")
"""Keys that are names of measures or fields, or keys of the scenario."""

FEW = ("-n", "2", "--workers", "1")
BRIEF = ("--until", "2026-01-05", "--policy", "empowered", "-n", "20", "--workers", "1")
ONE = ("centre.toml", *FEW, "--no-charts", "--no-save")
KNOB = "groups.front_line.heads=4,5"
COMMANDS = {
    "compare, run, runs show": [("compare", *ONE), ("run", *ONE), ("runs", "show", "a", "-o", "r")],
    "compare --why --counterfactual": [
        ("compare", *ONE, "--why", "empowered", "--counterfactual"),
    ],
    "compare --sensitivity": [("compare", *ONE, "--sensitivity")],
    "compare --uncertain": [("compare", *ONE, "--uncertain", "2")],
    "run --intervals": [("run", *ONE, "--intervals")],
    "stress": [("stress", "centre.toml", *FEW, "--no-charts", "-o", "s")],
    "sweep, worth, study": [
        ("sweep", "centre.toml", KNOB, *FEW, "--no-charts", "--no-save", "--goal", "asa<=5"),
        ("worth", "centre.toml", "empowered", KNOB, *FEW, "--no-charts", "--no-save"),
    ],
    "check": [
        ("check", "centre.toml"),
        ("check", "centre.toml", "--run", *FEW),
        ("check", "centre.toml", "--set", "groups.x=1"),
    ],
    "fit": [
        ("fit", "bank.csv"),
        ("fit", "bank.csv", "--columns"),
        ("fit", "calls.csv", "-o", "fitted.toml", "--workers", "1"),
    ],
    "backtest": [("backtest", "calls.csv", "-n", "2", "--workers", "1")],
    "predict": [("predict", "a", "-o", "r", "--from", "2026-01-05", *BRIEF)],
    "ledger": [("ledger", "calls.csv", "-o", "r")],
    "validate": [("validate", "--only", "EB-1,HW-1.0,simmer-schedule-edge", "--workers", "1")],
    "measures": [("measures",)],
    "assumptions": [("assumptions", "centre.toml")],
    "erlang": [
        ("erlang", "--contacts", "240", "--aht", "300"),
        ("erlang", "--contacts", "60", "--aht", "300", "--queues", "4"),
    ],
    "scenarios list": [("scenarios", "list")],
    "runs list": [("runs", "list", "-o", "r")],
    "runs diff": [("runs", "diff", "a", "b", "-o", "r")],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A centre and two runs of it, called a and b."""
    place = tmp_path_factory.mktemp("json")
    centre = place / "centre.toml"
    centre.write_text(CENTRE, encoding="utf-8")
    (place / "bank.csv").write_text(record_samples.BANK, encoding="utf-8")
    (place / "calls.csv").write_text(as_csv(recorded(small_centre(4))), encoding="utf-8")
    for name, seed in (("a", "1"), ("b", "2")):
        made = firstline(
            *("compare", centre, *FEW, "--no-charts", "--seed", seed, "-o", place, "-f", "json")
        )
        (place / "r").mkdir(exist_ok=True)
        Path(made.json["folder"]).rename(place / "r" / name)
    return place


def paths(value: Any, at: str = "") -> Iterator[str]:
    """The way to every key of an answer; names of policies are POLICY."""
    if isinstance(value, dict) and value:
        for key, entry in value.items():
            name = (
                "POLICY"
                if at in (*BY_POLICY, "sensitivity.verdicts", "uncertain.sentences")
                else key
            )
            yield from paths(entry, f"{at}.{name}" if at else name)
    elif isinstance(value, list):
        for entry in value[:100]:
            yield from paths(entry, f"{at}[]")
    elif at and value != {}:
        yield at


def documented(section: str) -> dict[str, str]:
    """The keys that a section of the page names, each with its whole row."""
    text = PAGE.split(f"\n## {section}\n")[1].split("\n## ")[0]
    found: dict[str, str] = {}
    inside = "rows[]" if "| key | value |" not in text else ""
    if section == "run --intervals":
        inside = "results[]"
    for line in text.splitlines():
        if begun := re.match(r"Each of `(\S+)` has", line):
            inside = begun[1]
        if not line.startswith("| `"):
            continue
        for key in re.findall(r"`([^`]+)`", line.split("|")[1]):
            found[f"{inside}.{key}" if inside else key] = line
    return found


def is_documented(path: str, known: dict[str, str]) -> bool:
    if path in known or path.startswith(FREE):
        return True
    place, _, last = path.rpartition(".")
    row = known.get(place) or known.get(place.removesuffix("[]")) or ""
    return f"`{last}`" in row or f"`{last}[]`" in row or path.removesuffix("[]") in known


@pytest.mark.parametrize("section", COMMANDS)
def test_the_page_on_json_says_what_a_command_writes(
    section: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    written = [set(paths(firstline(*one, "-f", "json").json)) for one in COMMANDS[section]]
    known = documented(section)
    more = ("compare --sensitivity", "compare --uncertain", "compare --why --counterfactual")
    if section in (*more, "run --intervals"):
        whole = documented("compare, run, runs show")
        known |= {key: row for key, row in whole.items() if not key.startswith("results[].")}
        if section in more:
            known |= whole
    every = set().union(*written) - {"format"}
    assert sorted(path for path in every if not is_documented(path, known)) == []
    starts = {re.sub(r"[.\[].*", "", path) for path in every}
    promised = {re.sub(r"[.\[].*", "", key) for key, row in known.items() if "` ? |" not in row}
    empty = {"verdicts", "charts", "missing", "report", "rows"}
    empty |= {
        "outages",
        "unequal",
        "run",
        "scenario",
        "doubts",
        "break_even",
        "dictionary",
        "folder",
        "uncertain",
    }
    assert promised - starts - empty == set()


def test_the_page_on_run_folders_names_every_field_of_a_manifest(folder: Path) -> None:
    page = (ROOT / "docs" / "runs.md").read_text(encoding="utf-8")
    rows = page.split("## manifest.json")[1].split("\n## ")[0]
    named = set(re.findall(r"`(\w+)`", rows))
    manifest = json.loads((folder / "r" / "a" / "manifest.json").read_text(encoding="utf-8"))
    assert {*manifest, *manifest["origin"]} <= named


def test_the_page_on_run_folders_names_every_file_of_one(folder: Path) -> None:
    page = (ROOT / "docs" / "runs.md").read_text(encoding="utf-8")
    assert [one.name for one in (folder / "r" / "a").iterdir() if one.name not in page] == []
