"""The STRESS-DES checklist of a report: filled from the scenario, and honest about what is not."""

from results.comparison.compare import compare
from results.report.provenance import Provenance
from results.report.stress_des import _SECTIONS, Reported, stress_des
from scenarios import Scenario, with_changes
from tests.support.made_up_results import two

NO_BEHAVIOUR = {
    *("profiles", "channels", "expect", "policies"),  # figures, bounds and questions
    *("reasons", "groups"),  # never left out
}


def rows(scenario: Scenario | None = None) -> dict[str, str]:
    """What the checklist says, by the number of the item."""
    experiment = two()
    comparison = compare(experiment)
    found = Reported.comparison(experiment, comparison, Provenance.of(experiment, None), ["asa"])
    if scenario is not None:
        found = Reported(**{**vars(found), "scenario": scenario})
    cells = [
        ["".join(cell.itertext()) for cell in row]
        for row in next(iter(stress_des(found).iter("table"))).iter("tr")
    ]
    return {item.split()[0]: said for item, said in cells[1:]}


def test_every_behaviour_that_can_be_left_out_is_named_as_used_or_left_out() -> None:
    behaviours = {
        name
        for name, field in Scenario.model_fields.items()
        if field.default is None or field.default == {}
    }
    assert behaviours - NO_BEHAVIOUR == set(_SECTIONS)


def test_what_a_scenario_uses_is_told_apart_from_what_it_leaves_out() -> None:
    before = rows()["2.2"]
    assert "Left out: " in before
    assert "redials" in before.partition("Left out: ")[2]
    calling = with_changes(two().scenario, {"redial": {"after_abandoning": 0.5}})
    used, _, left_out = rows(calling)["2.2"].partition("Left out: ")
    assert "redials" in used
    assert "redials" not in left_out


def test_what_the_scenario_asks_and_leaves_out_at_the_start_is_in_the_checklist() -> None:
    asked = {"report": {"question": "Dare we?"}, "horizon": {"days": 9, "warm_up_days": 2}}
    scenario = with_changes(two().scenario, {"story": "A shop."}).model_copy(
        update={
            key: type(getattr(two().scenario, key)).model_validate(value)
            for key, value in asked.items()
        }
    )
    found = rows(scenario)
    assert found["1.1"] == "Dare we? A shop."
    assert "the first 2 days are left out" in found["4.1"]
    assert found["4.2"] == "9 days from a Monday on, in each replication."
