import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"


def output_of(script: str, folder: Path) -> list[str]:
    """The lines that an example prints when it is started in a folder."""
    done = subprocess.run(
        [sys.executable, EXAMPLES / script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(EXAMPLES.parent)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_two_policies_are_compared_in_six_lines(tmp_path: Path) -> None:
    verdict, unseen, *charts = output_of("compare_two_policies.py", tmp_path)
    assert verdict.startswith("empowered: ")
    assert "more complaints are resolved at first contact" in verdict
    assert "in all" not in verdict, "a Monday that cases outlast says nothing of lost customers"
    assert "still open tonight" in unseen
    assert charts
    assert all((tmp_path / chart).is_file() for chart in charts)


def test_a_staffing_sweep_ends_where_waits_are_as_short(tmp_path: Path) -> None:
    goal, *sweep = output_of("agents_instead_of_authority.py", tmp_path)
    assert goal.startswith("empowered ")
    assert len(sweep) >= 2, "without more agents customers wait longer"
    assert all(line.startswith("ask-the-boss, ") for line in sweep)


def test_people_are_added_until_the_service_level_is_certain(tmp_path: Path) -> None:
    *before, last = output_of("heads_for_a_target.py", tmp_path)
    assert before, "seven are not enough"
    sure = [float(line.rsplit(" ", 1)[1].rstrip("%")) for line in (*before, last)]
    assert sure[-1] >= 80.0 > max(sure[:-1])
    assert sure == sorted(sure), "nobody waits longer for one more agent"


@pytest.mark.long
def test_each_policy_has_a_break_even(tmp_path: Path) -> None:
    lines = output_of("what_a_customer_must_be_worth.py", tmp_path)
    assert len(lines) == 4
    assert all(" pays above €" in line for line in lines)


@pytest.mark.parametrize("script", sorted(path.name for path in EXAMPLES.glob("*.py")))
def test_an_example_says_at_its_top_what_it_shows(script: str) -> None:
    first = (EXAMPLES / script).read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith('"""')
    assert len(first) > 30
