"""Charts of a horizon: week by week, the people, where failure demand comes from, kinds of cost."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from results.charts.catalogue import CHARTS
from results.charts.people import LEFT
from results.charts.view import View
from results.experiments.experiment import Experiment
from results.measures.slice import Cut
from tests.support.drawn_charts import drawn, ticks_of, title_of, words_in
from tests.support.made_up_results import FREER, TODAY, WEEKS, pictured, two

BY_WEEK, PEOPLE = "week-by-week", "people-week-by-week"
FAILURE, COST = "where-failure-demand-comes-from", "cost"


def panels(figure: Figure) -> dict[str, Axes]:
    return {axes.get_title(loc="left"): axes for axes in figure.axes}


def curve(axes: Axes, policy: str) -> tuple[np.ndarray, np.ndarray]:
    (line,) = (line for line in axes.lines if line.get_gid() == f"curve:{policy}")
    return np.asarray(line.get_xdata()), np.asarray(line.get_ydata())


def changed(experiment: Experiment, cut: Cut, values: Mapping[str, float]) -> Experiment:
    """The same findings with other values in one cut, under every policy."""
    finished = {
        key: replace(one, values={**one.values, cut: {**one.values.get(cut, {}), **values}})
        for key, one in experiment.finished.items()
    }
    return replace(experiment, finished=finished)


def without(experiment: Experiment, kind: str) -> Experiment:
    finished = {
        key: replace(one, values={cut: v for cut, v in one.values.items() if cut[0] != kind})
        for key, one in experiment.finished.items()
    }
    return replace(experiment, finished=finished)


def test_each_week_is_a_point_at_its_mean() -> None:
    experiment = two()
    x, y = curve(panels(drawn(BY_WEEK, experiment))["Average speed of answer"], "freer")
    assert x == pytest.approx(WEEKS)
    summaries = experiment.summaries["freer"]
    means = [np.mean([one.values["week", str(week)]["asa"] for one in summaries]) for week in WEEKS]
    assert y == pytest.approx(means)


def test_the_band_of_a_policy_alone_lies_within_its_panel() -> None:
    for chart in (BY_WEEK, PEOPLE, "waits-over-the-day"):
        for axes in drawn(chart, pictured({"today": TODAY})).axes:
            low, high = axes.get_ylim()
            for one in axes.collections:
                if str(one.get_gid()).startswith("band:"):
                    ends = np.concatenate([path.vertices[:, 1] for path in one.get_paths()])
                    assert low <= ends.min(), f"{chart}: cut off below"
                    assert ends.max() <= high, f"{chart}: cut off above"


def test_the_title_tells_what_the_last_week_comes_to() -> None:
    experiment = two()
    week = {
        policy: np.mean([one.values["week", "3"]["asa"] for one in found])
        for policy, found in experiment.summaries.items()
    }
    said = f"from {week['today']:.0f} to {week['freer']:.0f} s"
    title = title_of(drawn(BY_WEEK, experiment))
    assert title == f"Try freer: in week 3, the wait of those answered falls {said}"


def test_at_most_four_measures_are_shown_and_complaints_stand_for_all_cases() -> None:
    shown = panels(drawn(BY_WEEK, two()))
    assert len(shown) == 4
    assert "Complaints resolved at first contact" in shown
    assert "First-contact resolution" not in shown


def test_a_horizon_without_weeks_has_no_pictures_of_them() -> None:
    days = without(two(), "week")
    assert CHARTS[BY_WEEK](View.of(days)) is None
    assert CHARTS[PEOPLE](View.of(days)) is None


def test_people_who_do_not_change_by_the_week_are_not_drawn() -> None:
    experiment = two()
    for week in WEEKS:
        nothing = dict.fromkeys(("headcount", "tenure", "attrition", "engagement"), float("nan"))
        experiment = changed(experiment, ("week", str(week)), nothing)
    assert CHARTS[PEOPLE](View.of(experiment)) is None
    assert CHARTS[BY_WEEK](View.of(experiment)) is not None


def test_headcount_tenure_and_turnover_stand_side_by_side() -> None:
    shown = panels(drawn(PEOPLE, two()))
    assert list(shown) == ["Headcount", "Tenure in weeks", LEFT]
    assert all(tick.endswith(" %") for tick in ticks_of(shown[LEFT], "y"))


def test_one_who_leaves_in_a_week_is_one_of_the_headcount_and_no_turnover_of_a_year() -> None:
    """A fifth of the people a year is less than half a per cent of them in a week."""
    _, y = curve(panels(drawn(PEOPLE, two()))[LEFT], "today")
    each = [
        np.mean([one.values["week", str(week)]["attrition"] for one in two().summaries["today"]])
        for week in WEEKS
    ]
    assert y == pytest.approx(np.cumsum(each) * 7.0 / 365.0)


def test_one_replication_shows_weeks_without_bands() -> None:
    figure = drawn(BY_WEEK, pictured({"today": TODAY, "freer": FREER}, replications=1))
    assert title_of(figure).startswith("Weeks 1 to 3: ")
    assert not [c for axes in figure.axes for c in axes.collections]


def pieces(figure: Figure) -> dict[str, float]:
    """Width of the pieces of the first bar, by name."""
    return {
        str(patch.get_gid()).removeprefix("piece:"): patch.get_width()
        for axes in figure.axes
        for patch in reversed(axes.patches)
        if str(patch.get_gid()).startswith("piece:")
    }


def test_failure_demand_is_split_by_what_had_gone_wrong() -> None:
    figure = drawn(FAILURE, two())
    assert set(pieces(figure)) == {"not_resolved", "abandoned", "complaint"}
    said = words_in(figure)
    assert "Not resolved last time" in said
    assert "Hung up while waiting" in said
    assert "Found no free line" not in said, "what never happens needs no name"


def test_the_title_tells_the_share_of_contacts_that_need_not_have_been() -> None:
    title = title_of(drawn(FAILURE, two()))
    assert title == "Try freer: contacts that need not have been fall from 18.0 to 14.0 %"


def test_without_failure_demand_there_is_nothing_to_draw() -> None:
    fine = changed(two(), ("all", ""), {"failure_demand": 0.0})
    assert CHARTS[FAILURE](View.of(fine)) is None


def test_the_pieces_of_the_cost_add_up_to_the_total() -> None:
    spent = {"hiring_cost": 70.0, "fix_cost": 30.0, "training_cost": 100.0}
    experiment = changed(
        two(), ("all", ""), {**spent, "revenue_at_risk": 400.0, "staff_cost": 600.0}
    )
    found = pieces(drawn(COST, experiment))
    assert found["hiring_cost"] == pytest.approx(70.0)
    assert found["training_cost"] == pytest.approx(100.0)
    assert found["staff_cost"] == pytest.approx(500.0), "training is a part of the paid hours"
    assert found["revenue_at_risk"] == pytest.approx(400.0)
    said = words_in(drawn(COST, experiment))
    for title in ("Training", "Hiring", "Fixing root causes", "Revenue at risk"):
        assert title in said
