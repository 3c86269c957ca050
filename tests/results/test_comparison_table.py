from rich.console import Console

from results.comparison.compare import compare
from results.reading.table import measure_rows
from tests.support.known_answers import experiment_with
from tui.command_line.answers.comparison_table import tables

SHOWN = ("asa", "fcr_complaints", "total_cost")


def printed(policies: list[str], width: int) -> list[str]:
    """The lines of the tables for policies that differ a little, without the blanks at the end."""
    comparison = compare(
        experiment_with(
            {
                policy: {
                    "asa": [12.0, 13.0 - number, 18.0],
                    "fcr_complaints": [0.5, 0.6 + 0.02 * number, 0.7],
                    "total_cost": [17_000.0, 18_000.0 + 90.0 * number, 19_999.0],
                }
                for number, policy in enumerate(policies)
            }
        )
    )
    console = Console(width=width, file=None)
    with console.capture() as capture:
        for table in tables(measure_rows(comparison, SHOWN), comparison.titles, width):
            console.print(table)
    return [line.rstrip() for line in capture.get().splitlines()]


def test_a_few_policies_have_value_difference_and_interval_on_one_line() -> None:
    lines = printed(["today", "tomorrow"], 80)
    assert sum(line.count("±") == 2 for line in lines) == len(SHOWN)


def test_five_policies_fit_80_columns_with_difference_and_interval_under_the_mean() -> None:
    lines = printed(
        ["as-it-is", "fewer-hand-offs", "one-owner", "more", "two-more-specialists"], 80
    )
    assert max(map(len, lines)) <= 80
    assert "…" not in "".join(lines)
    header = [line.split() for line in lines if "As it is" in line]
    named = [["As", "it", "is", "offs", "One", "owner", "More"], ["As", "it", "is", "specialists"]]
    assert header == named


def test_more_policies_go_into_a_further_table_with_the_baseline_again() -> None:
    lines = printed(["today", *(f"policy-number-{number}" for number in range(8))], 80)
    assert max(map(len, lines)) <= 80
    assert sum(" Today" in line for line in lines) == 3
    for number in range(8):
        assert sum(f"number {number}" in line for line in lines) == 1


def test_a_name_without_hyphens_is_broken_and_not_cut_off() -> None:
    name = "a_name_without_any_hyphen_but_with_more_letters_than_a_column"
    lines = printed(["today", name, "thereisnoplacetobreakthisnameatall"], 60)
    assert max(map(len, lines)) <= 60
    assert "…" not in "".join(lines)
    written = "".join(line.strip() for line in lines)
    assert "hereisnoplace" in written
    assert "letters than" in written


def test_a_wide_screen_has_all_policies_side_by_side() -> None:
    lines = printed([f"policy-{number}" for number in range(8)], 200)
    assert sum("Policy 0" in line for line in lines) == 1
    assert max(map(len, lines)) <= 200
