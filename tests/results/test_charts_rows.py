"""Charts with a row for each policy: endings, first-contact resolution, coaching, cost."""

import math
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from results.charts import CHARTS
from results.charts.endings import COLOURS
from results.charts.view import View
from results.comparison.compare import compare
from results.facts.endings import ENDINGS
from scenarios.parts.satisfaction import Loyalty
from tests.support.made_up_results import (
    FREER,
    TODAY,
    drawn,
    overlaps,
    pictured,
    ticks_of,
    title_of,
    two,
    words_in,
)

ENDS, RESOLVED, COACHED, COSTS = (
    "how-cases-end",
    "first-contact-resolution",
    "approvals-and-coaching",
    "cost",
)


def pieces(axes: Axes) -> dict[int, dict[str, Rectangle]]:
    """The pieces of the stacked bars by row and name."""
    rows: dict[int, dict[str, Rectangle]] = {}
    for patch in axes.patches:
        name = str(patch.get_gid())
        if isinstance(patch, Rectangle) and name.startswith("piece:"):
            row = round(patch.get_y() + patch.get_height() / 2.0)
            rows.setdefault(row, {})[name.removeprefix("piece:")] = patch
    return rows


def lightness(colour: str) -> float:
    """Lightness L* from 0 to 100, all that is left in a print in grey."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    luminance = float(np.dot(linear, (0.2126, 0.7152, 0.0722)))
    return 116.0 * luminance ** (1.0 / 3.0) - 16.0


def test_the_pieces_of_every_bar_add_up_to_all_complaints() -> None:
    (axes,) = drawn(ENDS, two()).axes
    bars = pieces(axes)
    assert len(bars) == 2
    for row, bar in bars.items():
        assert set(bar) == set(ENDINGS)
        assert sum(piece.get_width() for piece in bar.values()) == pytest.approx(1.0), row
        edge = 0.0
        for piece in bar.values():
            assert piece.get_x() == pytest.approx(edge), "pieces lie side by side"
            edge += piece.get_width()


def test_a_piece_is_the_mean_share_of_its_ending() -> None:
    experiment = two()
    (axes,) = drawn(ENDS, experiment).axes
    for row, policy in enumerate(("today", "freer")):
        counts = [one.endings["complaints"] for one in experiment.summaries[policy]]
        share = np.mean([count["alone"] / sum(count.values()) for count in counts])
        assert pieces(axes)[row]["alone"].get_width() == pytest.approx(share)
        assert f"{100.0 * share:.1f} %" in words_in(axes.get_figure(root=True))


def test_without_complaints_the_bars_are_of_all_cases() -> None:
    experiment = pictured({"today": TODAY}, complaints=False)
    (axes,) = drawn(ENDS, experiment).axes
    assert axes.get_xlabel() == "Share of cases"
    assert sum(p.get_width() for p in pieces(axes)[0].values()) == pytest.approx(1.0)


def test_every_ending_has_a_colour_and_no_two_neighbours_one_lightness() -> None:
    assert list(COLOURS) == list(ENDINGS)
    shades = [lightness(colour) for colour in COLOURS.values()]
    gaps = np.abs(np.diff(shades))
    assert gaps.min() > 4.0, dict(zip(COLOURS, shades, strict=True))


def test_the_title_names_the_ending_that_changes_most() -> None:
    title = title_of(drawn(ENDS, two()))
    # A hundred cases and two on the mean, of which 40 were approved on asking, and 10 are.
    assert title == ("39.2 % of complaints are approved on asking under today, 9.8 % under freer")


def test_resolution_is_shown_for_complaints_and_for_all_cases_with_intervals() -> None:
    experiment = two()
    figure, found = drawn(RESOLVED, experiment), compare(experiment).findings
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["Complaints", "All cases"]
    for axes, measure in zip(figure.axes, ("fcr_complaints", "fcr"), strict=True):
        spans = [
            segment[:, 0]
            for collection in axes.collections
            if isinstance(collection, LineCollection)
            for segment in collection.get_segments()
        ]
        for policy in ("today", "freer"):
            mean = found[policy, measure].mean
            assert any(np.allclose(span, (mean.low, mean.high)) for span in spans), measure
            said = f"{100.0 * mean.mean:.1f} % ±{100.0 * mean.half_width:.1f}"
            assert said in words_in(figure)
        assert all(tick.endswith(" %") for tick in ticks_of(axes, "x"))


def test_a_policy_that_changes_nothing_is_said_to_make_no_clear_difference() -> None:
    figure = drawn(RESOLVED, pictured({"today": TODAY, "same": TODAY}))
    assert title_of(figure) == "No policy clearly changes what today resolves at first contact"
    assert "no clear difference" in words_in(figure)


def test_where_everything_is_resolved_at_once_there_is_no_picture_of_it() -> None:
    view = View.of(pictured({"today": TODAY, "freer": FREER}, complaints=False))
    assert CHARTS[RESOLVED](view) is None
    assert CHARTS[COACHED](view) is None


def test_coaching_stands_beside_the_approvals_that_leave_no_time_for_it() -> None:
    figure = drawn(COACHED, two())
    assert title_of(figure).startswith("Supervisors get to ")
    assert [axes.get_xlabel() for axes in figure.axes] == [
        "Requests per complaint",
        "Share done of what was planned",
    ]


def test_service_and_what_is_owed_and_revenue_at_risk_add_up_to_the_cost_in_all() -> None:
    experiment = two()
    figure, found = drawn(COSTS, experiment), compare(experiment).findings
    for row, policy in enumerate(("today", "freer")):
        stacked = sum(piece.get_width() for piece in pieces(figure.axes[0])[row].values())
        assert stacked == pytest.approx(found[policy, "total_cost"].mean.mean)


def test_what_is_withheld_is_drawn_as_owed_and_not_as_saved() -> None:
    bar = pieces(drawn(COSTS, two()).axes[0])[1]
    assert bar["give_away"].get_width() == pytest.approx(FREER.give_away)
    owed = ("remedy_owed_paid", "remedies_withheld", "remedies_open")
    assert [bar[name].get_width() for name in owed] == pytest.approx([200.0, 30.0, 20.0])


def test_without_a_cost_in_all_the_picture_is_of_service_cost_alone() -> None:
    experiment = two()
    for summary in experiment.finished.values():
        summary.values["all", ""] |= {"total_cost": math.nan, "revenue_at_risk": math.nan}
    figure = drawn(COSTS, experiment)
    assert title_of(figure).startswith("Service costs €650 a day under today, €730 under freer")
    assert "remedies_withheld" not in pieces(figure.axes[0])[0]


def test_the_difference_in_cost_carries_the_interval_of_the_verdict() -> None:
    experiment = two()
    difference = compare(experiment).findings["freer", "total_cost"].difference
    assert difference is not None
    found = difference.estimate
    spans = [
        segment[:, 0]
        for collection in drawn(COSTS, experiment).axes[1].collections
        if isinstance(collection, LineCollection)
        for segment in collection.get_segments()
    ]
    assert any(np.allclose(span, (found.low, found.high)) for span in spans)


def test_amounts_are_in_the_currency_of_the_scenario() -> None:
    figure = drawn(COSTS, two())
    assert all("€" in tick for axes in figure.axes for tick in ticks_of(axes, "x"))


def test_a_service_that_costs_less_because_cases_stay_open_is_doubted_on_the_chart_too() -> None:
    def with_open_cases(policies: dict[str, float]) -> str:
        experiment = two()
        for policy, share in policies.items():
            for number, summary in enumerate(experiment.summaries[policy]):
                values = summary.values["all", ""]
                values["total_cost"] = math.nan
                values["service_cost"] = 900.0 - 50.0 * (policy == "freer") + number
                values["unresolved"] = share + 0.001 * number
        return words_in(drawn(COSTS, experiment))

    left_open = with_open_cases({"today": 0.02, "freer": 0.12})
    assert "freer: warning: its lower service cost is no saving by itself: 10.0" in left_open
    assert "oubt" not in with_open_cases({"today": 0.02, "freer": 0.02})


def test_the_cost_in_all_says_what_a_customer_is_taken_to_be_worth() -> None:
    experiment = two()
    assert "a customer is worth" not in words_in(drawn(COSTS, experiment))
    loyal = experiment.scenario.model_copy(update={"loyalty": Loyalty(customer_value=80.0)})
    said = words_in(drawn(COSTS, replace(experiment, scenario=loyal)))
    assert "Revenue at risk: a customer is worth €80." in said


def test_where_nothing_costs_anything_there_is_no_picture_of_it() -> None:
    free = pictured({"today": TODAY})
    for summary in free.finished.values():
        summary.values["all", ""] |= {"total_cost": math.nan, "service_cost": 0.0}
    assert CHARTS[COSTS](View.of(free)) is None


def test_an_axis_of_large_amounts_counts_in_thousands() -> None:
    dear = pictured({"today": replace(TODAY, total_cost=40_000.0)})
    assert {"€0", "€20 k", "€40 k"} <= set(ticks_of(drawn(COSTS, dear).axes[0], "x"))


@pytest.mark.parametrize("chart", [ENDS, RESOLVED, COACHED, COSTS])
def test_one_replication_is_drawn_without_intervals(chart: str) -> None:
    figure = drawn(chart, pictured({"today": TODAY, "freer": FREER}, replications=1))
    assert "differences may be chance" in words_in(figure)
    assert "±" not in words_in(figure)
    assert overlaps(figure) == []
