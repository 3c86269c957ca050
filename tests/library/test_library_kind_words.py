"""The shipped scenario kind-words: the figures of its header, as they were seen in ten weeks.

Differences are taken within replications of the same customers. A figure of the header holds when
the difference seen lies within the interval that the header gives with it: the standard error of
the difference is less than half of that, and no chance is left where the draws are the same.
"""

import pytest

from results.comparison.estimate import Estimate
from tests.support import seen_figures
from tests.support.seen_figures import WHOLE, compared

pytestmark = pytest.mark.long

COMPLAINTS = ("reason", "complaint")


def change(policy: str, measure: str, cut: tuple[str, str] = WHOLE) -> Estimate:
    return seen_figures.change(compared("kind-words", 10, cut=cut), policy, measure)


def mean(policy: str, measure: str) -> float:
    return seen_figures.mean(compared("kind-words", 10), policy, measure)


def complaints(policy: str) -> float:
    return change(policy, "csat_true", COMPLAINTS).mean


def test_kind_and_free_together_please_more_than_the_two_by_themselves() -> None:
    """Sparks, Bradley & Callan 1997: empowerment pleases fully only with an accommodating style."""
    assert 6.3 <= complaints("kind") <= 6.7
    assert 12.7 <= complaints("free") <= 14.2
    assert 22.8 <= complaints("kind-and-free") <= 24.6
    more = complaints("kind-and-free") - complaints("kind") - complaints("free")
    assert more == pytest.approx(3.8, abs=0.3)


def test_authority_moves_the_floor_and_kindness_does_not() -> None:
    assert 0.20 <= change("free", "fcr_complaints").mean <= 0.24
    assert -19 <= change("free", "wait_all").mean <= -11
    assert 428 <= change("free", "give_away").mean <= 496
    for measure in ("fcr_complaints", "wait_all", "give_away", "coaching_done", "internal_wait"):
        assert change("kind", measure).mean == 0.0


def test_who_need_not_ask_does_not_wait_for_the_supervisor() -> None:
    # Standard errors 1 s and 2.5 s of the means of ten weeks, 2 points of the coaching.
    assert mean("by-the-book", "internal_wait") == pytest.approx(44, abs=3)
    assert mean("free", "internal_wait") == pytest.approx(23, abs=6)
    assert mean("by-the-book", "coaching_done") == pytest.approx(0.53, abs=0.05)
    assert mean("free", "coaching_done") == pytest.approx(0.87, abs=0.05)
    assert change("free", "internal_wait").high < 0.0


def test_an_apology_with_the_reason_pleases_as_much_as_authority_alone_and_costs_seconds() -> None:
    assert 11.0 <= complaints("say-sorry") <= 11.9
    assert -268 <= change("say-sorry", "people_told").mean <= -244
    assert -2.5 <= change("say-sorry", "service_cost").mean <= 1.3


def test_who_knows_the_customer_makes_shorter_waits() -> None:
    assert -7.6 <= change("know-the-customer", "wait_all").mean <= -3.5
    assert 1.0 <= complaints("know-the-customer") <= 1.2


@pytest.mark.parametrize(
    ("policy", "least", "most"),
    [
        ("kind", 656, 703),
        ("free", 1246, 1682),
        ("kind-and-free", 2324, 2844),
        ("say-sorry", 1136, 1320),
    ],
)
def test_each_costs_less_in_all(policy: str, least: float, most: float) -> None:
    assert -most <= change(policy, "total_cost").mean <= -least
