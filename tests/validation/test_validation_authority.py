"""Authority limits: how many complaints the front line settles alone, and what it pays."""

import numpy as np

from sim import simulate
from sim.trace.codes import Ending, Help, Trigger
from tests.support.batch_means import Watch
from tests.support.exact_centres import SEED, centre, reason
from tests.support.reference_cases import Case, case, runs


def complaints(given: Case, contacts: int) -> Watch:
    """One day of complaints; what is beyond the limit is decided by a boss without one."""
    inputs, limit = given.inputs, given.inputs["limit"]
    money = {
        "distribution": "lognormal",
        "median": inputs["median_remedy"],
        "sigma": inputs["sigma"],
    }
    complaint = reason(contacts / 1440.0, 1.0, "tier_1", remedy={"money": money})
    groups = {
        "tier_1": {"heads": 40, "authority": "limited"},
        "bosses": {"heads": 40, "tier": 2, "authority": "full"},
    }
    ask = {"step": "ask_approver", "group": "bosses", "decision_s": 1.0}
    scenario = centre(
        {"complaint": complaint},
        groups,
        authority={"limited": {"limit": limit}, "full": {"limit": float("inf")}},
        escalation={"beyond_authority": {"steps": [ask]}},
    )
    return Watch(simulate(scenario, SEED, given.number), warm_up_s=0.0)


@runs({"AU-0": (5_000, None), "AU-25": (10_000, 100_000), "AU-150": (10_000, 100_000)})
def test_the_front_line_settles_alone_what_lies_within_its_limit(
    name: str, contacts: int, full: bool
) -> None:
    given = case(name)
    seen = complaints(given, contacts)
    rows, decisions = seen.trace.contacts, seen.trace.decisions
    alone = decisions["asker_group"] == -1
    paid = np.zeros(len(rows))
    paid[decisions["contact"][alone]] = decisions["paid"][alone]
    settled = (rows["ending"] == Ending.SETTLED) & (rows["help"] == Help.ALONE)
    found = {
        "settled_at_tier1": seen.share(settled),
        "escalated": seen.share(rows["escalated"] == Trigger.AUTHORITY),
        "tier1_remedy_per_complaint": seen.mean(paid[rows["contact"]], seen.everybody),
    }
    given.check(found, full)
