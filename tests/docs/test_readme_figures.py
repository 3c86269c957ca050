"""The README quotes what its commands answer."""

import re
from functools import cache

import pytest

from results import compare, run
from results.reading.names import titles_of
from scenarios import load, with_changes
from tests.support import seen_figures
from tests.support.doc_commands import ROOT
from tests.support.seen_figures import compared

pytestmark = pytest.mark.long

README = (ROOT / "README.md").read_text(encoding="utf-8")
QUOTED = re.compile(r"^> \*\*([^*]+)\*\*: (.*?)(?=^> \*\*|^>$|^$)", re.MULTILINE | re.DOTALL)


@cache
def verdicts() -> tuple[dict[str, str], dict[str, str]]:
    """Of ten weeks, as it is and with customers worth little."""
    cheap = with_changes(load("retail-complaints"), {"loyalty.customer_value": 10.0})
    return (
        dict(compared("retail-complaints", 10).verdicts),
        dict(compare(run(cheap, replications=10, seed=1)).verdicts),
    )


def quoted() -> list[tuple[str, str]]:
    """Policy and words of every verdict that the README quotes, without what it leaves out."""
    scenario = load("retail-complaints")
    named = {title: name for name, title in titles_of(scenario, scenario.policies).items()}
    found = [
        (named[title], re.sub(r"\n> ?", " ", text).strip())
        for title, text in QUOTED.findall(README)
    ]
    return [
        (policy, part.strip()) for policy, text in found for part in text.split("…") if part.strip()
    ]


def test_the_verdicts_in_the_readme_are_those_of_its_commands() -> None:
    said = quoted()
    assert {policy for policy, _ in said} == {"empowered", "guided"}
    wrong = [
        (policy, part)
        for policy, part in said
        if not any(part in one[policy].replace("\n", " ") for one in verdicts())
    ]
    assert wrong == []


def test_waits_and_costs_in_the_readme_are_those_of_its_picture() -> None:
    comparison = compared("retail-complaints", 10)
    for policy, shorter in (("empowered", 11), ("five-more-agents", 7)):
        wait = seen_figures.change(comparison, policy, "wait_all").mean
        assert wait == pytest.approx(-shorter, abs=0.5)
        cost = seen_figures.change(comparison, policy, "service_cost").mean
        assert cost == pytest.approx(640, abs=5)
    assert "by 11 seconds, five more agents shorten it by 7" in README
    assert "Both cost about €640 a day" in README
