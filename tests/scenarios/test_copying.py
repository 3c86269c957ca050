"""A scenario that is copied brings the tables that it names."""

from pathlib import Path

import pytest

from scenarios import ScenarioError
from scenarios.files.copying import copy_tables

TEXT = """
[reasons.order.volume]
csv = "tables/volume.csv"
[groups.agents.persons]
csv = "agents.csv"
windows_csv = "gone.csv"
[policies.more.changes]
"reasons.order.volume.csv" = "more.csv"
"groups.agents.title" = "no.csv"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    (folder / "tables").mkdir(parents=True)
    for name in ("tables/volume.csv", "agents.csv", "more.csv", "no.csv"):
        (folder / name).write_text(name)
    return folder


def test_tables_that_a_scenario_or_a_policy_names_come_along(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    copied = copy_tables(TEXT, source, target)
    names = ("tables/volume.csv", "agents.csv", "more.csv")
    assert copied == tuple(target / name for name in names)
    assert all((target / name).read_text() == name for name in names)
    # Once more there is nothing to do, and a text that is no scenario names nothing.
    assert copy_tables(TEXT, source, target) == ()
    assert copy_tables("= broken", source, target) == ()


def test_another_table_of_that_name_stays_what_it_is(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    (target / "more.csv").write_text("mine")
    with pytest.raises(ScenarioError, match="was not overwritten"):
        copy_tables(TEXT, source, target)
    assert (target / "more.csv").read_text() == "mine"
    assert not (target / "agents.csv").exists()
