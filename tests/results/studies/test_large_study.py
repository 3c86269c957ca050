"""Studies of any size begin as soon as small ones, and hand out a window of tasks."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from results.comparison.estimate import estimate, lowest_of
from results.experiments.progress import Progress
from results.experiments.workers import AHEAD_ELSEWHERE
from results.studies import study as studies
from results.studies import turning
from results.studies.factor import Factor
from results.studies.study import Study, run_study
from results.studies.turning import turning_of
from scenarios import override
from tests.support.command_line import firstline, shop
from tests.support.known_answers import CANNED, SCENARIO

MILLION = 1_000_000


class Counting(Executor):
    """Does each task when it is handed out, and counts those whose answer nobody has looked at."""

    def __init__(self) -> None:
        self.submitted = self.looked_at = self.most = 0

    def submit(self, work: Callable[..., Any], /, *given: Any, **more: Any) -> Future[Any]:  # type: ignore[override]
        self.submitted += 1
        self.most = max(self.most, self.submitted - self.looked_at)
        future: Future[Any] = Future()
        future.set_result(work(*given, **more))
        return future


def test_a_million_replications_hand_out_a_window_of_tasks() -> None:
    pool = Counting()

    def stop(now: Progress) -> None:
        pool.looked_at = now.done
        assert now.total == 2 * 2 * MILLION
        if now.done == 3_000:
            raise KeyboardInterrupt

    study = run_study(
        SCENARIO,
        [Factor("groups.front_line.heads", (3, 4))],
        policies=["today", "quick"],
        replications=MILLION,
        workers=pool,
        progress=stop,
        engine=CANNED,
    )
    assert len(study.experiment.finished) == 3_000
    assert study.experiment.planned == MILLION
    assert pool.most <= AHEAD_ELSEWHERE + 1
    assert pool.submitted <= 3_000 + AHEAD_ELSEWHERE


def test_a_dry_run_of_a_million_replications_simulates_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = ("sweep", shop(tmp_path), "groups.front_line.heads=3:4", "-n", str(MILLION))
    done = firstline(*asked, "--dry-run", "--workers", "2")
    assert done.code == 0
    said = "2 points and 2 policies, 1,000,000 replications each: 4,000,000 simulations"
    assert said in done.data
    assert not Path("runs").exists()


def made_up(values: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A study of one factor with these values of the service level, shape (levels, runs)."""
    levels, count = values.shape
    scenario = override(SCENARIO, {"relevance.share": 0.05}).scenario
    heads = Factor("groups.front_line.heads", tuple(range(1, levels + 1)))
    found = run_study(
        scenario, [heads], policies=["today"], replications=count, workers=1, engine=CANNED
    )
    asked: list[int] = []

    def given(_: Study, place: tuple[str, int], measure: str) -> np.ndarray:
        asked.append(place[1])
        return values[place[1]] if measure == "service_level" else np.full(count, np.nan)

    monkeypatch.setattr(studies.Study, "values", given)
    found.__dict__["asked"] = asked
    return found


def test_a_turning_point_is_where_no_later_level_is_better_pair_by_pair(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    random = np.random.default_rng(5)
    for _ in range(5):
        means = np.sort(random.uniform(0.5, 0.9, 8)) + random.normal(0.0, 0.03, 8)
        values = means[:, None] + random.normal(0.0, 0.05, (8, 4))
        study = made_up(values, monkeypatch)
        found = turning_of(study, "today", "service_level")
        assert found is not None

        def beats(later: int, here: int, values: np.ndarray = values) -> bool:
            moved = estimate(values[later] - values[here], 1.0 - 0.05 / 7)
            return moved.mean - moved.half_width > 0.05

        assert found.best == int(values.mean(axis=1).argmax())
        assert found.alike == tuple(
            at for at in range(8) if at == found.best or not beats(found.best, at)
        )
        assert found.enough == next(
            at for at in range(8) if not any(beats(later, at) for later in range(at + 1, 8))
        )
        monkeypatch.undo()


def test_a_long_sweep_looks_at_each_level_a_few_times_and_not_at_every_pair(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    levels = 60
    values = np.linspace(0.3, 0.9, levels)[:, None] + np.zeros((levels, 3))
    study = made_up(values, monkeypatch)
    calls: list[int] = []

    def counted(rows: np.ndarray, confidence: float) -> np.ndarray:
        calls.append(len(rows))
        return lowest_of(rows, confidence)

    monkeypatch.setattr(turning, "lowest_of", counted)
    found = turning_of(study, "today", "service_level")
    assert found is not None
    assert found.enough == 55, "0.9 is four steps of 0.0102 away, no more than 0.05"
    assert len(study.__dict__["asked"]) <= 3 * levels
    assert len(calls) <= 2 * levels


def test_lower_ends_of_many_rows_are_those_of_each() -> None:
    random = np.random.default_rng(3)
    rows = random.normal(size=(20, 6))
    rows[random.random(rows.shape) < 0.3] = np.nan
    rows[0], rows[1, 1:] = np.nan, np.nan
    found = lowest_of(rows, 0.9)
    for row, lowest in zip(rows, found, strict=True):
        one = estimate(row, 0.9)
        assert lowest == pytest.approx(one.low, nan_ok=True)
