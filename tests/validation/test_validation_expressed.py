"""The list of expressed cases is complete, and the tests that it names exist."""

import re
from pathlib import Path

from tests.support.reference_cases import all_cases

HERE = Path(__file__).parents[1]
ROW = re.compile(r"^\| ([\w.-]+) \| (?:`([\w/]+\.py)::(test_\w+)`|none) \| (.*)\|$", re.MULTILINE)


def test_every_reference_case_names_its_test_or_the_reason_why_there_is_none() -> None:
    rows = ROW.findall((HERE / "references" / "expressed.md").read_text())
    assert sorted(name for name, *_ in rows) == sorted(all_cases())
    for name, file, test, remarks in rows:
        if file:
            assert f"def {test}(" in (HERE / file).read_text(), name
        else:
            assert remarks.strip(), f"{name} is not expressed, and nobody knows why"
