"""The documentation says what the program does."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from results.measures.registry import MEASURES

DOCS = Path(__file__).parents[1] / "docs"


def the_maker_of_the_reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    return reference


def test_every_key_of_a_scenario_has_a_meaning() -> None:
    rows = [
        row for row in the_maker_of_the_reference().page().splitlines() if row.startswith("| `")
    ]
    assert len(rows) > 400
    assert [row for row in rows if row.endswith("|  |")] == []


def test_the_page_of_measures_is_made_from_the_registry_of_today() -> None:
    written = (DOCS / "measures.md").read_text(encoding="utf-8")
    assert written == the_maker_of_the_reference().measures_page(), "run `python docs/reference.py`"
    for name, measure in MEASURES.items():
        (line,) = (line for line in written.splitlines() if line.startswith(f"| `{name}` "))
        assert measure.title in line
        assert measure.equation in line


def test_the_scenario_reference_is_made_from_the_schema_of_today() -> None:
    written = (DOCS / "scenario-reference.md").read_text(encoding="utf-8")
    assert written == the_maker_of_the_reference().page(), "run `python docs/reference.py`"
