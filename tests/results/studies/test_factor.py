"""Factors: what is varied, and how it is written."""

import pytest

from results.errors import ExperimentError
from results.studies.factor import Factor, factor_of


@pytest.mark.parametrize(
    ("text", "key", "levels"),
    [
        ("groups.a.heads=30:36:2", "groups.a.heads", (30, 32, 34, 36)),
        ("groups.a.heads=30:35:2", "groups.a.heads", (30, 32, 34)),
        ("groups.a.heads=3:5", "groups.a.heads", (3, 4, 5)),
        ("groups.a.heads+=-2:2:2", "groups.a.heads+=", (-2, 0, 2)),
        ("groups.a.absence=0:0.3:0.1", "groups.a.absence", (0, 0.1, 0.2, 0.3)),
        ("groups.a.authority=careful,empowered", "groups.a.authority", ("careful", "empowered")),
        ("groups.a.heads = 30, 35", "groups.a.heads", (30, 35)),
    ],
)
def test_levels_are_a_range_or_a_list(text: str, key: str, levels: tuple[object, ...]) -> None:
    factor = factor_of(text)
    assert (factor.key, factor.levels) == (key, levels)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("groups.a.heads", "is not a factor; write"),
        ("groups.a.heads=", "is not a factor; write"),
        ("groups.a.heads=5:3", "leads nowhere"),
        ("groups.a.heads=3:5:0", "the step must be above 0"),
        ("groups.a.heads=3:many", "is not a range; write 30:40:2"),
        ("groups.a.heads=0:1:0.0001", "10,001 levels; the most is 1,000"),
        ("groups.a.heads=3,3", "the level 3 twice"),
        ("groups.a.authority+=careful", "takes a number"),
    ],
)
def test_a_factor_that_cannot_be_varied_is_refused_with_the_way_to_write_it(
    text: str, said: str
) -> None:
    with pytest.raises(ExperimentError) as refused:
        factor_of(text)
    assert said in str(refused.value)


def test_a_level_reads_as_a_person_writes_it() -> None:
    assert Factor("groups.a.heads +=", (-2, 0, 2)).written(-2) == "−2"
    assert Factor("groups.a.heads +=", (-2, 0, 2)).written(0) == "±0"
    assert Factor("groups.a.heads *=", (0.9, 1.1)).written(1.1) == "× 1.1"
    assert Factor("groups.a.authority", ("careful",)).written("careful") == "careful"
    assert Factor("groups.a.heads", (30,)).name == "a.heads"
