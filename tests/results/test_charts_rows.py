"""Charts with a row for each policy: endings, first-contact resolution, coaching, cost."""

import math
import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from results.charts.bars import ACCENT, shades
from results.charts.catalogue import CHARTS
from results.charts.view import View
from results.comparison.compare import compare
from results.facts.endings import ENDINGS
from scenarios.parts.satisfaction import Loyalty
from tests.support.drawn_charts import drawn, overlaps, ticks_of, title_of, words_in
from tests.support.made_up_results import FREER, TODAY, pictured, two

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


def intervals(axes: Axes) -> dict[str, tuple[float, float]]:
    """Both ends of the interval of each policy, by policy."""
    return {
        str(line.get_gid()).removeprefix("interval:"): tuple(line.get_xdata())
        for line in axes.lines
        if str(line.get_gid()).startswith("interval:")
    }


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


# What eyes without the cones for red or for green see, on linear light (Vienot, Brettel and
# Mollon, Color Research and Application 24, 1999).
EYES = {
    "ordinary": np.eye(3),
    "no cones for red": np.array(
        [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.004, -0.004, 1]]
    ),
    "no cones for green": np.array(
        [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.0223, 0.0223, 1]]
    ),
    "print in grey": np.array([[0.2126, 0.7152, 0.0722]] * 3),
}


def seen(colour: str, eyes: str) -> float:
    """The luminance at which a colour is seen."""
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(np.dot(np.clip(EYES[eyes] @ linear, 0.0, 1.0), (0.2126, 0.7152, 0.0722)))


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("count", [2, 5, 8, 11])
def test_neighbours_in_a_stack_stand_apart_in_grey_print_and_for_the_colour_blind(
    eyes: str, count: int
) -> None:
    names = list(ENDINGS)[:count]
    found = [shade.colour for shade in shades(names, "alone").values()]
    for left, right in pairwise(found):
        light, dark = sorted((seen(left, eyes), seen(right, eyes)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3.0, (left, right)


def test_every_name_in_a_stack_has_a_look_of_its_own_and_one_alone_is_in_colour() -> None:
    found = shades(list(ENDINGS), "alone")
    assert len(set(found.values())) == len(ENDINGS)
    assert [name for name, one in found.items() if one.colour == ACCENT] == ["alone"]
    greys = {one.colour for name, one in found.items() if name != "alone"}
    assert all(len(set(to_rgb(grey))) == 1 for grey in greys)


def test_the_title_names_the_ending_that_changes_most() -> None:
    title = title_of(drawn(ENDS, two()))
    # A hundred cases and two on the mean, of which 40 were approved on asking, and 10 are.
    assert title == "Try freer: complaints approved on asking fall from 39.2 to 9.8 %"


def test_resolution_is_shown_for_complaints_and_for_all_cases_with_intervals() -> None:
    experiment = two()
    figure, found = drawn(RESOLVED, experiment), compare(experiment).findings
    levels = figure.axes[::2]
    assert [axes.get_title(loc="left") for axes in levels] == ["Complaints", "All cases"]
    for axes, measure in zip(levels, ("fcr_complaints", "fcr"), strict=True):
        spans = intervals(axes).values()
        for policy in ("today", "freer"):
            mean = found[policy, measure].mean
            assert any(np.allclose(span, (mean.low, mean.high)) for span in spans), measure
            said = f"{100.0 * mean.mean:.1f} % ±{100.0 * mean.half_width:.1f}"
            assert said in words_in(figure)
        assert all(tick.endswith(" %") for tick in ticks_of(axes, "x"))


@pytest.mark.parametrize(
    ("spread", "known"),
    [
        (4.0, "5 replications do not show whether a policy changes that"),
        (0.01, "no policy changes that by as much as matters"),
    ],
)
def test_that_no_policy_moves_a_number_is_said_only_where_it_is_known(
    spread: float, known: str
) -> None:
    vague = replace(TODAY, spread=spread)
    figure = drawn("occupancy", pictured({"today": vague, "same": vague}))
    assert title_of(figure).endswith(f"; {known}")


def test_a_narrow_panel_of_differences_has_a_scale_whose_numbers_stand_apart() -> None:
    for change in (2.0, 150.0, 3_900.0, 2.5e6):
        experiment = pictured(
            {"today": TODAY, "freer": replace(TODAY, total_cost=1_000.0 - change)}
        )
        figure = drawn("cost", experiment)
        assert overlaps(figure) == [], change
        assert len(ticks_of(figure.axes[-1], "x")) >= 2, change


def test_what_may_be_chance_is_said_to_be_so() -> None:
    vague = replace(TODAY, spread=4.0)
    figure = drawn(RESOLVED, pictured({"today": vague, "same": vague}))
    assert re.fullmatch(
        r"Complaints resolved at first contact: [\d.]+ % with Today; 5 replications do not show "
        "whether a policy changes that",
        title_of(figure),
    )
    assert "may be chance" in words_in(figure)


def test_what_policies_leave_practically_as_it_is_has_no_picture() -> None:
    still = replace(TODAY, spread=0.01)
    view = View.of(pictured({"today": still, "same": still}))
    assert CHARTS[RESOLVED](view) is None


def test_levels_stay_where_they_can_be_and_differences_have_a_line_at_zero() -> None:
    nearly = replace(TODAY, fcr_complaints=0.99, spread=1.0)
    figure = drawn(
        RESOLVED, pictured({"today": nearly, "worse": replace(nearly, fcr_complaints=0.9)})
    )
    for levels, shifts in zip(figure.axes[::2], figure.axes[1::2], strict=True):
        low, high = levels.get_xlim()
        assert 0.0 <= low < high <= 1.0
        assert all(0.0 <= end <= 1.0 for ends in intervals(levels).values() for end in ends)
        (zero,) = (line for line in shifts.lines if line.get_gid() == "baseline")
        assert list(zero.get_xdata()) == [0.0, 0.0]
        assert shifts.get_xlim()[0] < 0.0 < shifts.get_xlim()[1]
        assert not [line for line in levels.lines if line.get_gid() == "baseline"]


def test_where_everything_is_resolved_at_once_there_is_no_picture_of_it() -> None:
    view = View.of(pictured({"today": TODAY, "freer": FREER}, complaints=False))
    assert CHARTS[RESOLVED](view) is None
    assert CHARTS[COACHED](view) is None


def test_coaching_stands_beside_the_approvals_that_leave_no_time_for_it() -> None:
    figure = drawn(COACHED, two())
    said = "Try freer: coaching and own work that supervisors get to rises from "
    assert title_of(figure).startswith(said)
    assert [axes.get_xlabel() for axes in figure.axes[::2]] == [
        "Share done of what was planned",
        "Requests per complaint",
    ]


def test_service_and_what_is_owed_and_revenue_at_risk_add_up_to_the_cost_in_all() -> None:
    experiment = two()
    figure, found = drawn(COSTS, experiment), compare(experiment).findings
    for row, policy in enumerate(("today", "freer")):
        stacked = sum(
            piece.get_width() for axes in figure.axes[:2] for piece in pieces(axes)[row].values()
        )
        assert stacked == pytest.approx(found[policy, "total_cost"].mean.mean)


def test_what_is_withheld_is_drawn_as_owed_and_not_as_saved() -> None:
    paid, at_risk, _ = drawn(COSTS, two()).axes
    assert pieces(paid)[1]["give_away"].get_width() == pytest.approx(FREER.give_away)
    assert pieces(paid)[1]["remedy_owed_paid"].get_width() == pytest.approx(200.0)
    owed = [pieces(at_risk)[1][name].get_width() for name in ("remedies_withheld", "remedies_open")]
    assert owed == pytest.approx([30.0, 20.0])


def test_cash_and_revenue_at_risk_stand_apart_and_on_one_scale() -> None:
    paid, at_risk, _ = drawn(COSTS, two()).axes
    assert "revenue_at_risk" not in pieces(paid)[0]
    assert set(pieces(at_risk)[0]) == {"remedies_withheld", "remedies_open", "revenue_at_risk"}
    inches = [axes.get_position().width / axes.get_xlim()[1] for axes in (paid, at_risk)]
    assert inches[0] == pytest.approx(inches[1])


def test_without_a_cost_in_all_the_picture_is_of_service_cost_alone() -> None:
    experiment = two()
    for summary in experiment.finished.values():
        summary.values["all", ""] |= {"total_cost": math.nan, "revenue_at_risk": math.nan}
    figure = drawn(COSTS, experiment)
    assert title_of(figure) == "Try freer: the service cost of a day rises from €650 to €730"
    assert "remedies_withheld" not in pieces(figure.axes[0])[0]


def test_the_difference_in_cost_carries_the_interval_of_the_verdict() -> None:
    experiment = two()
    difference = compare(experiment).findings["freer", "total_cost"].difference
    assert difference is not None
    found = difference.estimate
    spans = intervals(drawn(COSTS, experiment).axes[-1])
    assert spans["freer"] == pytest.approx((found.low, found.high))


def test_amounts_are_in_the_currency_of_the_scenario() -> None:
    figure = drawn(COSTS, two())
    ticks = [tick for axes in figure.axes for tick in ticks_of(axes, "x")]
    assert all("€" in tick or tick == "0" for tick in ticks)


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
    assert "Try freer: warning: its lower service cost is no saving by itself: 10.0" in left_open
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
    ticks = set(ticks_of(drawn(COSTS, dear).axes[1], "x"))
    assert {"€0", "€20 k"} <= ticks
    assert not any("k k" in tick for tick in ticks)


@pytest.mark.parametrize("chart", [ENDS, RESOLVED, COACHED, COSTS])
def test_one_replication_is_drawn_without_intervals(chart: str) -> None:
    figure = drawn(chart, pictured({"today": TODAY, "freer": FREER}, replications=1))
    assert "differences may be chance" in words_in(figure)
    assert "±" not in words_in(figure)
    assert overlaps(figure) == []
