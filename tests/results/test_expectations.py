"""What is expected of a plan: checked before a run, and held against what the run found."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from results import run
from results.comparison.estimate import t_quantile
from results.errors import ExperimentError
from results.expectations import Checked, check_expectations, expected_of, sentence
from results.experiments.experiment import Experiment
from results.measures.registry import MEASURES
from scenarios import ScenarioError, apply, json_schema, load, load_text, warnings, with_changes
from scenarios.parts.expectation import PartKind
from scenarios.parts.measured import MEASURED
from scenarios.save import dump, save_policy
from tests.support.command_line import SHOP
from tests.support.known_answers import CANNED, SCENARIO, experiment_with, plain
from tests.support.scenario_texts import smallest

FAST = '[expect.fast]\nmeasure = "service_level"\n'


def problems_of(text: str) -> list[tuple[str, str, str]]:
    with pytest.raises(ScenarioError) as error:
        load_text(SHOP + text)
    return [(one.key, one.rule, one.hint) for one in error.value.problems]


def found(values: list[float], **bounds: float) -> Checked:
    """The service level found in the replications, held against bounds."""
    expected = {"measure": "service_level", **bounds}
    experiment = experiment_with({"today": {"service_level": values}})
    scenario = with_changes(SCENARIO, {"expect.fast": expected})
    (one,) = check_expectations(replace(experiment, scenario=scenario))
    return one


def test_what_can_be_expected_is_what_is_measured() -> None:
    parts = PartKind.__args__  # type: ignore[attr-defined]
    told = {
        name: (one.unit, tuple(kind for kind in parts if one.exists_for(kind)))
        for name, one in MEASURES.items()
    }
    assert {name: tuple(one) for name, one in MEASURED.items()} == told, (
        "see scenarios/parts/measured.py"
    )
    assert list(MEASURED) == list(MEASURES)


def test_an_editor_completes_the_measures() -> None:
    node = json_schema()["$defs"]["Expectation"]["properties"]["measure"]
    assert node["enum"] == list(MEASURES)


@pytest.mark.parametrize(
    ("more", "key", "rule", "hint"),
    [
        ("at_least = 80", "expect.fast.at_least", "must be a share from 0 to 1", "0.8 for 80 %"),
        ("at_most = -1", "expect.fast.at_most", "must be a share from 0 to 1", ""),
        ("", "expect.fast", "give at_least, at_most or both", "at_least = 0.8"),
        ("at_least = 0.9\nat_most = 0.8", "expect.fast.at_least", "above at_most", ""),
        ('at_least = 0.8\npolicy = "empower"', "expect.fast.policy", "policy", '"empowered"'),
        ('at_least = 0.8\npolicy = "al"', "expect.fast.policy", "policy", '"all"'),
        ('at_least = 0.8\npart = "order"', "expect.fast.part", "names a part", "by"),
        (
            'at_least = 0.8\nby = "complaints"\npart = "order"',
            *("expect.fast.part", "complaints have none", "by"),
        ),
        ('at_least = 0.8\nby = "reason"', "expect.fast.part", "is missing", '"damaged"'),
        (
            'at_least = 0.8\nby = "reason"\npart = "damages"',
            *("expect.fast.part", "a reason that does not exist", '"damaged"'),
        ),
        (
            'at_least = 0.8\nby = "channel"\npart = "phone"',
            *("expect.fast.part", "a channel that does not exist", "voice"),
        ),
        (
            'at_least = 0.8\nby = "group"\npart = "front_line"',
            *("expect.fast.by", "service_level does not exist by group", '"channel"'),
        ),
        ("at_leest = 0.8", "expect.fast.at_leest", "is not a known key", "at_least"),
        ("at_least = 0.8\nconfidence = 1.0", "expect.fast.confidence", "must be a number", ""),
    ],
)
def test_what_cannot_be_expected_is_refused_with_what_to_do(
    more: str, key: str, rule: str, hint: str
) -> None:
    told = [one for one in problems_of(FAST + more + "\n") if one[0] == key]
    assert len(told) == 1
    assert rule in told[0][1]
    assert hint in told[0][2]


def test_an_unknown_measure_is_refused_with_the_nearest_known_one() -> None:
    (told,) = problems_of('[expect.fast]\nmeasure = "servicelevel"\nat_least = 0.8\n')
    assert told == (
        *("expect.fast.measure", "is not a measure"),
        'Did you mean "service_level"?',
    )


def test_a_wrong_expectation_does_not_hide_what_else_is_wrong() -> None:
    missing = "[expect.fast]\nat_least = 0.8\n"
    boundless = '[expect.slow]\nmeasure = "asa"\n'
    keys = [key for key, *_ in problems_of(missing + boundless)]
    assert keys == ["expect.fast.measure", "expect.slow"]


def test_expectations_survive_being_written_and_read() -> None:
    scenario = load_text(SHOP + FAST + 'at_least = 0.8\nby = "reason"\npart = "order"\n')
    assert load_text(dump(scenario)) == scenario
    assert warnings(scenario) == warnings(load_text(SHOP))


def test_expectations_change_no_bit_of_a_run() -> None:
    scenario = smallest()
    expecting = with_changes(scenario, {"expect.fast": {"measure": "asa", "at_most": 20}})
    asked = {"replications": 2, "workers": 1}
    assert plain(run(scenario, **asked)) == plain(run(expecting, **asked))  # type: ignore[arg-type]


def test_a_change_to_an_expectation_that_nobody_wrote_is_refused() -> None:
    scenario = load_text(SHOP + FAST + "at_least = 0.8\n")
    assert with_changes(scenario, {"expect.fast.at_least": 0.7}).expect["fast"].at_least == 0.7
    with pytest.raises(ScenarioError, match='Did you mean "fast"'):
        with_changes(scenario, {"expect.fest.at_least": 0.7})


def names_expected(text: str) -> list[tuple[str, str]]:
    return [(one.policy, one.name) for one in expected_of(load_text(SHOP + text))]


def test_an_expectation_is_of_the_baseline_unless_it_says_so() -> None:
    assert names_expected(FAST + "at_least = 0.8\n") == [("ask", "fast")]
    named = FAST + 'at_least = 0.8\npolicy = "empowered"\n'
    assert names_expected(named) == [("empowered", "fast")]
    every = FAST + 'at_least = 0.8\npolicy = "all"\n'
    assert names_expected(every) == [("ask", "fast"), ("empowered", "fast")]


def test_a_policy_may_expect_more_less_or_nothing() -> None:
    more = '[policies.more]\nchanges = { "expect.fast.at_least" = 0.9 }\n'
    brings = '[policies.more]\nchanges = { "expect.short" = { measure = "asa", at_most = 20 } }\n'
    nothing = '[policies.more]\nremove = ["expect.fast"]\n'
    base = FAST + "at_least = 0.8\n"
    assert names_expected(base + more) == [("ask", "fast"), ("more", "fast")]
    assert names_expected(base + brings) == [("ask", "fast"), ("more", "short")]
    every = FAST + 'at_least = 0.8\npolicy = "all"\n'
    assert ("more", "fast") not in names_expected(every + nothing)


def test_an_expectation_holds_when_the_whole_interval_lies_within_its_bound() -> None:
    """Values 0.81, 0.83, 0.85: mean 0.83, half-width 4.303 × 0.02 / √3 = 0.0497."""
    values = [0.81, 0.83, 0.85]
    half_width = t_quantile(0.975, 2) * 0.02 / math.sqrt(3)
    assert found(values, at_least=0.78).found.half_width == pytest.approx(half_width)
    assert found(values, at_least=0.83 - half_width - 1e-6).outcome == "holds"
    assert found(values, at_least=0.83 - half_width + 1e-6).outcome == "not_known"
    assert found(values, at_least=0.83 + half_width - 1e-6).outcome == "not_known"
    assert found(values, at_least=0.83 + half_width + 1e-6).outcome == "does_not_hold"
    assert found(values, at_most=0.83 + half_width + 1e-6).outcome == "holds"
    assert found(values, at_most=0.83 - half_width - 1e-6).outcome == "does_not_hold"
    assert found(values, at_least=0.5, at_most=0.7).outcome == "does_not_hold"
    assert found(values, at_least=0.5, at_most=0.9).outcome == "holds"
    assert found(values, at_least=0.5, at_most=0.84).outcome == "not_known"


def test_less_confidence_decides_sooner() -> None:
    values = [0.81, 0.83, 0.85]
    assert found(values, at_least=0.80).outcome == "not_known"
    assert found(values, at_least=0.80, confidence=0.8).outcome == "holds"


def test_how_many_more_replications_might_decide_grows_with_the_square_of_the_distance() -> None:
    """n (half-width / distance)² in all: 3 (0.0497 / 0.01)² = 74.04, 75 in all, 72 more."""
    one = found([0.81, 0.83, 0.85], at_least=0.82)
    assert (one.outcome, one.more) == ("not_known", 72)
    assert "About 72 more replications might decide." in sentence(one, "€", "Today")
    half_as_far = found([0.81, 0.83, 0.85], at_least=0.825)
    assert half_as_far.more == 294  # 296.2 in all
    on_the_bound = found([0.81, 0.83, 0.85], at_least=0.83)
    assert on_the_bound.more is None
    assert "not likely to decide" in sentence(on_the_bound, "€", "Today")


def test_one_replication_decides_nothing() -> None:
    one = found([0.81], at_least=0.5)
    assert (one.outcome, one.more) == ("not_known", None)
    assert "at least two replications" in sentence(one, "€", "Today")


def test_what_is_never_measured_is_not_known() -> None:
    one = found([math.nan, math.nan], at_least=0.5)
    assert one.outcome == "not_known"
    assert "Nothing was there to be measured" in sentence(one, "€", "Today")


def test_what_a_part_of_the_days_cannot_show_is_not_known() -> None:
    days = {"horizon.part_of_days": 7, "repeat": {"probability": 0.5}}
    expected = {"expect.kept": {"measure": "customers_lost", "at_most": 100}}
    values = {"today": {"customers_lost": [1.0, 2.0]}}
    shown = replace(experiment_with(values), scenario=with_changes(SCENARIO, expected))
    hidden = replace(shown, scenario=with_changes(SCENARIO, {**expected, **days}))
    outcomes = [check_expectations(one)[0].outcome for one in (shown, hidden)]
    assert outcomes == ["holds", "not_known"]


def test_nothing_can_be_checked_before_a_replication_is_whole() -> None:
    nothing = Experiment(SCENARIO, ("today",), 1, 2, {}, complete=False)
    with pytest.raises(ExperimentError, match="Nothing can be checked yet"):
        check_expectations(nothing)


@pytest.mark.parametrize(
    ("by", "part"),
    [("reason", "damaged"), ("channel", "voice"), ("queue", "front_line"), ("complaints", None)],
)
def test_a_part_of_the_centre_is_held_to_its_own_figure(by: str, part: str | None) -> None:
    expected = {"measure": "asa", "at_most": 60.0, "by": by}
    expected |= {"part": part} if part else {}
    scenario = with_changes(load_text(SHOP), {"expect.short": expected})
    experiment = run(scenario, policies=["ask"], replications=2, workers=1)
    (one,) = check_expectations(experiment)
    asa = [found.values[by, part or ""]["asa"] for found in experiment.summaries["ask"]]
    assert one.found.mean == pytest.approx(sum(asa) / 2)
    assert (f"({by} {part})" if part else f"({by})") in sentence(one, "€", "Today")


def test_a_policy_that_changes_an_expectation_can_be_saved(tmp_path: Path) -> None:
    path = tmp_path / "shop.toml"
    path.write_text(SHOP + FAST + "at_least = 0.8\n", encoding="utf-8")
    save_policy(path, "modest", {"expect.fast.at_least": 0.6})
    saved = load(path)
    assert apply(saved, "modest").expect["fast"].at_least == 0.6
    assert [(one.policy, one.name) for one in expected_of(saved)] == [
        ("ask", "fast"),
        ("modest", "fast"),
    ]


def test_expectations_are_checked_from_a_script() -> None:
    expected = {"measure": "asa", "at_most": 60.0, "policy": "quick"}
    scenario = with_changes(SCENARIO, {"expect.short": expected})
    experiment = run(scenario, replications=10, workers=1, engine=CANNED)
    (one,) = check_expectations(experiment)
    assert (one.policy, one.outcome) == ("quick", "holds")
    assert sentence(one, "€", "Quick").startswith(
        "short, Quick: holds. Average speed of answer 39 s ±5, expected at most 60 s."
    )
