"""Charts with one panel for each policy: waits over the day, distribution of waits, occupancy."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import Collection, QuadMesh
from matplotlib.figure import Figure

from results.charts.catalogue import CHARTS
from results.charts.distribution_of_waits import still_waiting
from results.charts.occupancy import OWN_WORK
from results.charts.view import View
from results.comparison.estimate import across, estimate
from results.measures.summary import Summary
from results.measures.waits import WAIT_EDGES
from tests.support.drawn_charts import drawn, overlaps, ticks_of, title_of, words_in
from tests.support.made_up_results import CLOSE, FREER, OPEN, TODAY, pictured, two

OVER_THE_DAY, DISTRIBUTION, OCCUPANCY = "waits-over-the-day", "distribution-of-waits", "occupancy"
HOUR = 3_600.0


def curve(axes: Axes, policy: str) -> tuple[np.ndarray, np.ndarray]:
    (line,) = (line for line in axes.lines if line.get_gid() == f"curve:{policy}")
    return np.asarray(line.get_xdata()), np.asarray(line.get_ydata())


def band(axes: Axes, policy: str) -> np.ndarray:
    """Corners of the band around a curve, shape (corners, 2)."""
    (found,) = (c for c in axes.collections if c.get_gid() == f"band:{policy}")
    assert isinstance(found, Collection)
    return np.concatenate([path.vertices for path in found.get_paths()])


def blocks(figure: Figure) -> list[tuple[Axes, np.ndarray]]:
    """The heat maps of a figure, rows by policy and columns by time."""
    return [
        (axes, np.ma.filled(mesh.get_array(), np.nan))
        for axes in figure.axes
        for mesh in axes.collections
        if isinstance(mesh, QuadMesh)
    ]


def test_nothing_is_drawn_at_night() -> None:
    for axes in drawn(OVER_THE_DAY, two()).axes:
        assert axes.get_xlim() == (OPEN * HOUR, CLOSE * HOUR)
        x, y = curve(axes, "today")
        assert len(x) == CLOSE - OPEN
        assert not np.isnan(y).any()


def test_questions_that_wait_for_a_decision_are_shown_by_time_of_day() -> None:
    figure = drawn("approvals-over-the-day", two())
    for axes in figure.axes:
        x, y = curve(axes, "today")
        assert x[np.argmax(y)] == 12.5 * HOUR
        assert y.max() == pytest.approx(2.0 * TODAY.approvals, abs=0.1)
        assert axes.get_ylim()[0] == 0.0
    assert title_of(figure).startswith(
        "Try freer: the questions that wait while customers hold from 12:00 to 13:00, the most of "
        "the day, fall from 1.4"
    )


def test_questions_that_nobody_asks_today_are_told_of_the_policy_that_brings_them() -> None:
    nobody = replace(TODAY, approvals=0.0, spread=0.0)
    asks = pictured({"today": nobody, "freer": replace(FREER, approvals=0.7)})
    assert title_of(drawn("approvals-over-the-day", asks)).startswith(
        "Try freer: the questions that wait while customers hold from 12:00 to 13:00, the most of "
        "the day, rise from 0.00 to 1.4"
    )


def test_where_nobody_asks_no_queue_of_questions_is_drawn() -> None:
    nobody = replace(TODAY, approvals=0.0, spread=0.0)
    assert CHARTS["approvals-over-the-day"](View.of(pictured({"today": nobody}))) is None


def test_days_are_laid_together_by_the_time_of_day() -> None:
    experiment = pictured({"today": replace(TODAY, wait_s=30.0, spread=0.0)})
    (axes,) = drawn(OVER_THE_DAY, experiment).axes
    x, y = curve(axes, "today")
    noon = x == 12.5 * HOUR
    assert y[noon] == pytest.approx([60.0])
    assert y[~noon] == pytest.approx(np.full(len(y) - 1, 30.0))
    assert "average of 2 days" in words_in(axes.get_figure(root=True))


def test_every_policy_has_a_panel_with_the_baseline_behind_it() -> None:
    figure = drawn(OVER_THE_DAY, pictured({"today": TODAY, "freer": FREER, "hired": TODAY}))
    assert len(figure.axes) == 2
    for axes, policy in zip(figure.axes, ("freer", "hired"), strict=True):
        assert len(curve(axes, "today")[0]) == len(curve(axes, policy)[0])
        assert f"Try {policy}" in [text.get_text() for text in axes.get_legend().get_texts()]


def test_a_panel_has_one_kind_of_band_that_of_the_difference() -> None:
    for axes in drawn(OVER_THE_DAY, two()).axes:
        bands = [c.get_gid() for c in axes.collections if str(c.get_gid()).startswith("band:")]
        assert bands == ["band:freer"]


def test_of_few_replications_each_is_drawn_instead_of_a_band() -> None:
    figure = drawn(OVER_THE_DAY, pictured({"today": TODAY, "freer": FREER}, replications=4))
    (axes,) = figure.axes
    assert not axes.collections
    lines = [line.get_gid() for line in axes.lines]
    assert lines.count("replication:freer") == lines.count("replication:today") == 4
    assert "too few for an interval" in words_in(figure)


def test_the_band_of_a_policy_alone_is_the_interval_of_its_level() -> None:
    experiment = pictured({"today": TODAY})
    figure = drawn(OVER_THE_DAY, experiment)
    nine = [
        one.intervals["channel", "voice"]["asa_s"][OPEN] for one in experiment.summaries["today"]
    ]
    found = estimate(np.array(nine, dtype=np.float64))
    corners = band(figure.axes[0], "today")
    at_nine = corners[corners[:, 0] == (OPEN + 0.5) * HOUR, 1]
    assert (at_nine.min(), at_nine.max()) == pytest.approx((found.low, found.high))


def test_the_coloured_band_is_the_interval_of_the_difference() -> None:
    experiment = two()
    nine = {
        policy: np.array([s.intervals["channel", "voice"]["asa_s"][OPEN] for s in found], float)
        for policy, found in experiment.summaries.items()
    }
    shift = estimate(nine["freer"] - nine["today"])
    corners = band(drawn(OVER_THE_DAY, experiment).axes[0], "freer")
    at_nine = corners[corners[:, 0] == (OPEN + 0.5) * HOUR, 1]
    assert at_nine.max() - at_nine.min() == pytest.approx(2.0 * shift.half_width, rel=1e-5)


def test_the_title_tells_the_hour_of_the_longest_waits() -> None:
    # At noon everybody waits twice as long.
    steady = pictured({"today": replace(TODAY, spread=0.1), "freer": replace(FREER, spread=0.1)})
    title = title_of(drawn(OVER_THE_DAY, steady))
    noon = [
        np.mean([one.intervals["channel", "voice"]["asa_s"][12] for one in found])
        for found in steady.summaries.values()
    ]
    assert title == (
        "Try freer: the mean wait from 12:00 to 13:00, the longest of the day, falls from "
        f"{noon[0]:.0f} to {noon[1]:.0f} s"
    )


def test_no_peak_is_claimed_where_it_may_be_chance() -> None:
    level = pictured({"today": TODAY})
    for number, summary in enumerate(level.summaries["today"]):
        waits = summary.intervals["channel", "voice"]["asa_s"]
        waits[:] = np.where(np.isnan(waits), waits, 40.0)
        waits += np.random.default_rng(number).normal(0.0, 5.0, len(waits)).astype(np.float32)
    title = title_of(drawn(OVER_THE_DAY, level))
    assert title.startswith("The wait of those answered: 42 s")


def test_the_distribution_starts_at_one_second_and_ends_where_nearly_nobody_waits() -> None:
    axes = drawn(DISTRIBUTION, two()).axes[0]
    seconds, share = curve(axes, "today")
    assert seconds == pytest.approx(WAIT_EDGES[1 : 1 + len(seconds)])
    assert (np.diff(share) <= 0.0).all(), "the longer, the fewer"
    assert share[-1] < 0.01 <= share[-2]


def test_the_distribution_is_that_of_the_histogram() -> None:
    experiment = pictured({"today": TODAY})
    seconds, share = curve(drawn(DISTRIBUTION, experiment).axes[0], "today")
    longer = np.array([by_hand(one) for one in experiment.summaries["today"]])
    assert share == pytest.approx(longer.mean(axis=0)[: len(seconds)])


def by_hand(summary: Summary) -> list[float]:
    """Kaplan and Meier, bin by bin; who leaves within a bin counts for half of it."""
    answered, left = summary.waits["voice"], summary.waits["voice not answered"]
    there, share, found = float(answered.sum() + left.sum()), 1.0, []
    for got, gone in zip(answered.tolist(), left.tolist(), strict=True):
        at_risk = there - gone / 2.0
        share *= 1.0 - got / at_risk if at_risk > 0 else 1.0
        there -= got + gone
        found.append(share)
    return found


def test_who_hangs_up_is_not_counted_as_served_soon() -> None:
    """Half of the callers hang up within two seconds; the others are answered after a minute."""
    counts = np.zeros(len(WAIT_EDGES) - 1, dtype=np.int64)
    served, gone = counts.copy(), counts.copy()
    served[np.searchsorted(WAIT_EDGES, 60.0) - 1] = 100
    gone[np.searchsorted(WAIT_EDGES, 1.5) - 1] = 100
    summary = replace(
        two().summaries["today"][0], waits={"voice": served, "voice not answered": gone}
    )
    waiting = still_waiting(summary, "voice")
    half_a_minute = np.searchsorted(WAIT_EDGES[1:], 30.0)
    assert waiting[half_a_minute] == 1.0, "of those who stayed everybody still waits"
    assert waiting[-1] == 0.0


def test_the_share_beyond_the_target_is_that_of_the_service_level_in_the_table() -> None:
    experiment = two()
    within = [
        across(experiment.summaries[policy], "service_level", ("channel", "voice")).mean()
        for policy in ("today", "freer")
    ]
    title = title_of(drawn(DISTRIBUTION, experiment))
    before, after = (100.0 * (1.0 - share) for share in within)
    assert (
        title
        == f"Try freer: callers not answered within 20 s fall from {before:.1f} to {after:.1f} %"
    )


def test_shares_and_times_carry_their_units() -> None:
    axes = drawn(DISTRIBUTION, two()).axes[0]
    assert all(tick.endswith(" %") for tick in ticks_of(axes, "y")), ticks_of(axes, "y")
    assert all(tick.split()[-1] in ("s", "min") for tick in ticks_of(axes, "x"))
    assert all(":" in tick for tick in ticks_of(drawn(OVER_THE_DAY, two()).axes[0], "x"))


def test_each_group_has_a_block_with_a_row_for_each_policy() -> None:
    figure = drawn(OCCUPANCY, two())
    assert [axes.get_title(loc="left") for axes, _ in blocks(figure)] == [
        "Front line",
        "Supervisors",
    ]
    for axes, cells in blocks(figure):
        assert cells.shape == (2, CLOSE - OPEN)
        assert [label.get_text() for label in axes.get_yticklabels()] == ["Today", "Try freer"]


def test_overtime_after_the_shift_is_no_column() -> None:
    for axes, _ in blocks(drawn(OCCUPANCY, two())):
        assert axes.get_xlim() == (OPEN * HOUR, CLOSE * HOUR)


def test_every_cell_says_its_occupancy_in_per_cent() -> None:
    for axes, cells in blocks(drawn(OCCUPANCY, two())):
        said = [text.get_text() for text in axes.texts if text.get_text().isdigit()]
        assert said == [f"{100.0 * cell:.0f}" for cell in cells.ravel()]


def test_beside_the_cells_stands_the_whole_time_with_its_interval() -> None:
    experiment = two()
    values = across(experiment.summaries["today"], "occupancy", ("group", "supervisors"))
    found = estimate(values)
    said = f"{100.0 * found.mean:.1f} % ±{100.0 * found.half_width:.1f}"
    assert said in words_in(drawn(OCCUPANCY, experiment))


def test_supervisors_who_coach_while_nobody_asks_are_not_shown_as_idle() -> None:
    figure = drawn(OCCUPANCY, two())
    assert OWN_WORK.strip() in words_in(figure)
    everybody = two()
    groups = {
        name: group.model_copy(update={"own_work": None})
        for name, group in everybody.scenario.groups.items()
    }
    scenario = everybody.scenario.model_copy(update={"groups": groups})
    assert "Own work" not in words_in(drawn(OCCUPANCY, replace(everybody, scenario=scenario)))


def test_the_title_counts_the_requests_of_a_group_with_work_of_its_own() -> None:
    experiment = two()
    for policy, busy in (("today", 0.6), ("freer", 0.1)):
        for summary in experiment.summaries[policy]:
            summary.values["group", "supervisors"]["occupancy"] = busy
    title = title_of(drawn(OCCUPANCY, experiment))
    assert title == (
        "Try freer: the time that supervisors are busy with requests falls from 60.0 to 10.0 %"
    )


def test_one_replication_shows_curves_without_bands() -> None:
    figure = drawn(OVER_THE_DAY, pictured({"today": TODAY, "freer": FREER}, replications=1))
    (axes,) = figure.axes
    assert len(curve(axes, "freer")[1]) == CLOSE - OPEN
    assert all(not len(path.vertices) for c in axes.collections for path in c.get_paths())
    assert title_of(figure) == "Mean wait by time of day in a single replication"


def test_where_nobody_is_answered_live_there_is_no_picture() -> None:
    nobody = View.of(pictured({"today": replace(TODAY, wait_s=float("nan"))}))
    assert CHARTS[OVER_THE_DAY](nobody) is None
    assert CHARTS[DISTRIBUTION](nobody) is None


def test_a_group_that_only_a_policy_brings_in_has_an_empty_row_under_the_baseline() -> None:
    experiment = two()
    for summary in experiment.summaries["today"]:
        summary.intervals["group", "supervisors"]["occupancy"][:] = np.nan
        summary.values["group", "supervisors"]["occupancy"] = np.nan
    figure = drawn(OCCUPANCY, experiment)
    _, cells = blocks(figure)[1]
    assert np.isnan(cells[0]).all()
    assert not np.isnan(cells[1]).any()
    assert "ront line is busy" in title_of(figure)


def test_callers_next_to_chats_are_told_apart_from_the_service_level_of_both() -> None:
    experiment = two()
    for found in experiment.summaries.values():
        for summary in found:
            summary.waits["chat"] = summary.waits["voice"].copy()
    both = words_in(drawn("distribution-of-waits", experiment))
    assert "as the service level counts; that of the table counts chat customers too" in both
    alone = words_in(drawn("distribution-of-waits", two()))
    assert "counts chat customers too" not in alone


def test_panels_side_by_side_do_not_write_their_times_over_each_other() -> None:
    policies = {"today": TODAY} | {f"other-{n}": FREER for n in range(5)}
    for chart in ("waits-over-the-day", "distribution-of-waits"):
        assert overlaps(drawn(chart, pictured(policies))) == [], chart
