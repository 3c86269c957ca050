"""What a policy is worth: agents that do as well, and what its money would buy instead."""

import pytest
from textual.widgets import Static

from results import run
from results.errors import ExperimentError
from scenarios import load, load_text
from scenarios.policies.roster import crews_of
from tests.support.command_line import SHOP
from tests.tui.app.canned_answers import told
from tests.tui.app.fake_runner import FakeRunner
from tests.tui.app.pilot import settled
from tui.app.app import FirstlineApp
from tui.how_far.sweep_curve import AIM
from tui.worth.screen import WorthScreen
from tui.worth.worth import worth_of


def test_agents_are_added_to_the_group_that_customers_reach_first() -> None:
    asked = worth_of(load("retail-complaints"), "empowered")
    assert asked.plan.factors[0].key == "groups.front_line.heads +="
    assert asked.levels == (0, 2, 4, 6, 8, 10, 12), "up to three in ten more"
    assert asked.policies[-1] == "empowered"
    heads = asked.plan.combined.under[asked.plan.names["ask-the-boss", 1]]
    shifts = heads.groups["front_line"].shifts or {}
    assert sum(crews_of({name: one.model_dump() for name, one in shifts.items()}).values()) == 42


def test_the_baseline_is_not_worth_anything_in_agents_of_itself() -> None:
    with pytest.raises(ExperimentError, match="choose another policy"):
        worth_of(load("retail-complaints"), "ask-the-boss")


def test_what_an_authority_is_worth_is_said_measure_by_measure_and_for_equal_money() -> None:
    asked = worth_of(load_text(SHOP), "empowered")
    experiment = run(asked.plan.combined, policies=list(asked.policies), replications=3, workers=1)
    said = list(asked.sentences(asked.study(experiment)))
    assert any("worth" in one and "agents" in one for one in said)
    assert "Decide alone" in said[-1]
    assert "money" in said[-1]
    assert "heads" not in said[-1], "no key of a file stands in a sentence"


async def test_a_asks_what_the_policy_under_the_cursor_is_worth(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        await settled(pilot)
        await pilot.press("x")
        await settled(pilot)
        compared = runner.last
        compared.tell(told(compared.request, 10, "done"))
        await settled(pilot)
        await pilot.press("home", "down", "down", "a")
        await settled(pilot)
        assert isinstance(app.screen, WorthScreen)
        title = app.screen.query_one("#worth-title", Static)
        assert "in agents of Front line" in str(title.content)
        job = runner.last
        assert "empowered" in job.request.policies
        job.tell(told(job.request, 3))
        await pilot.pause()
        said = str(app.screen.query_one("#worth-said", Static).content)
        assert "worth" in said
        curves = str(app.screen.query_one("#worth-curves", Static).content)
        assert "Complaints resolved at first contact" in curves
        assert "+12" in curves, "up to the most agents that were tried"
        assert AIM in curves, "what the policy reaches is a line across"
        await pilot.press("escape")
        await settled(pilot)
        assert job.stopped, "nobody looks any more"
