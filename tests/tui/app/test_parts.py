"""What pictures of the app are made of: nothing overflows, labels stand evenly, zero is seen."""

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from results.reading import format as numbers
from tests.support.examples import examples
from tui.parts.boxed import beside, boxed
from tui.parts.cards import Card, CardLook, card_lines, drawn_cards
from tui.parts.curve import lying_bar
from tui.parts.fitting import fitted, shortened, wrapped
from tui.parts.interval_bar import interval_bar
from tui.parts.line_chart import Chart, Line, line_chart
from tui.parts.point_chart import Axis, Spot, point_chart
from tui.parts.scales import even_scale, hour_labels, ticks
from tui.parts.sheet import Sheet
from tui.what_if.knobs import following

NAMES = st.one_of(
    st.text("ab é-_", max_size=60),
    st.text(st.sampled_from("漢字かな한글a "), max_size=40),
    st.text(st.sampled_from("🙂🚀👍☎️x "), max_size=40),
    st.text(st.sampled_from("e\u0301a\u0308o "), max_size=40),
)
"""Long ones, wide letters, emoji, and letters with a mark that combines."""


@given(NAMES, st.integers(1, 80))
@settings(deadline=None)
def test_a_name_of_any_letters_takes_exactly_its_columns(name: str, width: int) -> None:
    for cut in (fitted, shortened):
        assert cell_len(cut(name, width)) == width
    assert all(cell_len(line) <= width for line in wrapped(name, width, 3))


@given(NAMES, st.integers(8, 120))
@settings(deadline=None, max_examples=examples(60))
def test_boxes_cards_and_charts_stay_within_their_width_whatever_the_name(
    name: str, width: int
) -> None:
    card = Card(name, name, "15 s", "10 s", "−5 s", "±1", "▼", "better", "better", (-6, -5, -4))
    line = Line(name, "●", "", [1.0, math.nan, 3.0, 2.0])
    spots = [Spot(name, "●", "", 5.0, 0.6, 1.0, 0.1), Spot(name, "■", "", 5.1, 0.6)]
    drawn = [
        *boxed(name, [Text(name)], width, 4),
        *drawn_cards([card] * 4, max(width, 22), CardLook()),
        *card_lines([card] * 3, width, CardLook()),
        *line_chart(Chart([line, line], {}), width, 9),
        *point_chart(spots, Axis(name, "s"), Axis(name, "share"), max(width, 30), 12),
    ]
    assert all(one.cell_len <= max(width, 30) for one in drawn)


@given(
    st.floats(0.0, 1e6), st.floats(1e-3, 1e6), st.integers(3, 40), st.sampled_from(["s", "money"])
)
@settings(deadline=None)
def test_labels_of_an_axis_stand_equally_far_apart_and_cover_the_values(
    low: float, span: float, rows: int, unit: str
) -> None:
    scale = even_scale(low, low + span, rows, unit)
    places = sorted(scale.labels)
    assert len({b - a for a, b in pairwise(places)}) == 1
    assert scale.low <= low + 1e-6 * span
    assert scale.high >= (low + span) * (1 - 1e-9)
    assert scale.rows <= rows
    assert scale.low >= 0.0, "no wait below zero"


def test_shares_end_at_all_of_them_and_an_axis_has_one_unit() -> None:
    assert even_scale(0.6, 0.98, 9, "share").high == pytest.approx(1.0)
    assert set(ticks(even_scale(0.0, 500.0, 9, "s"), "s").values()) >= {"0 min", "10 min"}
    assert "60 %" in ticks(even_scale(0.61, 0.98, 9, "share"), "share").values()


def test_hours_stand_as_close_as_they_can_be_read() -> None:
    starts = [8 * 3600.0 + 1800.0 * at for at in range(24)]
    assert list(hour_labels(starts, 4.0).values())[:2] == ["08:00", "09:00"]
    assert list(hour_labels(starts, 1.5).values()) == ["09:00", "12:00", "15:00", "18:00"]


def test_an_interval_shows_whether_it_reaches_over_nothing() -> None:
    certain, unclear = interval_bar(-3.0, -2.0, -1.0, 21), interval_bar(-2.0, 1.0, 4.0, 21)
    assert certain.endswith("┊"), "nothing lies beyond the interval"
    assert "┼" in unclear, "nothing lies within it"
    assert interval_bar(math.nan, math.nan, math.nan, 5) == "     "
    assert len(interval_bar(0.0, 0.0, 0.0, 9)) == 9


def test_a_bar_that_is_there_at_all_is_seen() -> None:
    assert lying_bar(0.0, 4) == "    "
    assert lying_bar(0.001, 4).strip()
    assert lying_bar(1.0, 4) == "████"


def test_columns_keep_their_looks_beside_each_other() -> None:
    (line,) = beside([[Text("a", "red")], [Text("b")]], [3, 3], 1)
    assert line.plain == "a   b"
    assert [span.style for span in line.spans] == ["red"]


def test_a_sheet_leaves_out_what_does_not_fit() -> None:
    sheet = Sheet(3, 1)
    sheet.put(0, 2, "漢")
    sheet.put(5, 0, "x")
    sheet.put(0, -1, "ab")
    assert sheet.lines()[0].plain == "b  "


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Up to 150 without asking", "Up to €100 without asking"),
        ("Up to €150", "Up to €100"),
        ("1500 points", "1500 points"),
        ("Nothing without asking", "Nothing without asking"),
    ],
)
def test_the_title_of_a_level_names_the_limit_that_stands_now(title: str, said: str) -> None:
    assert following(title, 150.0, 100.0, "€") == said
    assert following(title, 150.0, 150.0, "€") == title
    assert numbers.money(100.0) in following("Up to 150", 150, 100, "€")
