"""Why a policy differs, in a picture: bars from zero to the whole difference."""

from dataclasses import replace

import pytest
from matplotlib.figure import Figure

from results.charts.catalogue import CHARTS
from results.charts.titles import THROUGH_WHAT, WHICH_CHANGE, WHY
from results.charts.view import View
from results.charts.waterfall import steps_of
from results.why.account import Account, Accounting
from tests.support.drawn_charts import drawn, overlaps, title_of, words_in
from tests.support.made_up_results import FREER, TODAY, pictured, two, why_of


def found_in(policy: str = "freer") -> Accounting:
    found = why_of(pictured({"today": TODAY, policy: FREER}))
    assert found is not None
    return found


def bars(figure: Figure) -> list[list[tuple[str, float, float]]]:
    """Of each panel its bars from top to bottom: name, begin and reach."""
    return [
        [
            (str(patch.get_gid()), patch.get_x(), patch.get_width())
            for patch in axes.patches
            if str(patch.get_gid()).startswith("step:")
        ]
        for axes in figure.axes
    ]


def test_nothing_is_drawn_where_nobody_asked_why() -> None:
    assert CHARTS[WHY](View.of(two())) is None


def test_the_title_is_the_finding_with_the_policy_by_its_title() -> None:
    figure = drawn(WHY, two())
    assert title_of(figure) == "Try freer – 5.0 h a day more idle, 10 repeats a day do not come"
    assert "Contacts a day" in words_in(figure)


def test_each_bar_begins_where_the_one_before_ends_and_the_last_is_all_of_it() -> None:
    for panel in bars(drawn(WHY, two())):
        *parts, (_, start, whole) = panel
        reached = 0.0
        for _, begin, size in parts:
            assert begin == pytest.approx(reached, abs=1e-9)
            reached = begin + size
        assert (start, whole) == (0.0, pytest.approx(reached, abs=1e-9))


def test_what_is_not_certain_is_hollow_and_its_number_grey() -> None:
    figure = drawn(WHY, two())
    colours = {
        str(patch.get_gid()): patch.get_facecolor()[:3]
        for axes in figure.axes
        for patch in axes.patches
    }
    assert colours["step:Hold_20_for_20_approvals"] != (1.0, 1.0, 1.0)
    same = why_of(pictured({"today": TODAY, "again": TODAY}))
    assert same is not None
    figure = CHARTS[WHY](View.of(pictured({"today": TODAY, "again": TODAY}), why=same))
    assert figure is not None
    hollow = [
        p for axes in figure.axes for p in axes.patches if "In_20_all" not in str(p.get_gid())
    ]
    assert all(patch.get_facecolor()[:3] == (1.0, 1.0, 1.0) for patch in hollow)


def many_parts(found: Accounting) -> Account:
    """An account of which eight parts move, each less than the one before."""
    account = found.account("agents")
    line = account.lines[0]
    lines = []
    for number in range(8):
        moved = replace(line.difference.estimate, mean=10.0 - number)
        difference = replace(line.difference, estimate=moved)
        lines.append(replace(line, part=str(number), title=f"Part {number}", difference=difference))
    return replace(account, lines=tuple(lines))


def test_of_many_parts_the_smallest_are_one_bar() -> None:
    found = found_in()
    *parts, rest, _ = steps_of(found, many_parts(found))
    assert [step.title for step in parts] == [f"Part {number}" for number in range(5)]
    assert (rest.title, rest.size) == ("3 other parts", pytest.approx(5.0 + 4.0 + 3.0))


def test_no_text_of_the_picture_lies_on_another() -> None:
    assert overlaps(drawn(WHY, two())) == []
    long = "the-policy-with-a-long-name_that-goes-on-and-on-for-ever-and-a-day"
    assert overlaps(drawn(WHY, pictured({"today": TODAY, long: FREER}))) == []


@pytest.mark.parametrize("name", [WHICH_CHANGE, THROUGH_WHAT])
def test_a_counterfactual_is_drawn_for_the_first_measure_that_differs(name: str) -> None:
    ((*parts, (_, start, whole)),) = bars(drawn(name, two()))
    assert len(parts) == (2 if name == WHICH_CHANGE else 3)
    reached = 0.0
    for _, begin, size in parts:
        assert begin == pytest.approx(reached, abs=1e-9)
        reached = begin + size
    assert (start, whole) == (0.0, pytest.approx(reached, abs=1e-9))
    assert overlaps(drawn(name, two())) == []
    long = "a-policy-with-a-name-as-long-as-a-policy-may-have-it"
    assert overlaps(drawn(name, pictured({"today": TODAY, long: FREER}))) == []


def test_the_title_of_a_counterfactual_says_what_carries_the_difference() -> None:
    assert title_of(drawn(WHICH_CHANGE, two())).startswith("Which change? Try freer: ")
    assert "by groups.freer" in title_of(drawn(WHICH_CHANGE, two()))
    assert title_of(drawn(THROUGH_WHAT, two())).endswith("directly")


def test_nobody_who_asked_only_for_the_accounts_gets_a_counterfactual() -> None:
    only = replace(found_in(), counterfactual=None)
    assert CHARTS[WHICH_CHANGE](View.of(two(), why=only)) is None
