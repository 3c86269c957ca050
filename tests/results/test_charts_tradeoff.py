import math
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb as rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

from results.charts.catalogue import CHARTS
from results.charts.scales import time_text
from results.charts.view import View
from results.comparison.compare import compare
from results.experiments.experiment import Experiment
from tests.support.drawn_charts import drawn, overlaps, texts, ticks_of, title_of, words_in
from tests.support.made_up_results import FREER, TODAY, crowd, pictured, two

CHART = "waits-and-first-contact"


def axes_of(figure: Figure) -> Axes:
    (axes,) = figure.axes
    return axes


def points(figure: Figure) -> dict[str, tuple[float, float]]:
    """Where the sign of each policy stands, by policy."""
    return {
        str(line.get_gid()).removeprefix("point:"): (
            float(np.asarray(line.get_xdata())[0]),
            float(np.asarray(line.get_ydata())[0]),
        )
        for line in axes_of(figure).lines
        if str(line.get_gid()).startswith("point:")
    }


def whiskers(figure: Figure) -> list[tuple[float, float, float, float]]:
    """Both ends of every whisker as (x0, y0, x1, y1)."""
    return [
        tuple(np.asarray(segment).ravel())
        for collection in axes_of(figure).collections
        if isinstance(collection, LineCollection)
        for segment in collection.get_segments()
    ]


def spans(figure: Figure, along: int, ends: tuple[float, float]) -> bool:
    """Whether a whisker along x (0) or y (1) reaches from one end to the other."""
    return any(np.allclose((w[along], w[along + 2]), ends) for w in whiskers(figure))


def test_every_policy_is_one_point_at_its_differences_and_the_baseline_is_at_nothing() -> None:
    experiment = two()
    found = compare(experiment).findings
    at = points(drawn(CHART, experiment))
    assert at["today"] == (0.0, 0.0)
    for place, measure in zip(at["freer"], ("asa", "fcr_complaints"), strict=True):
        difference = found["freer", measure].difference
        assert difference is not None
        assert place == pytest.approx(difference.estimate.mean)


def test_crosses_are_the_adjusted_intervals_of_the_verdict() -> None:
    experiment = pictured({"today": TODAY, "freer": FREER, "same": TODAY})
    figure, comparison = drawn(CHART, experiment), compare(experiment)
    assert len(whiskers(figure)) == 4, "one kind of interval alone"
    for policy in comparison.others:
        for along, measure in enumerate(("asa", "fcr_complaints")):
            finding = comparison.findings[policy, measure]
            assert finding.difference is not None
            moved = finding.difference.estimate
            assert spans(figure, along, (moved.low, moved.high)), f"{measure} under {policy}"


def test_next_to_a_policy_stand_its_levels() -> None:
    experiment = two()
    found = compare(experiment).findings
    resolved = 100.0 * found["freer", "fcr_complaints"].mean.mean
    assert f"{resolved:.1f} %, {found['freer', 'asa'].mean.mean:.0f} s" in words_in(
        drawn(CHART, experiment)
    )


def test_both_axes_say_what_they_show_in_which_unit() -> None:
    axes = axes_of(drawn(CHART, two()))
    assert "wait" in axes.get_xlabel()
    assert axes.get_ylabel() == "Complaints resolved at first contact: difference in points"
    # A difference has a sign, and none is nothing in any unit.
    assert ticks_of(axes, "x") == ["−15 s", "−10 s", "−5 s", "0"]
    assert all(tick == "0" or tick[0] in "+−" for tick in ticks_of(axes, "y")), ticks_of(axes, "y")


def test_ticks_that_stand_apart_do_not_read_the_same() -> None:
    for spread in (0.02, 0.1, 0.5, 2.0):
        close = replace(TODAY, spread=spread)
        figure = drawn(CHART, pictured({"today": close, "freer": replace(close, wait_s=41.0)}))
        for side in ("x", "y"):
            ticks = ticks_of(axes_of(figure), side)
            assert len(set(ticks)) == len(ticks) > 1, ticks


def test_the_baseline_stands_out_and_the_good_corner_is_named() -> None:
    figure = drawn(CHART, two())
    found = [(text.get_text(), text.get_fontweight()) for text, _ in texts(figure)]
    weights = {text.split("\n")[0]: weight for text, weight in found}
    assert weights["Today"] == "bold"
    assert weights["Try freer"] == "normal"
    (better,) = (text for text in axes_of(figure).texts if text.get_text() == "better")
    x, y = better.xy
    assert (x < 0.1, y > 0.9) == (True, True), "short waits and much resolved: up on the left"


def test_the_title_says_what_the_best_policy_does() -> None:
    experiment = two()
    found = compare(experiment).findings
    (before, wait), (after, shorter) = (
        (100.0 * found[policy, "fcr_complaints"].mean.mean, found[policy, "asa"].mean.mean)
        for policy in ("today", "freer")
    )
    assert title_of(drawn(CHART, experiment)) == (
        f"Try freer: complaints resolved at first contact rise from {before:.1f} to {after:.1f} % "
        f"and the wait of those answered falls from {wait:.0f} to {shorter:.0f} s"
    )


def test_nothing_is_claimed_without_a_clear_difference() -> None:
    noisy = pictured({"today": TODAY, "same": TODAY})
    assert title_of(drawn(CHART, noisy)).startswith("No policy changes ")


def test_the_policy_of_the_verdict_is_named_and_not_the_one_that_moves_this_picture_most() -> None:
    hired = replace(TODAY, wait_s=5.0)
    figure = drawn(CHART, pictured({"today": TODAY, "freer": FREER, "hired": hired}))
    assert title_of(figure).startswith("Try hired: the wait of those answered falls"), (
        "the verdict speaks of waits first"
    )


def test_longer_waits_are_not_hidden_behind_better_resolution() -> None:
    slower = replace(FREER, wait_s=70.0)
    title = title_of(drawn(CHART, pictured({"today": TODAY, "slower": slower})))
    assert "complaints resolved at first contact rise from " in title
    assert "the wait of those answered rises from " in title


def test_names_do_not_lie_on_each_other_when_eight_policies_come_out_alike() -> None:
    figure = drawn(CHART, crowd())
    frame = figure.bbox
    assert overlaps(figure) == []
    names = [box for text, box in texts(figure) if "long" in text.get_text()]
    assert len(names) == 8
    for box in names:
        assert frame.x0 <= box.x0 < box.x1 <= frame.x1, "a name leaves the picture"
        assert frame.y0 <= box.y0 < box.y1 <= frame.y1, "a name leaves the picture"


def test_policies_that_lie_together_are_named_in_a_key_and_those_apart_at_their_points() -> None:
    alike = {
        f"variant-{number}": replace(TODAY, wait_s=36.0 + number / 5.0, fcr_complaints=0.7)
        for number in range(4)
    }
    figure = drawn(CHART, pictured({"today": TODAY, "freer": FREER, **alike}))
    (key,) = figure.legends
    named = {f"Try {name}" for name in alike}
    assert {text.get_text() for text in key.get_texts()} == named
    beside = {text.get_text().split("\n")[0] for text in axes_of(figure).texts}
    assert {"Today", "Try freer"} <= beside
    assert not beside & named


def test_of_twelve_policies_today_and_that_of_the_verdict_are_named_at_their_points() -> None:
    twelve = {f"policy-{n}": replace(FREER, wait_s=40.0 - n, alone=40 + n) for n in range(12)}
    figure = drawn(CHART, pictured(twelve))
    named = {text.get_text().split("\n")[0] for text in axes_of(figure).texts} - {"better"}
    hero = title_of(figure).partition(":")[0]
    assert named == {"Policy 0", hero}
    assert not overlaps(figure)
    (key,) = figure.legends
    assert len(key.get_texts()) == 12 - len(named)


def test_two_policies_alike_keep_their_names_at_their_points() -> None:
    assert drawn(CHART, pictured({"today": TODAY, "same": TODAY})).legends == []


def test_no_name_lies_on_the_sign_of_a_policy() -> None:
    figure = drawn(CHART, crowd())
    signs = axes_of(figure).transData.transform(list(points(figure).values()))
    for text, box in texts(figure):
        for x, y in signs:
            assert not (box.x0 < x < box.x1 and box.y0 < y < box.y1), text.get_text()


def test_without_complaints_waits_stand_against_abandonment() -> None:
    figure = drawn(CHART, pictured({"today": TODAY, "freer": FREER}, complaints=False))
    assert axes_of(figure).get_ylabel() == "Abandoned: difference in points"
    (better,) = (text for text in axes_of(figure).texts if text.get_text() == "better")
    assert better.xy[1] < 0.1, "few abandoned are down in the picture"


def test_one_replication_shows_points_without_whiskers_and_claims_nothing() -> None:
    figure = drawn(CHART, pictured({"today": TODAY, "freer": FREER}, replications=1))
    assert set(points(figure)) == {"today", "freer"}
    assert whiskers(figure) == []
    assert "freer" not in title_of(figure)
    assert "differences may be chance" in words_in(figure)


def test_the_foot_names_scenario_replications_and_seed() -> None:
    assert "A shop · 5 replications of 2 days · seed 7 · 95 % intervals" in words_in(
        drawn(CHART, two())
    )


def test_where_nobody_is_answered_there_is_no_picture() -> None:
    nobody = pictured({"today": replace(TODAY, wait_s=math.nan)})
    assert CHARTS[CHART](View.of(nobody)) is None


def test_names_are_in_the_colour_of_their_policy_and_dark_enough_to_read() -> None:
    figure = drawn(CHART, crowd())
    names = [text for text, _ in texts(figure) if "long" in text.get_text()]
    colours = {name.get_color() for name in names}
    assert len(colours) == 8
    for colour in colours:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour)]
        luminance = float(np.dot(linear, (0.2126, 0.7152, 0.0722)))
        assert 1.05 / (luminance + 0.05) > 4.5, f"{colour} on white has too little contrast"


@pytest.mark.parametrize("chart", [CHART, "first-contact-resolution", "waits-over-the-day"])
def test_a_title_about_who_is_left_begins_with_those_who_are_sent_off(chart: str) -> None:
    """Freer rules that turn a third of the callers away answer the others sooner."""
    experiment = _sending_off(two(), 0.3)
    said = title_of(drawn(chart, experiment))
    assert said.startswith("Try freer: 30.0 points more customers are sent off")
    assert "30.0 points more customers are sent off." in words_in(drawn(chart, experiment))
    assert "sent off" not in words_in(drawn(chart, two()))


def test_a_point_near_the_good_corner_says_that_it_sends_customers_off() -> None:
    assert "31 s (sends off more)" in words_in(drawn(CHART, _sending_off(two(), 0.3)))
    assert "sends off" not in words_in(drawn(CHART, two()))


def _sending_off(experiment: Experiment, share: float) -> Experiment:
    for policy, found in experiment.summaries.items():
        for number, summary in enumerate(found):
            summary.values["all", ""]["blocked"] = (share + number / 1e6) * (policy == "freer")
    return experiment


def test_a_name_stands_between_the_whiskers_of_its_point() -> None:
    wide = replace(FREER, spread=3.0)
    axes = axes_of(drawn(CHART, pictured({"today": TODAY, "freer": wide})))
    (name,) = (text for text in axes.texts if text.get_text().startswith("Try freer"))
    box = Text.get_window_extent(name)
    x, y = axes.transData.transform(name.xy)
    assert not box.x0 < x < box.x1, "on the upright whisker"
    assert not box.y0 < y < box.y1, "on the level whisker"


def test_a_note_speaks_of_a_line_only_where_one_is_drawn() -> None:
    for policies in (
        {"today": TODAY, "freer": FREER, "worse": replace(TODAY, total_cost=1_500.0)},
        {"today": TODAY, "freer": replace(FREER, total_cost=700.0)},
    ):
        figure = drawn("cost-and-benefit", pictured(policies))
        joins = [line for line in axes_of(figure).lines if line.get_gid() == "frontier"]
        assert ("The wide line" in words_in(figure)) == bool(joins), policies


@pytest.mark.parametrize(
    ("seconds", "step", "difference", "said"),
    [
        (-5_400.0, 1_800.0, True, "−90 min"),
        (10.0, 5.0, True, "+10 s"),
        (0.0, 5.0, True, "0"),
        (0.01, 0.005, False, "0.010 s"),
        (0.0, 600.0, False, "0 min"),
    ],
)
def test_lengths_of_time_along_an_axis_are_written_alike(
    seconds: float, step: float, difference: bool, said: str
) -> None:
    assert time_text(seconds, step, difference=difference) == said
