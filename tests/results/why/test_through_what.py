"""Through what a policy differs: its difference split over mechanisms, by hand and as a whole."""

from typing import Any

import numpy as np
import pytest

from results.comparison.compare import compare
from results.comparison.estimate import across
from results.errors import ExperimentError
from results.experiments.experiment import run
from results.experiments.progress import Progress
from results.why.changes import which_change
from results.why.counterfactual import counterfactual, plans_of
from results.why.game import DIRECT, Game
from results.why.mechanisms import TITLES, through_plan_of, through_what
from scenarios import Scenario, load_text, with_changes
from scenarios.policies.policy import policies_of
from tests.support.busy_centre import BUSY
from tests.support.timed_centres import centre, complaint, path, reason

APPROVALS = TITLES["approval_time"]
MEASURES = ("asa", "service_cost", "fcr", "occupancy", "abandonment")


def small(policy: dict[str, Any], **sections: Any) -> Scenario:
    """Two complaints at 0 and 10 s, one agent who asks for 20 s after a talk of 60 s."""
    boss = {"heads": 1, "tier": 2, "authority": "full"}
    return centre(
        {"refund": complaint(0, 10)},
        {"front": {"heads": 1, "authority": "little"}, "boss": boss},
        authority={"little": {"limit": 20}, "full": {"limit": 1000}},
        escalation={
            "beyond_authority": path({"step": "ask_approver", "group": "boss", "decision_s": 20})
        },
        policies={"other": {"changes": policy}},
        **sections,
    )


def parts(game: Game, measure: str) -> dict[str, float]:
    split = game.split(measure)
    assert split is not None
    return {part.title: part.found.mean for part in split.parts}


def busy(**policies: Any) -> Scenario:
    less = {f"reasons.{name}.volume.factor": 0.8 for name in load_text(BUSY).reasons}
    base = with_changes(load_text(BUSY), {"horizon.days": 1, "groups.supervisors.heads": 1, **less})
    return base.model_validate({**base.model_dump(), "policies": policies})


FREER = {"groups.front.authority": "full", "waiting.retell_s": 0}


def test_two_changes_by_hand() -> None:
    # Waits of the second caller, the mean over both: 35 s as it is; 25 s without asking
    # (60 s instead of 80 s), 25 s with talk 20 s shorter, 15 s with both.
    quick = {"reasons.refund.handling.voice.talk_s": 40, "groups.front.authority": "full"}
    found = parts(which_change(small(quick), "other", replications=1, workers=1), "asa")
    assert found == {
        "reasons.refund.handling.voice": pytest.approx(-10.0),
        "groups.front": pytest.approx(-10.0),
    }
    # An agent more leaves no wait, so shorter talk brings 10 s or nothing: 5 s on average.
    more = {"reasons.refund.handling.voice.talk_s": 40, "groups.front.heads": 2}
    found = parts(which_change(small(more), "other", replications=1, workers=1), "asa")
    # With two agents the boss is still asked one after the other: nobody waits on the line.
    assert found == {
        "reasons.refund.handling.voice": pytest.approx(-5.0),
        "groups.front": pytest.approx(-30.0),
    }


def test_what_comes_directly_and_what_through_approvals_by_hand() -> None:
    # Free to decide: the mean wait falls from 35 s to 25 s, all of it time held for approvals.
    free = through_what(
        small({"groups.front.authority": "full"}), "other", replications=1, workers=1
    )
    assert parts(free, "asa") == {APPROVALS: pytest.approx(-10.0), DIRECT: pytest.approx(0.0)}
    # Shorter talk too: 10 s more, which no mechanism carries.
    quick = {"reasons.refund.handling.voice.talk_s": 40, "groups.front.authority": "full"}
    both = through_what(small(quick), "other", replications=1, workers=1)
    assert parts(both, "asa") == {APPROVALS: pytest.approx(-10.0), DIRECT: pytest.approx(-10.0)}


def test_generosity_carries_what_is_given_beyond_what_is_due() -> None:
    kind = {"groups.front.authority": "full", "groups.front.generosity.mean": 1.2}
    game = through_what(small(kind), "other", replications=1, workers=1)
    found = parts(game, "remedies_paid")
    assert game.plan.players == (APPROVALS, TITLES["generosity"])
    # Two complaints of 50, each paid with 10 more.
    assert found == {
        APPROVALS: pytest.approx(0.0),
        TITLES["generosity"]: pytest.approx(20.0),
        DIRECT: pytest.approx(0.0),
    }


def test_only_mechanisms_of_the_policy_or_the_baseline_are_players() -> None:
    holds = {"groups.front.authority": "full", "waiting.hold_patience_s": 100}
    plan = through_plan_of(small(holds), "other")
    assert plan.players == (APPROVALS, TITLES["hang_ups"])
    assert plan.simulations_each == 8
    assert list(plan.points)[-2:] == ["other", "baseline"]


@pytest.fixture(scope="module")
def through() -> Game:
    return through_what(busy(freer={"changes": FREER}), "freer", replications=2, workers=1)


def test_the_parts_add_up_to_what_a_comparison_finds_replication_by_replication(
    through: Game,
) -> None:
    assert len(through.plan.players) == 4
    scenario = busy(freer={"changes": FREER})
    experiment = run(scenario, policies=["baseline", "freer"], replications=2, workers=1)
    for measure in MEASURES:
        base, freer = (
            across(experiment.summaries[name], measure) for name in ("baseline", "freer")
        )
        split = through.split(measure)
        assert split is not None
        assert list(split.values) == (freer - base).tolist(), "the same bits as the comparison"
        assert np.sum([part.values for part in split.parts], axis=0) == pytest.approx(split.values)


def test_swapping_policy_and_baseline_changes_all_signs(through: Game) -> None:
    scenario = busy(freer={"changes": FREER})
    before = {
        "groups.front.authority": scenario.groups["front"].authority,
        "waiting.retell_s": scenario.waiting.retell_s,
    }
    free = policies_of(scenario)["freer"]
    swapped = free.model_validate(
        {**free.model_dump(), "policies": {"stricter": {"changes": before}}}
    )
    back = through_what(swapped, "stricter", replications=1, workers=1)
    for measure in MEASURES:
        there, here = through.split(measure), back.split(measure)
        assert there is not None
        assert here is not None
        assert {part.title: part.values[0] for part in here.parts} == {
            part.title: pytest.approx(-part.values[0], abs=1e-9) for part in there.parts
        }
    forth = which_change(scenario, "freer", replications=1, workers=1)
    returned = which_change(swapped, "stricter", replications=1, workers=1)
    assert len(forth.plan.players) > 1
    assert parts(returned, "asa") == {
        name: pytest.approx(-size, abs=1e-9) for name, size in parts(forth, "asa").items()
    }


def test_sampled_orders_add_up_and_say_how_far_a_part_may_be_off() -> None:
    scenario = busy(freer={"changes": FREER})
    game = through_what(scenario, "freer", orders=2, replications=1, workers=1)
    assert game.plan.simulations_each < 32
    split = game.split("asa")
    assert split is not None
    assert sum(part.values[0] for part in split.parts) == pytest.approx(split.values[0])
    assert any(part.order_error > 0.0 for part in split.parts)
    assert next(part for part in split.parts if part.title == DIRECT).order_error == 0.0


def test_worker_processes_switch_off_the_same_mechanisms() -> None:
    scenario = small({"groups.front.authority": "full"})
    alone, pool = (
        through_what(scenario, "other", replications=2, workers=workers).split("asa")
        for workers in (1, 2)
    )
    assert alone == pool


def test_a_measure_that_a_world_leaves_undefined_has_no_counterfactual() -> None:
    # Where approvals take no time in a centre that asks for all of them there is a wait for one;
    # where nobody asks there is none.
    free = through_what(
        small({"groups.front.authority": "full"}), "other", replications=1, workers=1
    )
    assert free.split("approval_wait") is None
    assert free.split("asa") is not None


def test_a_centre_without_mechanisms_has_only_what_comes_directly() -> None:
    plain = centre(
        {"enquiry": reason(0, 10)},
        {"front": 1},
        policies={"two": {"changes": {"groups.front.heads": 2}}},
    )
    game = through_what(plain, "two", replications=1, workers=1)
    assert parts(game, "asa") == {DIRECT: pytest.approx(-25.0)}


def test_both_games_share_one_set_of_runs_and_what_the_comparison_has() -> None:
    scenario = small({"groups.front.authority": "full"})
    experiment = run(scenario, replications=3, workers=1)
    plans = plans_of(scenario, "other")
    seen: list[int] = []
    found = counterfactual(
        experiment,
        compare(experiment),
        "other",
        plans,
        replications=2,
        workers=1,
        progress=lambda now: seen.append(now.total - now.done),
    )
    assert found is not None
    assert (found.replications, found.of) == (2, 3)
    # One change: its two sets are the two policies; two worlds without approvals.
    assert plans.simulations_each == 2
    assert (
        found.games["through_what"].experiment.summaries["other"]
        == (experiment.summaries["other"][:2])
    )


def test_interrupted_it_keeps_whole_replications_or_knows_nothing() -> None:
    scenario = small({"groups.front.authority": "full"})
    experiment = run(scenario, replications=3, workers=1)
    found = []
    for after in (1, 7):

        def stop(now: Progress, after: int = after) -> None:
            if now.done >= after:
                raise KeyboardInterrupt

        found.append(
            counterfactual(
                experiment,
                compare(experiment),
                "other",
                plans_of(scenario, "other"),
                workers=1,
                progress=stop,
            )
        )
    none, some = found
    assert none is None
    assert some is not None
    assert not some.complete
    assert some.replications == 1


def test_the_baseline_and_an_unknown_policy_have_no_answer() -> None:
    scenario = small({"groups.front.authority": "full"})
    with pytest.raises(ExperimentError, match="is the baseline"):
        through_what(scenario, "baseline")
    with pytest.raises(ExperimentError, match="There is no policy 'othr'"):
        through_what(scenario, "othr")
