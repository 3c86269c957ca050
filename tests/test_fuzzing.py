"""Whatever is in a file, on the command line or in a name: no traceback, no hang, no greed.

``python -m tests.fuzz`` does the same with any number of cases and any seed.
"""

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fuzz import cases
from tests.fuzz.cases import case, planned
from tests.fuzz.fuzzing import findings
from tests.fuzz.limits import MIB, MOST_MEMORY, GreedError, HangError, limits

SLICE = {"toml": 20, "csv": 15, "set": 10, "names": 1, "records": 10}
PARTS = 20


@pytest.mark.parametrize("kind", SLICE)
def test_whatever_is_written_the_command_ends_as_commands_end(kind: str) -> None:
    wrong = [*findings([(kind, number) for number in range(SLICE[kind])], seed=1)]
    assert not wrong, "\n".join(f"{one}\n{one.detail}" for one in wrong)


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_ten_thousand_accidents_end_as_commands_end(part: int) -> None:
    wrong = [*findings([*planned(10_000, None)][part::PARTS], seed=2)]
    assert not wrong, "\n".join(f"{one}\n{one.detail}" for one in wrong)


# --- Fuzzing finds what it looks for ---------------------------------------------------------


@pytest.mark.parametrize(
    ("does", "reason"),
    [
        (lambda *_: 1 / 0, "ZeroDivisionError"),
        (lambda *_: cases.command("runs", "show", "nowhere"), "WrongEndError: exit code 1"),
        (lambda *_: bytearray(MOST_MEMORY + 20 * MIB), "GreedError: took 2"),
        (lambda *_: bytearray(40 * MOST_MEMORY), "GreedError: wanted more than"),
    ],
)
def test_a_case_that_ends_otherwise_is_found(
    does: Callable[..., object], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(cases.KINDS, "toml", does)
    found = case("toml", 1, 2, tmp_path)
    assert found is not None
    assert found.reason.startswith(reason), found.detail
    assert str(found).endswith("python -m tests.fuzz --kind toml --seed 1 --only 2")


def test_a_case_that_hangs_is_ended() -> None:
    with pytest.raises(HangError), limits(0.2):
        time.sleep(60.0)


def test_a_case_within_its_limits_goes_by() -> None:
    with limits(30.0):
        assert len(bytearray(MOST_MEMORY // 4)) == MOST_MEMORY // 4
    with pytest.raises(GreedError), limits(30.0):
        bytearray(MOST_MEMORY + 20 * MIB)


def test_the_same_seed_makes_the_same_cases() -> None:
    first, again, other = (cases.scenario_file(random.Random(seed)) for seed in (1, 1, 2))
    assert first == again != other


def test_ten_thousand_cases_are_of_every_kind() -> None:
    plan = [*planned(10_000, None)]
    assert len(plan) == pytest.approx(10_000, abs=5)
    assert {kind for kind, _ in plan} == set(cases.KINDS)
