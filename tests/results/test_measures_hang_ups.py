"""Customers who hang up after the answer count: on hold, or passed on and not answered again."""

from math import sqrt

import numpy as np
import pytest

from results.measures.registry import summarise
from scenarios import apply, load_text
from sim import simulate
from sim.trace.codes import Ending, Trigger
from sim.trace.trace import Trace
from tests.support.written_traces import answered, row, trace, values

SWITCHBOARD = """
title = "Switchboard answers immediately, the experts do not"

[horizon]
days = 2

[reasons.call]
volume.per_day = 1440
groups = ["switchboard"]
then = "to_experts"
handling.voice.talk_s = { distribution = "exponential", mean = 60 }
patience_s.voice = { distribution = "exponential", mean = 120 }

[groups.switchboard]
heads = 6

[groups.experts]
tier = 2
heads = 3
talk_s.call = { distribution = "exponential", mean = 300 }

[escalation.to_experts]
steps = [{ step = "cold_transfer", group = "experts" }]

[policies.four_experts]
title = "One more expert"
changes = { "groups.experts.heads" = 4 }
"""


@pytest.mark.parametrize(("policy", "exact"), [("baseline", 0.4647), ("four_experts", 0.3249)])
def test_who_hangs_up_before_the_expert_is_lost_in_the_transfer(policy: str, exact: float) -> None:
    """The queue to the experts is M/M/c+M: one call a minute, 300 s of talk, 120 s of patience.

    The switchboard hardly ever has a queue, so what it passes on is almost a Poisson stream. The
    tolerance is four standard errors of the mean over the replications.
    """
    centre = load_text(SWITCHBOARD)
    changed = apply(centre, policy)
    runs = [summarise(changed, simulate(changed, 1, k)).values[("all", "")] for k in range(10)]
    lost = np.array([found["hung_up_in_transfer"] for found in runs])
    assert lost.mean() == pytest.approx(exact, abs=4 * lost.std(ddof=1) / sqrt(len(lost)))
    for found in runs:
        assert found["abandonment"] < 0.001
        assert found["hung_up_in_transfer_route"] == found["hung_up_in_transfer"]
        assert found["hung_up_on_hold"] == 0.0


def four_contacts() -> Trace:
    """Settled; hung up on hold; passed on and hung up in that queue; passed on and settled."""
    made = trace()
    answered(made, 0, 0.0, 5.0, 60.0)
    cold = Ending.TRANSFERRED_COLD
    for contact, ending, of_leg, trigger in (
        (1, Ending.HUNG_UP, Ending.HUNG_UP, Trigger.AUTHORITY),
        (2, Ending.HUNG_UP, cold, Trigger.KNOWLEDGE),
        (3, Ending.SETTLED, cold, Trigger.KNOWLEDGE),
    ):
        who = {"contact": contact, "case": contact, "group": 0}
        times = {"queued": 0.0, "answered": 5.0, "ended": 150.0}
        row(made.contacts, **who, **times, ending=ending)
        row(made.legs, **who, **times, ending=of_leg, trigger=trigger)
    second = {"contact": 3, "case": 3, "leg": 1, "group": 1, "ending": Ending.SETTLED}
    row(made.legs, **second, queued=65.0, answered=90.0, ended=150.0)
    return made


def test_a_hang_up_belongs_to_hold_or_to_the_queue_after_it() -> None:
    found = values(four_contacts())
    assert found["hung_up_on_hold"] == 1 / 4
    assert found["hung_up_in_transfer"] == 1 / 4


def test_hang_ups_are_split_by_what_the_agent_could_not_do() -> None:
    found = values(four_contacts())
    assert found["hung_up_on_hold_authority"] == 1 / 4
    assert found["hung_up_on_hold_knowledge"] == 0.0
    assert found["hung_up_in_transfer_knowledge"] == 1 / 4
    assert found["hung_up_in_transfer_route"] == 0.0


def test_a_group_answers_for_the_hang_ups_after_its_own_legs() -> None:
    front, bosses = (values(four_contacts(), "group", name) for name in ("front", "bosses"))
    assert front["hung_up_on_hold"] == front["hung_up_in_transfer"] == 1 / 4
    assert bosses["hung_up_on_hold"] == bosses["hung_up_in_transfer"] == 0.0


def test_written_contacts_cannot_hang_up_and_count_nowhere() -> None:
    made = four_contacts()
    answered(made, 4, 0.0, 5.0, 60.0, channel=2)
    assert values(made)["hung_up_on_hold"] == 1 / 4
    assert np.isnan(values(made, "channel", "email")["hung_up_on_hold"])
