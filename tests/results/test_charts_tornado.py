"""What the answer depends on, in a picture."""

from dataclasses import replace

import pytest
from matplotlib.figure import Figure

from results.charts.catalogue import CHARTS
from results.charts.titles import DEPENDS_ON
from results.charts.view import View
from results.comparison.comparison import Difference
from results.comparison.estimate import Estimate
from results.sensitivity.swings import Sensitivity, Swing
from tests.support.drawn_charts import drawn, title_of, words_in
from tests.support.made_up_results import FREER, TODAY, pictured, sensitivity_of, two


def pictures_of(found: Sensitivity) -> Figure:
    figure = CHARTS[DEPENDS_ON](View.of(two(), sensitivity=found))
    assert figure is not None
    return figure


def without(found: Sensitivity, field: str) -> Sensitivity:
    kept = tuple(one for one in found.swings["freer"] if one.assumption.field != field)
    return replace(found, swings={"freer": kept})


def bars(figure: Figure) -> dict[str, tuple[float, float]]:
    """Where each bar begins and how far it reaches, by end and key."""
    return {
        str(patch.get_gid()): (patch.get_x(), patch.get_width())
        for axes in figure.axes
        for patch in axes.patches
        if str(patch.get_gid()).startswith(("low:", "high:"))
    }


def test_a_bar_reaches_from_the_answer_as_assumed_to_the_answer_at_the_end() -> None:
    found = bars(drawn(DEPENDS_ON, two()))
    assert found["low:somewhere.unresolved"] == pytest.approx((200.0, -300.0))
    assert found["high:somewhere.max_tries"] == pytest.approx((200.0, 50.0))


def test_what_moves_nothing_is_left_out() -> None:
    assert not [key for key in bars(drawn(DEPENDS_ON, two())) if "delay_min" in key]


def test_no_difference_is_in_the_picture_so_that_a_turn_can_be_seen() -> None:
    low, high = drawn(DEPENDS_ON, two()).axes[0].get_xlim()
    assert low < 0.0 < high


def test_the_assumption_that_turns_the_verdict_is_named_in_the_title() -> None:
    figure = drawn(DEPENDS_ON, two())
    assert title_of(figure) == (
        "The verdict on Try freer in total cost a day depends on one figure: customers "
        "who leave when not resolved"
    )
    assert "1 of these turns the verdict" in words_in(figure)


def test_a_verdict_that_stands_is_said_to_stand() -> None:
    figure = pictures_of(without(sensitivity_of(two()), "unresolved"))
    said = "Tested 2 assumptions: none alone turns a verdict on total cost a day"
    assert title_of(figure) == said
    assert "the verdict stands" in words_in(figure)


def test_a_policy_that_never_differs_clearly_is_said_to_do_so_whatever_is_assumed() -> None:
    (swing,) = without(without(sensitivity_of(two()), "unresolved"), "delay_min").swings["freer"]
    unclear = replace(swing.as_assumed, effect="unclear", clear=False)
    vague = replace(swing, as_assumed=unclear, at_low=unclear, at_high=swing.at_high)
    vague = replace(vague, at_high=replace(swing.at_high, effect="unclear", clear=False))
    figure = pictures_of(replace(sensitivity_of(two()), swings={"freer": (vague,)}))
    assert "no clear difference, whatever is assumed" in words_in(figure)


def test_the_picture_says_how_much_was_tested() -> None:
    assert "Tested: 3 assumptions, one at a time" in words_in(drawn(DEPENDS_ON, two()))


def test_a_title_counts_the_figures_that_turn_a_verdict() -> None:
    found = sensitivity_of(two())
    turning = found.swings["freer"][0]
    twice = (turning, replace(turning, keys=("elsewhere.unresolved",)))
    assert title_of(pictures_of(replace(found, swings={"freer": twice}))) == (
        "The verdict on Try freer in total cost a day depends on 2 figures, most on customers who "
        "leave when not resolved"
    )


def test_bars_of_a_policy_that_differs_little_do_not_vanish_next_to_one_that_differs_much() -> None:
    experiment = pictured({"today": TODAY, "freer": FREER, "hired": FREER})
    found = sensitivity_of(experiment)

    def smaller(swing: Swing) -> Swing:
        def part(one: Difference) -> Difference:
            few = Estimate(one.estimate.mean / 20.0, one.estimate.half_width / 20.0, 5)
            return replace(one, estimate=few)

        ends = {name: part(getattr(swing, name)) for name in ("as_assumed", "at_low", "at_high")}
        return replace(swing, **ends)

    little = tuple(smaller(one) for one in found.swings["hired"])
    view = View.of(experiment, sensitivity=replace(found, swings={**found.swings, "hired": little}))
    figure = CHARTS[DEPENDS_ON](view)
    assert figure is not None
    for axes in figure.axes:
        low, high = axes.get_xlim()
        widest = max(abs(patch.get_width()) for patch in axes.patches if patch.get_gid())
        assert widest > 0.2 * (high - low)
    assert "a scale of its own" in words_in(figure)


def test_every_policy_has_a_panel_of_its_own() -> None:
    experiment = pictured({"today": TODAY, "freer": FREER, "hired": FREER})
    figure = drawn(DEPENDS_ON, experiment)
    assert len(figure.axes) == 2
    assert "The verdicts on Try freer and Try hired" in title_of(figure)


def test_ranges_of_shares_are_read_in_per_cent() -> None:
    assert "15 to 45 %" in words_in(drawn(DEPENDS_ON, two()))


def test_an_interrupted_question_says_how_much_was_asked() -> None:
    figure = pictures_of(sensitivity_of(two(), complete=False))
    assert "interrupted: 8 were planned" in words_in(figure)


def test_nobody_asked_and_nothing_moving_make_no_picture() -> None:
    assert CHARTS[DEPENDS_ON](View.of(two())) is None
    still = without(without(sensitivity_of(two()), "unresolved"), "max_tries")
    assert CHARTS[DEPENDS_ON](View.of(two(), sensitivity=still)) is None
