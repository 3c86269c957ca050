"""Leaders and humour: good supervisors keep some people, and humour takes what anger costs."""

from typing import Any

import numpy as np
import pytest

from scenarios import load_text, with_changes
from scenarios.parts.methodology import Engagement
from sim import simulate
from sim.people.engagement import Day, quit_chance, worth
from sim.trace.trace import Trace

DESK = """
[horizon]
days = 40
[opening]
hours = "09:00-17:00"
[repeat]
probability = 1.0
delay_min = 60
max_contacts = 100
[reasons.damage]
volume.per_day = 40
groups = ["desk"]
solve = 0.2
handling.voice.talk_s = 60
[groups.desk]
heads = 10
engagement = {}
[escalation.beyond_knowledge]
steps = [{ step = "decline" }]
"""


def desk(**changes: Any) -> Trace:
    return simulate(with_changes(load_text(DESK), changes), 1, 0)


def quits(trace: Trace) -> set[tuple[int, int]]:
    gone = trace.staff["quit"] == 1
    return set(
        zip(trace.staff["agent"][gone].tolist(), trace.staff["day"][gone].tolist(), strict=True)
    )


@pytest.mark.parametrize("engagement", [0.0, 0.5, 1.0])
def test_the_best_supervisors_lower_leaving_by_a_tenth(engagement: float) -> None:
    """Emadi & Staats 2020; exact by construction, whatever the job is like."""
    best = quit_chance(Engagement(leaders=1.0), engagement)
    assert best == pytest.approx(0.9 * quit_chance(Engagement(), engagement))
    half_way = quit_chance(Engagement(leaders=0.5), engagement)
    assert half_way == pytest.approx(0.95 * quit_chance(Engagement(), engagement))


def test_under_better_supervisors_some_of_the_same_people_stay_and_nobody_else_goes() -> None:
    # Engagement held still, so that the chances differ by the supervisors alone.
    steady = {"groups.desk.engagement.half_life_days": 1e9, "horizon.days": 364}
    many = {"groups.desk.heads": 100, "reasons.damage.volume.per_day": 1}
    hired = {"groups.desk.hiring": {"lead_time_weeks": 0, "training_weeks": 0}}
    worse, better = (
        quits(desk(**steady, **many, **hired, **{"groups.desk.engagement.leaders": how}))
        for how in (0.0, 1.0)
    )
    # About 19 people quit; who stays a day longer holds the place that somebody new would hold.
    assert 0 < len(better) < len(worse)
    assert min(worse)[0] <= min(better)[0]


def a_day_with(angry: int) -> Day:
    day = Day()
    day.busy_s, day.free_s, day.met, day.angry = 100.0, 900.0, 10, angry
    return day


def test_humour_takes_its_share_of_what_anger_costs_and_of_nothing_else() -> None:
    def lost(humour: float, angry: int) -> float:
        section = Engagement(humour=humour)
        calm, hard = (worth(section, a_day_with(n), 0.5, 1.0, 0.0) for n in (0, angry))
        return calm - hard

    # Five of ten came back in vain: 0.5 × 0.5. One standard deviation of humour spares 29 % of it.
    assert lost(0.0, 5) == pytest.approx(0.25)
    assert lost(1.0, 5) == pytest.approx(0.25 * 0.71)
    assert lost(-1.0, 5) == pytest.approx(0.25 * 1.29)
    assert lost(10.0, 5) == 0.0  # anger at the most costs nothing; it does not please
    assert worth(Engagement(humour=1.0), a_day_with(0), 0.5, 1.0, 0.0) == worth(
        Engagement(), a_day_with(0), 0.5, 1.0, 0.0
    )


def test_on_a_floor_full_of_angry_customers_humour_keeps_people_engaged() -> None:
    def at_the_end(humour: float) -> float:
        trace = desk(**{"groups.desk.engagement.humour": humour, "horizon.days": 15})
        return float(np.nanmean(trace.staff["engagement"][trace.staff["day"] == 14]))

    assert at_the_end(-1.0) < at_the_end(0.0) < at_the_end(1.0)
