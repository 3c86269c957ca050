"""The pages of the levers: all of them are in the index, and what they show can be written."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from scenarios.library import names
from scenarios.parts.part import Part
from scenarios.schema import Scenario

LEVERS = Path(__file__).parents[2] / "docs" / "levers"
INDEX = (LEVERS / "README.md").read_text(encoding="utf-8")
PAGES = sorted(path.name for path in LEVERS.glob("*.md") if path.name != "README.md")


def unknown(model: type[Part], table: dict[str, Any], path: str = "") -> Iterator[str]:
    """Keys of a piece of a scenario that no scenario can have."""
    for key, value in table.items():
        if key not in model.model_fields:
            yield f"{path}{key}"
        elif isinstance(value, dict):
            annotation = model.model_fields[key].annotation
            inner = value if "dict[" in str(annotation) else {"": value}
            for name, piece in inner.items():
                place = f"{path}{key}.{name}.".replace("..", ".")
                yield from least_wrong(list(parts_of(annotation)), piece, place)


def least_wrong(parts: list[type[Part]], piece: Any, place: str) -> list[str]:
    """What is unknown in a piece, as the section that it is most likely meant to be."""
    if not parts or not isinstance(piece, dict):
        return []
    return min((list(unknown(part, piece, place)) for part in parts), key=len)


def parts_of(annotation: Any) -> Iterator[type[Part]]:
    """The sections that a value may be."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for inner in get_args(annotation):
        yield from parts_of(inner)


@pytest.mark.parametrize("page", PAGES)
def test_every_lever_has_its_page_in_the_index(page: str) -> None:
    assert f"({page})" in INDEX


@pytest.mark.parametrize("page", [*PAGES, "README.md"])
def test_what_a_page_of_a_lever_points_to_is_there(page: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (LEVERS / page).read_text(encoding="utf-8"))
    assert [link for link in links if not (LEVERS / link).exists()] == []


def test_the_scenarios_named_in_the_index_are_shipped() -> None:
    shown = re.findall(r"\| `([a-z0-9-]+)` \|$", INDEX, re.MULTILINE)
    assert len(shown) >= 10
    assert set(shown) <= set(names())


@pytest.mark.parametrize("page", PAGES)
def test_the_knobs_on_a_page_are_keys_of_a_scenario(page: str) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", (LEVERS / page).read_text(encoding="utf-8"), re.S)
    wrong = [key for block in blocks for key in unknown(Scenario, tomllib.loads(block))]
    assert wrong == []


def test_a_knob_that_no_scenario_has_is_found() -> None:
    block = tomllib.loads("[groups.front_line.engagement]\nstrat = 1\n[recall]\nx = 1")
    assert list(unknown(Scenario, block)) == ["groups.front_line.engagement.strat", "recall"]
