"""Every published, exact and closed-form figure that is shipped, in the short and the long run."""

import json
from functools import cache
from math import isclose
from pathlib import Path
from typing import Any

import pytest

from results.validation.case import Case, History
from results.validation.catalogue import GROUPS, cases, chosen, figures_simulated, is_run
from results.validation.reference import references
from results.validation.validate import Result, validate
from results.validation.verdict import Verdict
from results.validation.words import cells, title

STORED = Path(__file__).parents[2] / "docs" / "validation.json"
BY_ANOTHER_NAME = {"erlc-sl-grid-10erl": "erlc-sl-grid-11"}
"""A collected case that is shipped in parts; of its grid, 14 agents are EC-1."""


@cache
def stored() -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of the run that docs/validation.md shows."""
    rows = json.loads(STORED.read_text(encoding="utf-8"))["rows"]
    return {(row["case"], row["figure"]): row for row in rows}


def result_of(name: str, *, long: bool) -> Result:
    (result,) = validate([name], long=long).results
    assert [one for one in result.outcomes if one.verdict is not Verdict.AGREES] == []
    return result


@pytest.mark.parametrize("name", chosen("*", long=False))
def test_a_centre_whose_figures_are_known_has_them_in_a_short_run(name: str) -> None:
    assert result_of(name, long=False).outcomes


@pytest.mark.long
@pytest.mark.parametrize("name", chosen("*", long=True))
def test_a_centre_whose_figures_are_known_has_them_in_the_long_run_that_is_documented(
    name: str,
) -> None:
    """Within about three of its errors, where the source of a case says what a run may be off."""
    case, result = cases()[name], result_of(name, long=True)
    right = case.expected() if isinstance(case, Case) else {}
    for one in result.outcomes:
        shown = stored()[name, one.figure]
        if one.margin is None:
            assert shown["simulated"] == one.simulated
            continue
        assert isclose(shown["simulated"], one.simulated, rel_tol=1e-9, abs_tol=1e-12)
        assert isclose(shown["margin"], one.margin, rel_tol=1e-6, abs_tol=1e-12)
        allowed = right[one.figure].tolerance
        assert allowed is None or abs(one.simulated - one.expected) <= allowed, one


@pytest.mark.parametrize("name", chosen("*", long=True))
def test_the_documented_run_is_of_the_cases_of_today(name: str) -> None:
    case = cases()[name]
    if isinstance(case, History):
        assert {key: stored()[name, key]["expected"] for key in case.expected} == case.expected
        return
    computed = {} if case.compute is None else case.compute()
    for figure, right in case.expected().items():
        shown = stored()[name, figure]
        assert isclose(shown["expected"], right.value, rel_tol=1e-9)
        assert shown["formula"] == pytest.approx(computed.get(figure), rel=1e-9)
        assert shown["verdict"] == "agrees"


def test_every_figure_that_was_collected_is_compared() -> None:
    for name, reference in references().items():
        case = cases()[BY_ANOTHER_NAME.get(name, name)]
        assert is_run(case, long=True)
        if isinstance(case, History):
            left_out = {"queue_steps"}
            assert reference.expected.keys() - left_out <= case.expected.keys()


def test_every_figure_has_a_name_in_words_and_every_case_a_heading_and_a_source() -> None:
    assert sum(len(group.cases) for group in GROUPS) == len(cases()), "a name is there twice"
    for case in cases().values():
        figures = case.expected() if isinstance(case, Case) else case.expected
        assert all(title(figure) for figure in figures)
        assert len(case.title) <= 75
        assert case.source


def test_the_false_alarms_of_a_set_are_shared_among_all_figures_that_it_simulates() -> None:
    found = validate(["EC-1", "EC-ST-20", "erlc-14", "ciw-reneging"])
    assert sum(one.margin is not None for one in found.outcomes()) == 4, "those of EC-1 alone"
    assert found.figures == figures_simulated(long=False) < figures_simulated(long=True)


def test_minutes_are_shown_in_seconds_and_shares_in_per_cent_to_the_digits_of_the_margin() -> None:
    (agents,) = validate(["erla-14"]).results
    shown = {one.figure: cells(one) for one in agents.outcomes}
    assert shown["p_wait"][0] == "14.5 %"
    assert shown["p_wait"][1] == "14.5"
    wait, *_ = shown["mean_wait_all_min"]
    assert wait == "4.2 s"
