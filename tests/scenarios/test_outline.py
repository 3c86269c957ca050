"""A scenario at a glance is counted as a person with a pencil would."""

import pytest

from scenarios import list_scenarios, load, load_text
from scenarios.checks.outline import outline
from scenarios.templates import templates

SHOP = """
[opening]
hours = "09:00-17:00"
days.sunday = "closed"
[reasons.order]
volume.per_day = 160
volume.weekdays.tuesday = 2
groups = ["front"]
handling.voice.talk_s = 300
handling.voice.wrap_up_s = 60
[groups.front]
absence = 0.1
[groups.front.shifts.early]
start = "09:00"
end = "13:00"
heads = 3
[groups.front.shifts.late]
start = "13:00"
end = "17:00"
heads = 5
[groups.back]
heads = 2
[policies.more.changes]
"groups.back.heads" = 3
[horizon]
days = 7
"""


def test_customers_agents_and_policies_are_counted() -> None:
    found = outline(load_text(SHOP))
    assert found.per_day == pytest.approx(160 * 7 / 6), "six days, one of them twice"
    assert found.agents == 5 + 2, "the shifts follow each other"
    assert found.policies == ("more",)


def test_the_busiest_day_shows_work_against_the_people_who_take_it() -> None:
    day = outline(load_text(SHOP)).day
    assert day.label == "tuesday"
    assert sum(day.arrivals) == pytest.approx(320)
    assert day.arrivals[18] == pytest.approx(20), "spread evenly over sixteen half-hours"
    assert day.work[18] == pytest.approx(20 * 360 / 1800)
    assert day.staff[18] == pytest.approx(3 * 0.9), "only those who answer, without the absent"
    assert day.staff[26] == pytest.approx(5 * 0.9)
    assert day.used == range(18, 34)


@pytest.mark.parametrize("name", [one.name for one in list_scenarios()])
def test_every_shipped_scenario_has_customers_and_people(name: str) -> None:
    found = outline(load(name))
    assert found.per_day > 0.0
    assert found.agents > 0
    assert max(found.day.staff) > 0.0
    assert max(found.day.work) > 0.0


@pytest.mark.parametrize("name", templates())
def test_every_template_is_a_scenario_with_enough_people(name: str) -> None:
    text = templates()[name]
    day = outline(load_text(text)).day
    assert text.startswith("#"), "it opens with what it is"
    assert max(day.work) < max(day.staff)
