"""A table of survival as a distribution: Kaplan and Meier's curve with a stated tail."""

from math import exp, inf, log
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from scenarios import load, load_text
from scenarios.parts.distributions import AnyDistribution, Distribution
from scenarios.parts.figures import can_be_zero, greatest, mean_of
from scenarios.save import dump
from sim.draws.quantiles import quantile_of
from tests.support.scenario_texts import SMALLEST

TABLE = {"times": [0, 30, 60, 120], "survival": [0.9, 0.8, 0.8, 0.4]}


def table(**written: Any) -> AnyDistribution:
    read: AnyDistribution = TypeAdapter(Distribution).validate_python(
        {"distribution": "survival", **written}
    )
    return read


def longer(law: AnyDistribution, seconds: float) -> float:
    """Share of a fine grid of marks whose value is longer."""
    marks = (np.arange(200_000) + 0.5) / 200_000
    return float((quantile_of(law)(marks) > seconds).mean())


@pytest.mark.parametrize(
    ("seconds", "share"),
    [
        (0, 0.9),
        (15, 0.9 * (8 / 9) ** 0.5),
        (30, 0.8),
        (59, 0.8),
        (90, 0.8 * 0.5**0.5),
        (120, 0.4),
        # Beyond it the hazard before continues: half of them every minute.
        (180, 0.2),
    ],
)
def test_survival_at_any_time_is_that_of_the_table(seconds: float, share: float) -> None:
    assert longer(table(**TABLE), seconds) == pytest.approx(share, abs=2e-5)


def test_the_tail_may_be_given() -> None:
    law = table(**TABLE, tail_mean=300)
    assert longer(law, 120 + 300) == pytest.approx(0.4 * exp(-1), abs=2e-5)


def test_an_exponential_law_is_a_table_of_one_line() -> None:
    law = table(times=[100], survival=[exp(-100 / 250)])
    plain = TypeAdapter(Distribution).validate_python({"distribution": "exponential", "mean": 250})
    marks = np.linspace(0.001, 0.999, 500)
    assert np.allclose(quantile_of(law)(marks), quantile_of(plain)(marks), rtol=1e-12)
    assert mean_of(law) == pytest.approx(250)


def test_the_mean_is_the_area_under_the_curve() -> None:
    # 30 s between 0.9 and 0.8, 30 s at 0.8, a minute between 0.8 and 0.4, and the tail.
    area = 0.1 * 30 / log(9 / 8) + 0.8 * 30 + 0.4 * 60 / log(2) + 0.4 * 60 / log(2)
    assert mean_of(table(**TABLE)) == pytest.approx(area)
    assert (greatest(table(**TABLE)), can_be_zero(table(**TABLE))) == (inf, True)


def test_a_table_may_end_with_nobody_left() -> None:
    law = table(times=[10, 20], survival=[0.5, 0])
    assert longer(law, 15) == pytest.approx(0.25, abs=2e-5)
    assert (greatest(law), can_be_zero(law)) == (20, False)
    assert mean_of(law) == pytest.approx(0.5 * 10 / log(2) + 0.5 * 10 / 2)


@given(
    st.lists(st.tuples(st.floats(0.1, 100), st.floats(0.05, 1.0)), min_size=1, max_size=6),
    st.floats(0.0001, 0.9999),
)
def test_one_draw_has_the_bits_of_a_column(steps: list[tuple[float, float]], mark: float) -> None:
    times, shares = np.cumsum([gap for gap, _ in steps]), np.cumprod([keep for _, keep in steps])
    law = table(times=times.tolist(), survival=shares.tolist(), tail_mean=5.0)
    quantile = quantile_of(law)
    column = quantile(np.array([0.1, mark, 0.9]))
    assert column[1] == quantile.at(mark)
    assert column[0] <= column[2]
    marks = (np.arange(20_000) + 0.5) / 20_000
    assert quantile(marks).mean() == pytest.approx(mean_of(law), rel=0.01)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({}, "times and survival of the same length"),
        ({"times": [1, 2], "survival": [0.5]}, "times and survival of the same length"),
        ({"times": [2, 1], "survival": [0.5, 0.4]}, "times must rise"),
        ({"times": [1, 2], "survival": [0.5, 0.6]}, "survival must fall"),
        ({"times": [1, 2], "survival": [0, 0]}, "above 0 before its last"),
        ({"times": [1, 2], "survival": [0.5, 0.5]}, "tail_mean must be given"),
        ({"times": [0], "survival": [0.5]}, "tail_mean must be given"),
        ({"times": [1, 2], "survival": [0.5, 0], "tail_mean": 3}, "nothing to say"),
    ],
)
def test_what_is_no_survival_is_refused(written: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        table(**written)


def test_a_table_is_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "patience.csv").write_text("time,survival\n0,0.95\n60,0.7\n300,0.4\n")
    patience = 'patience_s.voice = { distribution = "survival", csv = "patience.csv" }'
    text = SMALLEST.replace("patience_s.voice = 120", patience)
    (tmp_path / "centre.toml").write_text(text)
    scenario = load(tmp_path / "centre.toml")
    assert scenario.reasons["enquiry"].patience_s["voice"] == table(
        times=[0, 60, 300], survival=[0.95, 0.7, 0.4]
    )
    assert load_text(dump(scenario)) == scenario
