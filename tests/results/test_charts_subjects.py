"""Pictures of one subject each: scorecard, staffing, weekdays, promises, path of a complaint."""

import math
import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure

from results import run
from results.charts.catalogue import CHARTS
from results.charts.cost_and_benefit import dominated, price_of_one
from results.charts.path import WAYS
from results.charts.scales import day_axis
from results.charts.scorecard import MOST, chosen, outcome
from results.charts.staffing import day_of, who_answers
from results.charts.tradeoff import Plane
from results.charts.view import View
from results.comparison.compare import compare
from results.experiments.experiment import Experiment
from results.facts.endings import ENDINGS
from results.formulas.erlang import erlang_c
from results.measures.registry import MEASURES
from results.reading.by import By
from results.reading.names import titles_together
from scenarios import load, load_text, with_changes
from tests.support.drawn_charts import drawn, overlaps, texts, ticks_of, title_of, words_in
from tests.support.known_answers import experiment_with
from tests.support.made_up_results import ALL, FREER, OPEN, TODAY, pictured, two


def test_the_scorecard_marks_what_is_certain_among_all_claims() -> None:
    experiment = two()
    view = View.of(experiment)
    claims = compare(experiment).claims
    said = {name: outcome(view, "freer", name) for name in chosen(view)}
    assert said["fcr_complaints"] == "better"
    assert "worse" in said.values() or "service_cost" not in said
    for name, found in said.items():
        certain = claims["freer", name].outcome == "differs"
        assert (found in ("better", "worse", "different")) == certain, name
    assert len(said) <= MOST


def test_the_scorecard_counts_what_its_title_says() -> None:
    figure = drawn("scorecard", two())
    marks = [text.get_text()[-1] for text, _ in texts(figure) if text.get_text()[-1] in "✓✗"]
    better = marks.count("✓")
    assert title_of(figure).startswith(f"Try freer: better in {better}")


@pytest.mark.parametrize(
    ("fewer_hang_up", "shown"), [(0.0, "never_reached"), (-0.05, "abandonment")]
)
def test_the_scorecard_leaves_out_what_a_like_measure_says_unless_it_alone_is_certain(
    fewer_hang_up: float, shown: str
) -> None:
    today = {
        "abandonment": [0.19, 0.2, 0.21, 0.2, 0.19, 0.21],
        "never_reached": [0.15, 0.16, 0.17, 0.16, 0.15, 0.17],
        "callbacks_taken": [0.1] * 6,
    }
    other = {
        **today,
        "abandonment": [one + fewer_hang_up for one in today["abandonment"]],
        "never_reached": [one - 0.05 for one in today["never_reached"]],
    }
    experiment = experiment_with({"today": today, "other": other})
    offered = with_changes(experiment.scenario, {"callback_offer": {}})
    view = View.of(replace(experiment, scenario=offered))
    assert outcome(view, "other", "never_reached") == "better"
    assert {shown} <= {*chosen(view)}
    assert ("never_reached" in chosen(view)) == (shown == "never_reached")


def test_the_scorecard_says_within_how_many_seconds() -> None:
    view = View.of(two())
    shown = view.comparison.answer_within_s[0]
    heads = [" ".join(axes.get_title().split()) for axes in drawn("scorecard", two()).axes]
    assert [head for head in heads if head.startswith("Service level")] == [
        f"Service level within {shown:g} s"
    ]


@pytest.mark.parametrize(
    "chart",
    [
        "scorecard",
        "waits-and-first-contact",
        "cost-and-benefit",
        "first-contact-resolution",
        "approvals-and-coaching",
    ],
)
def test_one_policy_alone_has_no_picture_of_single_dots(chart: str) -> None:
    assert CHARTS[chart](View.of(pictured({"today": TODAY}))) is None


def plane(view: View) -> Plane:
    x, y = "total_cost", "fcr_complaints"
    return Plane(MEASURES[x], MEASURES[y], view.measured(x), view.measured(y))


def test_the_price_of_a_further_complaint_is_money_over_complaints() -> None:
    experiment = two()
    view = View.of(experiment)
    found = compare(experiment).findings
    money = found["freer", "total_cost"].difference
    more = found["freer", "fcr_complaints"].difference
    assert money is not None
    assert more is not None
    # A hundred and two complaints on the mean, over two days.
    price = money.estimate.mean / (more.estimate.mean * 102.0 / 2.0)
    said = price_of_one(view, plane(view), "freer")
    assert said == f"€{price:.2f} per further complaint resolved"


def test_a_policy_is_grey_where_another_costs_less_and_does_more() -> None:
    poor = replace(TODAY, fcr_complaints=0.5, total_cost=1_500.0)
    view = View.of(pictured({"today": TODAY, "freer": FREER, "poor": poor}))
    assert dominated(view, plane(view)) == {"poor"}, "freer costs more and does more"


def test_staffing_compares_agents_with_the_work_that_arrives_and_what_erlang_c_takes() -> None:
    view = View.of(two())
    assert who_answers(view) == ("front_line",)
    day = day_of(view, "today", ("front_line",))
    # Twelve calls an hour of ten minutes are two agents' work; three agents are there.
    assert day.staffed[OPEN] == pytest.approx(3.0)
    assert day.load[OPEN] == pytest.approx(12.0 * 600.0 / 3_600.0, rel=1e-5)
    target = view.experiment.scenario.targets
    fewer = erlang_c(12.0, 600.0, int(day.needed[OPEN]) - 1, target.answer_within_s)
    enough = erlang_c(12.0, 600.0, int(day.needed[OPEN]), target.answer_within_s)
    assert fewer.service_level < target.service_level <= enough.service_level
    said = title_of(drawn("staffing-and-load", two()))
    missing = math.ceil(day.gap[OPEN] - 0.5)
    agents = "1 agent is" if missing == 1 else f"up to {missing} agents are"
    assert said.startswith(f"Today: {agents} missing from ")


def test_wherever_agents_are_missing_the_gap_is_hatched() -> None:
    """The hatched area is the agents missing, over the intervals in which they are."""
    view = View.of(two())
    day = day_of(view, "today", ("front_line",))
    half_hour = 86_400.0 / len(day.gap)
    missing = float(np.sum(np.where(day.gap >= 0.5, day.gap, 0.0))) * half_hour
    assert missing > 0.0
    axes = drawn("staffing-and-load", two()).axes[0]
    (gap,) = (one for one in axes.collections if one.get_gid() == "gap")
    area = 0.0
    for path in gap.get_paths():
        x, y = path.vertices.T
        area += abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2.0
    assert area == pytest.approx(missing)


BUSY_EXPERTS = """
[reasons.call]
volume.per_day = 300
groups = ["switchboard"]
then = "to_experts"
handling.voice.talk_s = 60
[groups.switchboard]
heads = 2
[groups.experts]
tier = 2
heads = 1
talk_s.call = 200
[escalation.to_experts]
steps = [{ step = "cold_transfer", group = "experts" }]
"""


def test_a_picture_of_queues_says_in_how_many_seconds_and_joins_nothing_for_one_policy() -> None:
    experiment = run(load_text(BUSY_EXPERTS), replications=2, workers=1)
    figure = CHARTS["by-part"](View.of(experiment, by=By.QUEUE))
    assert figure is not None
    heads = [axes.get_title(loc="left") for axes in figure.axes]
    assert heads == ["Service level within 20 s", "Average speed of answer"]
    assert "the line joins them" not in words_in(figure)


def test_the_path_of_a_complaint_has_a_way_for_every_ending_as_wide_as_its_share() -> None:
    assert {way.ending for way in WAYS} == set(ENDINGS)
    figure = drawn("path-of-a-complaint", two())
    # A hundred cases and two on the mean, of which forty-two were settled by the agent alone.
    assert "The agent alone 41.2 %" in words_in(figure)
    assert "Resolved with an agent 80.4 %" in words_in(figure)


def test_the_path_under_one_policy_says_how_many_are_settled_alone_and_compares_nothing() -> None:
    figure = drawn("path-of-a-complaint", pictured({"today": replace(TODAY, spread=0.0)}))
    assert title_of(figure).startswith("Complaints that the agent settles alone: ")
    assert "policy" not in title_of(figure)


def test_promises_and_resolution_stand_side_by_side() -> None:
    figure = drawn("promises-and-resolution", two())
    heads = [axes.get_title(loc="left") for axes in figure.axes]
    assert heads == ["Promises kept", "", "Cases resolved within", "Open work"]
    resolved = figure.axes[2]
    for line in resolved.lines:
        values = np.asarray(line.get_ydata())
        assert ((values >= 0.0) & (values <= 1.0)).all()
        assert (np.diff(values) >= 0.0).all(), "who is resolved stays so"


def promising(kept: dict[str, float]) -> Experiment:
    """The shop, where promises are kept by a policy as told, and are made by no other."""
    experiment = two()
    for policy, found in experiment.summaries.items():
        for summary in found:
            summary.values["all", ""]["promises_kept"] = kept.get(policy, math.nan)
    return experiment


def test_where_today_promises_nothing_the_title_is_how_many_promises_are_kept() -> None:
    figure = drawn("promises-and-resolution", promising({"freer": 0.6}))
    heads = [axes.get_title(loc="left") for axes in figure.axes]
    assert heads[:2] == ["Promises kept", "Cases resolved within"], "nothing differs from nothing"
    assert title_of(figure) == "Promises kept: 60.0 % with Try freer"
    assert "none fell due" in words_in(figure)


def test_a_policy_without_a_number_has_a_dash_and_no_mark_in_the_scorecard() -> None:
    figure = drawn("scorecard", promising({"today": 0.8}))
    assert "– ?" not in words_in(figure)


@pytest.mark.parametrize("hours", [0.2, 3.0, 200.0])
def test_times_along_the_curve_of_resolution_do_not_lie_on_each_other(hours: float) -> None:
    slow = {
        name: replace(one, wait_s=hours * 3_600.0)
        for name, one in {"today": TODAY, "freer": FREER}.items()
    }
    assert overlaps(drawn("promises-and-resolution", pictured(slow))) == []


def test_ways_of_few_complaints_have_names_that_can_be_read() -> None:
    # Of a hundred complaints one goes each way: the names of narrow ways need rows of their own.
    experiment = pictured({"today": TODAY, "freer": replace(FREER, alone=88)})
    for found in experiment.summaries.values():
        for summary in found:
            summary.endings["complaints"].update(
                dict.fromkeys(("colleague", "approved", "hung_up", "transferred"), 1)
            )
    figure = drawn("path-of-a-complaint", experiment)
    assert "A colleague helps" in words_in(figure)
    assert overlaps(figure) == []


def test_less_at_risk_is_not_told_without_the_cash_that_may_pay_for_it() -> None:
    experiment = pictured({"today": TODAY, "freer": replace(FREER, total_cost=700.0)})
    for number, summary in enumerate(experiment.summaries["freer"]):
        # Cash rises by hundreds, from replication to replication so differently that it is not
        # certain; what is at risk falls for certain.
        whole = summary.values["all", ""]
        whole["give_away"] = (0.0, 400.0, 10.0, 300.0, 50.0)[number]
        whole["revenue_at_risk"] = 20.0 + number
    title = title_of(drawn("cost", experiment))
    assert title.startswith("Try freer: all costs of a day, lost customers included, fall from ")


def test_amounts_of_a_bar_and_of_its_pieces_are_written_alike() -> None:
    for factor in (1.0, 20.0):
        experiment = two()
        for found in experiment.summaries.values():
            for summary in found:
                whole = summary.values["all", ""]
                whole.update({k: v * factor for k, v in whole.items() if k.endswith("cost")})
        figure = drawn("cost", experiment)
        amounts = [
            t.get_text() for t, _ in texts(figure) if re.fullmatch(r"€[\d.,]+( k)?", t.get_text())
        ]
        ticks = {tick for axes in figure.axes for tick in ticks_of(axes, "x")}
        assert len({"k" in one for one in amounts if one not in ticks}) == 1, amounts


def test_no_amount_that_is_there_is_written_as_nothing() -> None:
    experiment = two()
    for policy, factor in (("today", 20.0), ("freer", 2_000.0)):
        for summary in experiment.summaries[policy]:
            whole = summary.values["all", ""]
            whole.update({k: v * factor for k, v in whole.items() if k.endswith("cost")})
    figure = drawn("cost", experiment)
    ticks = {tick for axes in figure.axes for tick in ticks_of(axes, "x")}
    written = [one.get_text() for one, _ in texts(figure) if one.get_text() not in ticks]
    assert any(one.endswith(" M") for one in written)
    assert [one for one in written if re.fullmatch(r"€0(\.0)? [kM]", one)] == []


def test_titles_that_hold_an_and_are_told_apart_by_quotes() -> None:
    assert titles_together(["Up to 25", "Up to 150"]) == "Up to 25 and Up to 150"
    assert titles_together(["Up to 150", "Up to 150 and kept"]) == (
        "\u201cUp to 150\u201d and \u201cUp to 150 and kept\u201d"
    )


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1.0, ["day 1", "06:00", "12:00", "18:00", "day 2"]),
        (2.0, ["day 1", "12:00", "day 2", "12:00", "day 3"]),
        (10.0, ["0", "2", "4", "6", "8", "10"]),
    ],
)
def test_an_axis_of_few_days_says_times_of_day(days: float, said: list[str]) -> None:
    axes = Figure().add_subplot()
    axes.set_xlim(0.0, days)
    day_axis(axes.xaxis)
    ticks = [at for at in axes.xaxis.get_majorticklocs() if 0.0 <= at <= days]
    assert axes.xaxis.get_major_formatter().format_ticks(ticks) == said


def test_parts_have_a_picture_only_where_somebody_asks_for_them() -> None:
    experiment = two()
    assert CHARTS["by-part"](View.of(experiment)) is None
    figure = CHARTS["by-part"](View.of(experiment, by=By.GROUP))
    assert figure is not None
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == [
        "Front line",
        "Supervisors",
    ]
    assert title_of(figure) == "Try freer: occupancy (Supervisors) falls from 70.4 to 20.1 %"


@pytest.fixture(scope="module")
def week() -> Experiment:
    """A shipped centre over five days."""
    scenario = load("keep-your-word")
    return run(scenario, policies=[scenario.baseline, "no-callbacks"], replications=2, workers=1)


def test_the_worst_half_hour_of_the_week_is_the_darkest_cell(week: Experiment) -> None:
    view = View.of(week)
    figure = CHARTS["weekdays"](view)
    assert figure is not None
    cells = np.ma.filled(figure.axes[0].collections[0].get_array(), 0.0)
    rows = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    row, _ = np.unravel_index(int(np.argmax(cells)), cells.shape)
    assert rows == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    assert rows[row] in title_of(figure)


def many(effects: dict[str, object]) -> Callable[[], Experiment]:
    return lambda: pictured({f"policy-{n}": replace(TODAY, **effects) for n in range(12)})


def dear() -> Experiment:
    found = pictured(
        {
            "today": replace(TODAY, total_cost=5e8, wait_s=9_000.0),
            "freer": replace(FREER, total_cost=6e8, wait_s=4_000.0),
        }
    )
    costs = found.scenario.costs.model_copy(update={"currency": "INR"})
    return replace(found, scenario=found.scenario.model_copy(update={"costs": costs}))


EDGES: dict[str, Callable[[], Experiment]] = {
    "twelve policies": many({}),
    "huge numbers": dear,
    "tiny numbers": lambda: pictured(
        {
            name: replace(TODAY, wait_s=wait, abandonment=0.0004, spread=0.01)
            for name, wait in (("today", 0.02), ("freer", 0.01))
        }
    ),
    "nothing varies": lambda: pictured(
        {"today": replace(TODAY, spread=0.0), "same": replace(TODAY, spread=0.0)}
    ),
    "three replications": lambda: pictured({"today": TODAY, "freer": FREER}, replications=3),
}


@pytest.mark.long
@pytest.mark.parametrize("name", EDGES)
def test_at_the_edges_no_word_is_cut_or_lies_on_another_and_shares_stay_in_range(name: str) -> None:
    experiment = EDGES[name]()
    for chart in ALL:
        try:
            figure = drawn(chart, experiment)
        except AssertionError:
            continue  # nothing to show
        if name != "twelve policies" or chart != "waits-and-first-contact":
            assert overlaps(figure) == [], chart
        for text, box in texts(figure):
            assert 0 <= box.x0 < box.x1 <= figure.bbox.width, (chart, text.get_text())
            assert 0 <= box.y0 < box.y1 <= figure.bbox.height, (chart, text.get_text())
        said = words_in(figure)
        assert "k k" not in said, chart
        assert "nan" not in said.lower().split(), chart


@pytest.mark.long
@pytest.mark.parametrize(
    "name", ["retail-complaints", "bank-1999", "helpdesk-tiers", "keep-your-word", "outage"]
)
def test_in_the_pictures_of_a_shipped_scenario_no_word_is_cut_or_lies_on_another(name: str) -> None:
    view = View.of(run(load(name), replications=2, seed=1))
    for chart, draw in CHARTS.items():
        figure = draw(view)
        if figure is None:
            continue
        figure.canvas.draw()
        assert overlaps(figure) == [], chart
        for text, box in texts(figure):
            assert 0 <= box.x0 < box.x1 <= figure.bbox.width, (chart, text.get_text())
            assert 0 <= box.y0 < box.y1 <= figure.bbox.height, (chart, text.get_text())
        assert "– with" not in title_of(figure), chart
