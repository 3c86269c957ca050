"""Which change does it: a policy's difference split over its changes."""

import pytest

from results.comparison.compare import compare
from results.errors import ExperimentError
from results.experiments.experiment import run
from results.why.changes import joined, plan_of, players_of, which_change
from scenarios import Policy, load, override

CHANGES = {
    "groups.agents.heads": 5,
    "reasons.enquiry.volume.factor": 1.2,
}


def centre():
    base = override(
        load("textbook"),
        {
            "horizon.days": 1,
            "horizon.part_of_days": 7,
            "reasons.enquiry.volume.per_day": 1200,
            "groups.agents.heads": 4,
        },
    ).scenario
    policies = {
        "both": {"changes": CHANGES},
        "only-heads": {"changes": {"groups.agents.heads": 5}},
        "nothing": {"changes": {}},
    }
    return base.model_validate({**base.model_dump(), "policies": policies})


def test_keys_of_one_table_are_one_change() -> None:
    changes = {
        "groups.a.heads": 3,
        "groups.a.absence": 0.1,
        "groups.b.heads": 2,
    }
    players = players_of(Policy(changes=changes, remove=("survey",)))
    assert [one.title for one in players] == ["groups.a", "groups.b", "without survey"]


def test_the_parts_add_up_to_what_a_comparison_finds_replication_by_replication() -> None:
    found = which_change(centre(), "both", replications=3, workers=1)
    compared = compare(run(centre(), policies=["baseline", "both"], replications=3, workers=1))
    for measure in ("asa", "abandonment"):
        split = found.split(measure)
        assert split is not None
        whole = compared.findings["both", measure].difference
        assert whole is not None
        assert split.whole.mean == pytest.approx(whole.estimate.mean)
        assert sum(part.found.mean for part in split.parts) == pytest.approx(split.whole.mean)
    asa = found.split("asa")
    assert asa is not None
    more_agents, more_customers = (part.found.mean for part in asa.parts)
    assert more_agents < 0.0 < more_customers, "an agent more shortens waits, customers lengthen"


def test_a_policy_of_one_change_has_one_part_which_is_all_of_it() -> None:
    found = which_change(centre(), "only-heads", replications=2, workers=1).split("asa")
    assert found is not None
    (part,) = found.parts
    assert part.found == found.whole
    assert part.values == found.values


def test_some_orders_add_up_as_well() -> None:
    found = which_change(centre(), "both", orders=1, replications=2, workers=1).split("asa")
    assert found is not None
    assert sum(part.found.mean for part in found.parts) == pytest.approx(found.whole.mean)


def test_changes_that_only_work_together_are_one_change() -> None:
    base = centre()
    policy = {
        "changes": {
            "groups.agents.authority": "careful",
            "authority.careful": {"limit": 10.0},
        }
    }
    two = base.model_validate({**base.model_dump(), "policies": {"trusting": policy}})
    players = joined(two, players_of(two.policies["trusting"]))
    assert len(players) == 1
    assert set(players[0].changes) == set(policy["changes"])


def test_a_policy_that_changes_nothing_or_is_the_baseline_has_no_answer() -> None:
    with pytest.raises(ExperimentError, match="changes nothing"):
        plan_of(centre(), "nothing")
    with pytest.raises(ExperimentError, match="is the baseline"):
        plan_of(centre(), "baseline")
