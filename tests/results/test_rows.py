"""Rows: what is picked, grouped and summed is what numpy would find, to the bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from results.facts.rows import Rows, any_of, having, mean, quantile
from sim.trace.codes import Outcome

times = arrays(np.float64, st.integers(1, 300), elements=st.floats(0.0, 1e7, width=64))


@given(times, st.sampled_from([0.5, 0.9, 0.95]) | st.floats(0.0, 1.0))
def test_a_quantile_has_the_bits_of_numpys_own(values: np.ndarray, share: float) -> None:
    assert quantile(values, share) == float(np.quantile(values, share))


@given(times)
def test_a_mean_has_the_bits_of_numpys_own(values: np.ndarray) -> None:
    assert mean(values) == float(np.mean(values))
    assert mean(values > 5.0) == float(np.mean(values > 5.0))


def test_of_nothing_there_is_no_mean_and_no_quantile() -> None:
    assert np.isnan([mean(np.zeros(0)), quantile(np.zeros(0), 0.5)]).all()


@given(st.lists(st.integers(-1, 5), max_size=60), st.sampled_from([6, 200]))
def test_each_group_has_its_own_rows_in_their_order(groups: list[int], how_many: int) -> None:
    group = np.array(groups, dtype=np.int32)
    rows = Rows({"group": group, "place": np.arange(len(group))}, len(group))
    odd = rows.where(rows["place"] % 2 == 1)
    grouped = odd.grouped(odd["group"], how_many)
    late = grouped.where(grouped["place"] > 20)
    for number in range(how_many):
        ours = np.flatnonzero((group == number) & (np.arange(len(group)) % 2 == 1))
        assert grouped.group(number)["place"].tolist() == ours.tolist()
        assert len(grouped.group(number)) == len(ours)
        assert late.group(number)["place"].tolist() == ours[ours > 20].tolist()
        first = grouped.group(number).where(grouped.group(number)["place"] < 10)
        assert first["place"].tolist() == ours[ours < 10].tolist()


def test_rows_that_belong_to_every_group_are_in_each() -> None:
    rows = Rows({"place": np.arange(4)}, 4)
    assert rows.group(3)["place"].tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("outcome", Outcome)
def test_a_code_is_found_by_its_name(outcome: Outcome) -> None:
    codes = np.arange(len(Outcome), dtype=np.int32)
    assert having(codes, outcome).tolist() == [code == outcome for code in range(len(Outcome))]
    assert any_of(codes, (outcome,)).tolist() == having(codes, outcome).tolist()
