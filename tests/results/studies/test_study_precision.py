"""Precision of a study: replications until the difference that decides is known at every point."""

import numpy as np
import pytest

from results.comparison.estimate import estimate
from results.errors import ExperimentError
from results.experiments.precision import Precision
from results.experiments.replications import Engine
from results.measures.summary import Summary
from results.studies.factor import Factor
from results.studies.plan import plan_of
from results.studies.read import study_of
from results.studies.study import Study, run_study
from results.studies.study_file import AT_MOST
from scenarios import ScenarioError
from scenarios.schema import Scenario
from sim.trace.trace import Trace
from tests.support.known_answers import CANNED, SCENARIO

HEADS = Factor("groups.front_line.heads", (3, 4))


def noisy(scenario: Scenario, trace: Trace, beyond: object) -> Summary:
    """A wait that replications share, and noise of the point that grows with the agents."""
    found = CANNED.summarise(scenario, trace, beyond)  # type: ignore[arg-type]
    heads = scenario.groups["front_line"].heads or 0
    wait = found.values["all", ""]["asa"]
    random = np.random.default_rng([int(1e6 * wait), heads])
    spread = 12.0 if heads == 4 else 1.0
    telecom = scenario.costs.telecom_per_min
    found.values["all", ""]["asa"] = wait + (spread * random.normal() if telecom else 0.0)
    return found


NOISY = Engine(CANNED.simulate, noisy)


def ran(precision: Precision, heads: Factor = HEADS) -> Study:
    asked = {"policies": ["today", "quick"], "precision": precision}
    return run_study(SCENARIO, [heads], **asked, workers=1, engine=NOISY)


def test_replications_grow_until_the_difference_is_known_at_the_worst_point() -> None:
    wanted = 3.0
    study = ran(Precision({}, {"asa": wanted}, at_least=5, at_most=500))
    assert study.experiment.complete
    widths = [study.difference(("quick", at), ("today", at), "asa").half_width for at in range(2)]
    assert max(widths) <= wanted
    one = Precision({}, {"asa": wanted}, at_least=5, at_most=500)
    alone = ran(one, Factor("groups.front_line.heads", (3,)))
    assert alone.replications < study.replications, "the other point asks for more"
    # Rounds grow by a tenth at least: with half as many the worst point was not known.
    values = study.values(("quick", 1), "asa") - study.values(("today", 1), "asa")
    assert estimate(values[: study.replications // 2]).half_width > wanted


def test_a_study_ends_at_its_maximum_and_says_which_points_are_not_known() -> None:
    study = ran(Precision({}, {"asa": 0.5}, at_least=5, at_most=8))
    assert study.replications == 8
    assert study.experiment.precision is not None
    unmet = study.experiment.precision.unmet(study.experiment.summaries)
    assert "quick @ groups.front_line.heads=4" in {one.policy for one in unmet}
    assert all(one.of_difference for one in unmet)


def test_a_single_policy_is_set_against_its_first_point_and_a_worth_against_the_policy() -> None:
    alone = plan_of(SCENARIO, [HEADS], policies=["today"])
    assert alone.opposites == {
        "today @ groups.front_line.heads=4": "today @ groups.front_line.heads=3"
    }
    worth = plan_of(SCENARIO, [HEADS], policies=["today"], beside="quick")
    assert worth.opposites == {
        "today @ groups.front_line.heads=3": "quick",
        "today @ groups.front_line.heads=4": "quick",
    }


def asked(**more: object) -> Precision | None:
    factors = [{"key": "groups.a.heads", "levels": [1, 2]}]
    return study_of({"scenario": "textbook", "factors": factors, **more}).precision


def test_a_study_file_names_the_difference_its_width_and_the_maximum() -> None:
    found = asked(precision={"asa": 2, "fcr": "what_matters", "at_most": 40})
    assert found is not None
    assert found.differences == {"asa": 2.0, "fcr": None}
    assert (found.half_widths, found.at_least, found.at_most) == ({}, 5, 40)
    usual = asked(precision={"asa": 2})
    assert usual is not None
    assert usual.at_most == AT_MOST


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"precision": {"asa": 2}, "replications": 3}, "cannot stand next to replications"),
        ({"precision": {"asaa": 2}}, 'Did you mean "asa"?'),
        ({"precision": {"asa": "closely"}}, 'or "what_matters"'),
        ({"precision": {"asa": -1}}, "a half-width must be above 0"),
        ({"precision": {"at_most": 9}}, "names no measure"),
        ({"precision": {"asa": 2, "at_most": 3}}, "at_most must not be below at_least"),
        ({"precision": {"asa": 2, "at_most": "many"}}, "must be a whole number"),
        ({"precision": 3}, "must be a table"),
        ({"report": {"pictures": ["frontir"]}}, 'Did you mean "frontier"?'),
        ({"report": {"auhtor": "A"}}, 'Did you mean "author"?'),
        ({"report": 3}, "must be a table: [report]"),
        ({"goal": "asa=3"}, "is no goal"),
        ({"worth": "quick", "policies": ["today"]}, "cannot stand next to worth"),
    ],
)
def test_what_a_study_file_cannot_mean_is_refused_with_its_key(
    more: dict[str, object], said: str
) -> None:
    with pytest.raises(ScenarioError) as refused:
        asked(**more)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"goal": "asa<=9", "factors": [{"key": "groups.agents.heads", "levels": [4, 3]}]}, "goal"),
        ({"worth": "nobody"}, "There is no policy 'nobody'"),
        ({"worth": "baseline"}, "is the baseline itself"),
    ],
)
def test_what_cannot_be_sought_is_refused_before_anything_runs(
    more: dict[str, object], said: str
) -> None:
    factors = [{"key": "groups.agents.heads", "levels": [3, 4]}]
    found = study_of({"scenario": "textbook", "factors": factors, **more})
    with pytest.raises(ExperimentError, match=said):
        found.plan(found.load_scenario())
