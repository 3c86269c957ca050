"""The documentation says what the program does."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from results.measures.registry import MEASURES

DOCS = Path(__file__).parents[2] / "docs"


def the_maker_of(script: str) -> ModuleType:
    """The script that makes a page."""
    spec = importlib.util.spec_from_file_location(script, DOCS / f"{script}.py")
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    return maker


def test_every_key_of_a_scenario_has_a_meaning() -> None:
    rows = [row for row in the_maker_of("reference").page().splitlines() if row.startswith("| `")]
    assert len(rows) > 400
    assert [row for row in rows if row.endswith("|  |")] == []


def test_the_scenario_reference_is_made_from_the_schema_of_today() -> None:
    written = (DOCS / "scenario-reference.md").read_text(encoding="utf-8")
    assert written == the_maker_of("reference").page(), "run `python docs/reference.py`"


@pytest.mark.parametrize(
    ("script", "page"),
    [
        ("commands_page", "commands.md"),
        ("measures_page", "measures.md"),
        ("run_tables_page", "run-tables.md"),
        ("validation_page", "validation.md"),
    ],
)
def test_a_page_that_is_made_is_that_of_today(script: str, page: str) -> None:
    made = the_maker_of(script).page()
    assert (DOCS / page).read_text(encoding="utf-8") == made, f"run `python docs/{script}.py`"


def test_every_measure_has_a_line_with_its_title_and_equation() -> None:
    lines = the_maker_of("measures_page").page().splitlines()
    for name, measure in MEASURES.items():
        (line,) = (line for line in lines if line.startswith(f"| `{name}` "))
        assert measure.title in line
        assert measure.equation in line
