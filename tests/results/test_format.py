import math

import pytest

from results.reading import format as words


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "0 s"),
        (0.04, "0.0 s"),
        (3.44, "3.4 s"),
        (9.96, "10 s"),
        (48.4, "48 s"),
        (84.0, "84 s"),
        (119.6, "2.0 min"),
        (3599.6, "60.0 min"),
        (6725.0, "112 min"),
        (7560.0, "2.1 h"),
        (3600.0 * 47, "47.0 h"),
        (86_400.0 * 2.4, "2.4 days"),
        (-84.0, "−84 s"),
        (-0.01, "0.0 s"),
        (math.nan, "–"),
        (math.inf, "∞"),
    ],
)
def test_a_length_of_time_is_written_in_one_unit(seconds: float, text: str) -> None:
    assert words.duration(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.0, "0:00"), (3.4, "0:03"), (84.0, "1:24"), (3725.0, "62:05")]
)
def test_a_column_of_an_interval_table_has_times_that_stand_under_each_other(
    seconds: float, text: str
) -> None:
    assert words.minutes(seconds) == text


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (0.8312, "83.1 %"),
        (1.0, "100.0 %"),
        (0.0, "0.0 %"),
        (0.0042, "0.42 %"),
        (0.00996, "1.0 %"),
        (-0.5, "−50.0 %"),
        (math.nan, "–"),
    ],
)
def test_shares_are_percentages(fraction: float, text: str) -> None:
    assert words.share(fraction) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (0.834, "0.83"),
        (0.996, "1.0"),
        (4.25, "4.2"),
        (99.96, "100"),
        (987.4, "987"),
        (9876.0, "9,876"),
        (9999.6, "10.0 k"),
        (12_400.0, "12.4 k"),
        (999_940.0, "999.9 k"),
        (999_960.0, "1.0 M"),
        (-12_400.0, "−12.4 k"),
        (math.nan, "–"),
        (-math.inf, "−∞"),
    ],
)
def test_numbers_are_as_long_as_a_reader_needs(number: float, text: str) -> None:
    assert words.number(number) == text


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (410.0, "€", "€410"),
        (3.2, "€", "€3.20"),
        (12_400.0, "$", "$12.4 k"),
        (410.0, "EUR", "EUR 410"),
        (-410.0, "€", "−€410"),
        (0.0, "€", "€0"),
        (math.nan, "€", "–"),
    ],
)
def test_money_carries_its_currency(amount: float, currency: str, text: str) -> None:
    assert words.money(amount, currency) == text


@pytest.mark.parametrize(
    ("half_width", "beside", "text"),
    [
        (13.52, 1_005.0, "±14"),
        (13.52, 12.4, "±13.52"),
        (13.52, 12.0, "±14"),
        (0.3, 1_005.0, "±0.30"),
        (134.2, 12_400.0, "±134"),
        (13.52, math.nan, "±13.52"),
    ],
)
def test_a_margin_of_money_has_cents_only_beside_an_amount_with_cents(
    half_width: float, beside: float, text: str
) -> None:
    assert words.margin(half_width, "money", beside) == text


@pytest.mark.parametrize(
    ("amount", "unit", "text", "change", "margin"),
    [
        (84.0, "s", "84 s", "+84 s", "±84 s"),
        (-0.183, "share", "−18.3 %", "−18.3 points", "±18.3"),
        (0.0042, "share", "0.42 %", "+0.42 points", "±0.4"),
        (0.0004, "share", "0.04 %", "+0.04 points", "±0.04"),
        (410.0, "money", "€410", "+€410", "±410"),
        (1234.0, "hours", "1,234 h", "+1,234 h", "±1,234 h"),
        (-7.0, "count", "−7", "−7", "±7"),
        (0.0, "s", "0 s", "0 s", "±0 s"),
        (-0.01, "s", "0.0 s", "0.0 s", "±0.0 s"),
        (math.nan, "share", "–", "–", "–"),
    ],
)
def test_a_measure_is_written_by_its_unit(
    amount: float, unit: str, text: str, change: str, margin: str
) -> None:
    assert words.value(amount, unit) == text
    assert words.change(amount, unit) == change
    assert words.margin(abs(amount), unit) == margin
