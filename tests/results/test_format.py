import math

import pytest

from results.reading import format as words


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "0:00"),
        (0.04, "0:00"),
        (3.44, "3.4 s"),
        (9.96, "0:10"),
        (48.4, "0:48"),
        (59.6, "1:00"),
        (84.0, "1:24"),
        (3599.6, "1 h 00 min"),
        (3725.0, "1 h 02 min"),
        (3600.0 * 47, "47 h 00 min"),
        (86_400.0 * 2.4, "2.4 days"),
        (-84.0, "−1:24"),
        (-0.01, "0:00"),
        (math.nan, "–"),
        (math.inf, "∞"),
    ],
)
def test_lengths_of_time_read_like_a_clock(seconds: float, text: str) -> None:
    assert words.duration(seconds) == text


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
        (84.0, "s", "1:24", "+1:24", "±1:24"),
        (-0.183, "share", "−18.3 %", "−18.3 points", "±18.3"),
        (0.0042, "share", "0.42 %", "+0.42 points", "±0.4"),
        (0.0004, "share", "0.04 %", "+0.04 points", "±0.04"),
        (410.0, "money", "€410", "+€410", "±410"),
        (1234.0, "hours", "1,234 h", "+1,234 h", "±1,234 h"),
        (-7.0, "count", "−7", "−7", "±7"),
        (0.0, "s", "0:00", "0:00", "±0:00"),
        (-0.01, "s", "0:00", "0:00", "±0:00"),
        (math.nan, "share", "–", "–", "–"),
    ],
)
def test_a_measure_is_written_by_its_unit(
    amount: float, unit: str, text: str, change: str, margin: str
) -> None:
    assert words.value(amount, unit) == text
    assert words.change(amount, unit) == change
    assert words.margin(abs(amount), unit) == margin
