"""Tickets that another group went on with are found again in a log, and reopened as often."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scenarios.fit.from_tickets import week_of_tickets
from scenarios.fit.handed_on import handed_on_of
from scenarios.fit.write import files_of
from scenarios.load import load
from scenarios.records.tickets import Tickets
from scenarios.schema import Scenario
from tests.support.recorded import ticketed


def desk(solve: float, second: float, again: float, later: float) -> Scenario:
    """A first level that solves a share, and two groups behind it, of which one has a share."""
    work = {"distribution": "exponential", "mean": 400}
    steps: list[dict[str, Any]] = [
        {"step": "cold_transfer", "group": "network", "chance": second, "reasons": ["fault"]},
        {"step": "cold_transfer", "group": "servers", "reasons": ["fault"]},
    ]
    behind = {"heads": 12, "tier": 2, "solve": {"fault": 1.0}}
    return Scenario.model_validate(
        {
            "horizon": {"days": 8, "first_date": "2026-01-05"},
            "reasons": {
                "fault": {
                    "volume": {"per_day": 500},
                    "channels": {"email": 1.0},
                    "groups": ["front"],
                    "handling": {"email": {"talk_s": work}},
                    "solve": solve,
                    "false_resolution": again,
                    "false_resolution_by_hand_offs": [later],
                    "repeat": {"probability": 1.0, "delay_min": 60, "max_contacts": 2},
                }
            },
            "groups": {"front": {"heads": 12}, "network": behind, "servers": behind},
            "escalation": {"beyond_knowledge": {"steps": steps}},
        }
    )


def written(log: Tickets, folder: Path) -> Scenario:
    week, _ = week_of_tickets(log)
    week.settle()
    for path, text in files_of(week, folder / "desk.toml").items():
        path.write_text(text, encoding="utf-8")
    return load(folder / "desk.toml")


@pytest.mark.parametrize(
    ("solve", "second", "again", "later"), [(0.8, 0.7, 0.03, 0.2), (0.6, 0.3, 0.1, 0.4)]
)
def test_who_goes_on_with_tickets_and_how_many_are_reopened_is_found_again(
    solve: float, second: float, again: float, later: float, tmp_path: Path
) -> None:
    log = ticketed(desk(solve, second, again, later))
    found = handed_on_of(log, np.ones(len(log), dtype=bool))
    assert found is not None
    assert log.group_names[found.entry] == "front"
    # Within twice the 95 % interval of 4,000 tickets.
    assert abs(found.stays.value - solve) <= found.stays.high - found.stays.low
    shares = {log.group_names[code]: share for code, share in found.targets.items()}
    # A share of 800 or more tickets: four standard errors.
    assert shares["network"] == pytest.approx(second, abs=0.07)
    # What is written is read again, and does the same.
    again_log = ticketed(written(log, tmp_path))
    fit = handed_on_of(again_log, np.ones(len(again_log), dtype=bool))
    assert fit is not None
    assert fit.stays.value == pytest.approx(solve, abs=0.05)
    assert again_log.group_names[max(fit.targets, key=fit.targets.__getitem__)] == (
        "network" if second > 0.5 else "servers"
    )
    for kept, true in ((fit.stayed, again), (fit.kept & ~fit.stayed, later)):
        solved = kept & ~np.isnat(again_log.solved)
        assert (again_log.reopened[solved] > 0).mean() == pytest.approx(true, abs=0.07)


def test_the_scenario_has_the_groups_of_the_log(tmp_path: Path) -> None:
    log = ticketed(desk(0.8, 0.7, 0.03, 0.2))
    week, lines = week_of_tickets(log)
    scenario = written(log, tmp_path)
    assert scenario.reasons["fault"].groups[0].groups == ("front",)
    assert {name: group.tier for name, group in scenario.groups.items()} == {
        "front": 1,
        "network": 2,
        "servers": 2,
    }
    assert scenario.groups["network"].solve == {"fault": 1.0}
    assert ("reasons", "fault", "solve") in {entry.key for entry in week.uncertain}
    assert "reasons.fault.solve" in scenario.uncertain
    assert any("go from front to another group (network " in line for line in lines)


def test_where_tickets_come_into_several_groups_nothing_is_said_of_who_took_over() -> None:
    log = ticketed(desk(0.8, 0.7, 0.03, 0.2))
    mixed = log.group.copy()
    mixed[::3] = 1
    some = log.take(np.arange(len(log)))
    object.__setattr__(some, "group", mixed)
    assert handed_on_of(some, np.ones(len(some), dtype=bool)) is None
    week, lines = week_of_tickets(some)
    assert list(week.document["groups"]) == ["desk"]
    assert any("To whom is not seen" in line for line in lines)
