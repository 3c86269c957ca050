"""The documentation says what the program does."""

from __future__ import annotations

import importlib.util
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"


def test_the_scenario_reference_is_made_from_the_schema_of_today() -> None:
    spec = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    written = (DOCS / "scenario-reference.md").read_text(encoding="utf-8")
    assert written == reference.page(), "run `python docs/reference.py`"
