"""Studies: the same customers at every point."""

import csv
import math
from pathlib import Path

import pytest

from results.errors import ExperimentError
from results.experiments.experiment import run
from results.studies.equal_money import equal_money, equal_money_words
from results.studies.factor import Factor, factor_of
from results.studies.goal import Goal, goal_of, reached, worth
from results.studies.plan import AS_IT_IS, plan_of
from results.studies.study import run_study
from results.studies.table import write_study
from results.studies.turning import turning_of
from results.studies.words import goal_words
from scenarios import ScenarioError, load, override
from tests.support.known_answers import CANNED, SCENARIO


def small():
    """A queue of a few minutes with an Erlang answer: two agents, and one more as a policy."""
    changes = {
        "horizon.days": 1,
        "horizon.part_of_days": 7,
        "reasons.enquiry.volume.per_day": 1200,
        "groups.agents.heads": 4,
    }
    scenario = override(load("textbook"), changes).scenario
    policies = {"one-more": {"changes": {"groups.agents.heads": 5}}}
    return scenario.model_validate({**scenario.model_dump(), "policies": policies})


def test_a_point_is_the_scenario_with_the_change_made_after_the_policy() -> None:
    plan = plan_of(small(), [factor_of("groups.agents.heads+=0:1")])
    heads = {
        place: plan.combined.under[name].groups["agents"].heads
        for place, name in plan.names.items()
    }
    assert heads == {
        ("baseline", 0): 4,
        ("one-more", 0): 5,
        ("baseline", 1): 5,
        ("one-more", 1): 6,
    }


def test_every_point_meets_the_same_customers_and_gives_the_bits_of_a_plain_run() -> None:
    centre = small()
    study = run_study(centre, [factor_of("groups.agents.heads=4:5")], replications=2, workers=1)
    plain = run(centre, replications=2, workers=1)
    for policy, name in (("baseline", "baseline"), ("one-more", "one-more")):
        at = {"baseline": 0, "one-more": 1}[policy]
        for number in (0, 1):
            here = study.experiment.finished[study.plan.names[policy, at], number]
            assert here.values["all", ""] == pytest.approx(
                plain.finished[name, number].values["all", ""], nan_ok=True, rel=0, abs=0
            )
    same = study.difference(("baseline", 1), ("one-more", 1), "asa")
    assert (same.mean, same.half_width) == (0.0, 0.0), "five agents are five agents"


def test_one_more_agent_is_worth_one_agent_in_every_measure() -> None:
    centre = small()
    plan = plan_of(
        centre, [factor_of("groups.agents.heads+=0:2")], policies=["baseline"], beside="one-more"
    )
    assert ("one-more", AS_IT_IS) in plan.names
    study = run_study(centre, [factor_of("groups.agents.heads+=0:2")], replications=3, workers=1)
    for measure in ("asa", "service_level", "abandonment"):
        found = worth(study, "one-more", "baseline", measure, at=0)
        assert found.at == pytest.approx(1.0)
        # At one more agent the two are the same customer by customer: nothing lies beyond it.
        assert found.low <= 1.0 == pytest.approx(found.high)


def test_a_goal_is_reached_where_the_curve_crosses_it() -> None:
    centre = small()
    study = run_study(centre, [factor_of("groups.agents.heads=3:7")], replications=3, workers=1)
    levels = [one.mean for one in study.curve("baseline", "service_level")]
    assert levels == sorted(levels), "more agents, a better service level"
    between = (levels[1] + levels[2]) / 2
    found = reached(study, "baseline", goal_of(f"service_level>={between}"))
    assert found.at == pytest.approx(4.5)
    assert found.low <= found.at <= found.high
    out_of_reach = reached(study, "baseline", Goal("service_level", at_least=True, value=1.5))
    assert not out_of_reach.is_reached
    turn = turning_of(study, "baseline", "service_level")
    assert turn is not None
    assert turn.best in turn.alike
    assert turn.enough <= turn.best


def test_a_goal_that_more_absence_loses_holds_up_to_a_level() -> None:
    study = run_study(
        small(), [factor_of("groups.agents.absence=0:0.8:0.4")], replications=4, workers=1
    )
    levels = [one.mean for one in study.curve("baseline", "service_level")]
    assert levels == sorted(levels, reverse=True), "fewer agents, a worse service level"
    between = goal_of(f"service_level>={(levels[0] + levels[1]) / 2}")
    assert goal_words(study, between, "baseline").startswith(
        "agents.absence already at 0, and up to 0.2"
    )
    always = goal_of(f"service_level>={levels[-1] - 0.01}")
    assert goal_words(study, always, "baseline").startswith("agents.absence at most 0")


def test_rows_are_tidy_and_on_disk_as_in_memory(tmp_path: Path) -> None:
    study = run_study(
        small(), [factor_of("groups.agents.heads=4,5")], replications=2, workers=1, engine=CANNED
    )
    write_study(tmp_path, study)
    rows = list(csv.DictReader((tmp_path / "study.csv").read_text("utf-8").splitlines()))
    assert len(rows) == 2 * 2 * 2
    assert {row["groups.agents.heads"] for row in rows} == {"4.0", "5.0"}
    first = next(study.rows(["asa"]))
    assert float(rows[0]["asa"]) == first["asa"]
    assert (tmp_path / "study.parquet").is_file()


def test_a_level_at_which_the_scenario_does_not_work_is_named_once() -> None:
    with pytest.raises(ScenarioError) as refused:
        plan_of(small(), [Factor("groups.agents.heads", (4, -1))])
    assert len(refused.value.problems) == 1
    assert "groups.agents.heads = -1" in str(refused.value)


def test_a_key_can_be_a_factor_only_once() -> None:
    with pytest.raises(ExperimentError, match="a factor twice"):
        plan_of(SCENARIO, [Factor("horizon.days", (1,)), Factor("horizon.days", (2,))])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("service_level=0.8", "is no goal"),
        ("service_level>=80", "80 in service_level>=80 is no share"),
        ("abandonment<=-0.1", "is no share"),
        ("service_level>=nan", "is no number"),
        ("asa<=inf", "is no number"),
        ("servce_level>=0.8", "Did you mean 'service_level'?"),
        ("asa<=soon", "is no number"),
    ],
)
def test_a_goal_that_cannot_be_read_is_refused(text: str, said: str) -> None:
    with pytest.raises(ExperimentError) as refused:
        goal_of(text)
    assert said in str(refused.value)


def test_a_curve_without_values_has_no_turning_point() -> None:
    study = run_study(
        small(), [factor_of("groups.agents.heads=4,5")], replications=2, workers=1, engine=CANNED
    )
    assert turning_of(study, "baseline", "approval_wait") is None
    assert math.isnan(study.level(("baseline", 0), "approval_wait").mean)


def paid(**policies):
    """The same queue with a wage, and policies that set how many agents there are."""
    made = {
        name.replace("_", "-"): {"changes": {"groups.agents.heads": heads}}
        for name, heads in policies.items()
    }
    centre = override(small(), {"groups.agents.cost_per_hour": 30.0}).scenario
    return centre.model_validate({**centre.model_dump(), "policies": made})


def test_for_the_money_of_one_more_agent_the_baseline_has_one_more_agent() -> None:
    study = run_study(
        paid(one_more=5),
        [factor_of("groups.agents.heads+=0:2")],
        policies=["baseline"],
        beside="one-more",
        replications=3,
        workers=1,
    )
    found = equal_money(study, "one-more", "baseline", ["asa"])
    assert found.at == 1
    assert not found.beyond
    assert (found.more.mean, found.more.half_width) == (0.0, 0.0), "the same, to the bit"
    assert (found.differences["asa"].mean, found.differences["asa"].half_width) == (0.0, 0.0)
    said = equal_money_words(study, "one-more", ["asa"])
    assert "agents.heads +1" in said
    assert "not known to differ" in said


def test_a_policy_that_spends_less_than_the_baseline_buys_no_agent() -> None:
    centre = paid(one_less=3)
    asked = {"policies": ["baseline"], "beside": "one-less", "replications": 2, "workers": 1}
    study = run_study(centre, [factor_of("groups.agents.heads+=0:1")], **asked)
    found = equal_money(study, "one-less", "baseline", ["asa"])
    assert found.at is None
    assert found.more.mean < 0.0
    assert "buys nothing more" in equal_money_words(study, "one-less", ["asa"])
    rich = run_study(
        paid(one_more=5),
        [factor_of("groups.agents.heads+=-2:-1")],
        policies=["baseline"],
        beside="one-more",
        replications=6,
        workers=1,
    )
    assert equal_money(rich, "one-more", "baseline", ["asa"]).beyond
    said = equal_money_words(rich, "one-more", ["asa"])
    assert "the highest that was run" in said
    assert "better" in said


def test_without_a_wage_there_is_no_equal_money() -> None:
    factors = [factor_of("groups.agents.heads+=0:1")]
    asked = {"policies": ["baseline"], "beside": "one-more", "replications": 2, "workers": 1}
    study = run_study(small(), factors, **asked)
    assert "costs nothing here" in equal_money_words(study, "one-more", ["asa"])
