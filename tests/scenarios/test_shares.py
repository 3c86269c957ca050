"""Shares in words: everywhere with a blank before the sign, and with no digits that nobody gave."""

import re
from pathlib import Path

import firstline
from results.reading import format as numbers
from scenarios.shares import percent, percent_as_given

ROOT = Path(firstline.__file__).parents[1]
PACKAGES = ("firstline", "scenarios", "sim", "results", "tui")


def test_a_share_is_written_with_a_blank_before_the_sign() -> None:
    assert percent(0.8) == "80 %"
    assert percent(0.0764, 1) == "7.6 %"
    assert percent(0.001, 1) == "0.1 %"


def test_a_goal_of_eighty_per_cent_has_no_digit_that_nobody_chose() -> None:
    assert percent_as_given(0.8) == numbers.goal(0.8, "share") == "80 %"
    assert percent_as_given(0.995) == "99.5 %"
    assert numbers.goal(20.0, "s") == "20 s"


def test_no_sentence_has_a_share_without_a_blank() -> None:
    files = [one for name in PACKAGES for one in (ROOT / name).rglob("*.py")]
    assert len(files) > 400
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r":[.,\d]*%\}", line) or re.search(r"(?<!SPACE)\}%(?!\w)", line)
    ]
    assert not found, "\n".join(found)
