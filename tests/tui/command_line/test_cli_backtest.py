"""firstline backtest: the command, on the records of a small simulated centre."""

from pathlib import Path

import pytest

from tests.support.command_line import firstline
from tests.support.recorded import as_csv, recorded, small_centre


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "calls.csv"
    path.write_text(as_csv(recorded(small_centre(4))), encoding="utf-8")
    return path


def backtest(calls: Path, *more: str | Path) -> tuple[int, str, str]:
    answer = firstline("backtest", calls, "-n", "4", "--workers", "1", *more)
    return answer.code, answer.data, answer.words


def test_days_are_predicted_and_drawn(calls: Path, tmp_path: Path) -> None:
    code, data, words = backtest(calls, "-o", tmp_path / "pictures")
    assert code in (0, 4), words
    assert data.startswith("Predicted: ")
    assert "Mean wait of all by half hour" in data
    assert "Fitted to 3 days" in data
    assert words.count("Drawn: ") == 6
    assert (tmp_path / "pictures" / "backtest-by-day.png").exists()


def test_the_days_can_be_named(calls: Path) -> None:
    days = ("--train", "2026-01-05..2026-01-06", "--test", "2026-01-08..2026-01-08")
    answer = firstline("backtest", calls, "-n", "2", "--workers", "1", *days, "--format", "json")
    assert answer.json["train"] == ["2026-01-05", "2026-01-06"]
    assert answer.json["test"] == ["2026-01-08"]
    methods = {row["method"] for row in answer.json["rows"]}
    assert methods == {"staffing_as_inferred", "staffing_of_training_days", "erlang_a"}


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("--train", "2026-02-01..2026-02-03"), "no records on"),
        (("--train", "January"), "write FROM..TO"),
        (("--train", "2026-01-05..2026-01-08"), "no days are left"),
        (
            ("--train", "2026-01-05..2026-01-07", "--test", "2026-01-07..2026-01-08"),
            "cannot be fitted and predicted",
        ),
    ],
)
def test_days_that_cannot_be_are_refused(calls: Path, days: tuple[str, ...], said: str) -> None:
    code, data, words = backtest(calls, *days)
    assert (code, data) == (2, "")
    assert said in words


def test_reports_of_intervals_are_refused_with_what_to_do(tmp_path: Path) -> None:
    from tests.support.record_samples import FIVE9

    path = tmp_path / "five9.csv"
    path.write_text(FIVE9, encoding="utf-8")
    code, data, words = backtest(path)
    assert (code, data) == (1, "")
    assert "a row for each call" in words
    assert "firstline fit" in words


def test_pictures_that_cannot_be_drawn_are_told_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    answer = firstline("backtest", "no-such.csv", "-o", tmp_path / "taken" / "here")
    assert answer.code == 1
    assert f"The backtest cannot be stored in {tmp_path / 'taken' / 'here'}" in answer.words
    assert "no-such" in firstline("backtest", "no-such.csv", "--no-charts").words
