"""A template with the user's own figures is still the template, comments and all."""

import pytest

from scenarios import ScenarioError, load_text
from scenarios.templates import templates
from scenarios.templates.filled import filled

TEXT = templates()["front-line-and-supervisors"]


def changed_lines(text: str) -> list[tuple[str, str]]:
    pairs = zip(TEXT.splitlines(), text.splitlines(), strict=True)
    return [(old, new) for old, new in pairs if old != new]


def test_only_the_lines_of_the_figures_change() -> None:
    mine = {
        "opening.hours": "08:00-18:00",
        "reasons.order.handling.voice.talk_s.mean": 270,
        "loyalty.customer_value": 80,
    }
    changes = changed_lines(filled(TEXT, mine))
    assert [new for _, new in changes] == [
        'hours = "08:00-18:00"',
        "customer_value = 80               # what a customer who stays is worth: put in your own",
        'handling.voice.talk_s = { distribution = "lognormal", mean = 270, cv = 0.8 }',
    ]


def test_a_key_that_the_template_leaves_out_is_added() -> None:
    scenario = load_text(filled(TEXT, {"costs.currency": "CHF", "groups.supervisors.absence": 0.1}))
    assert scenario.costs.currency == "CHF"
    assert scenario.groups["supervisors"].absence == 0.1


@pytest.mark.parametrize("name", templates())
def test_a_template_without_figures_of_ones_own_stays_as_it_is(name: str) -> None:
    assert filled(templates()[name], {}) == templates()[name]


def test_a_list_is_replaced_and_keeps_the_rest() -> None:
    scenario = load_text(filled(TEXT, {"escalation.beyond_authority.steps": [{"step": "decline"}]}))
    assert [step.step for step in scenario.escalation["beyond_authority"].steps] == ["decline"]


@pytest.mark.parametrize(
    ("key", "value"),
    [("groups.front.heads", 3), ("groups.front_line.heads", -3), ("groups.front_line.heads +=", 3)],
)
def test_a_figure_that_cannot_be_is_refused_by_its_key(key: str, value: int) -> None:
    with pytest.raises(ScenarioError, match=key.split(" ", maxsplit=1)[0]):
        filled(TEXT, {key: value})
