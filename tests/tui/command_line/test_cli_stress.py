"""firstline stress: where each policy breaks first."""

import csv
import io
import json
from pathlib import Path

import pytest

from results.experiments import experiment
from tests.support.command_line import QUICK, firstline, shop

EXPECTING = '[expect.quick]\nmeasure = "asa"\nat_most = 20\npolicy = "all"\n'
ONE = ("--policies", "empowered")
ASKED = ("-n", "2", "--workers", "1")


def test_the_answer_has_a_table_a_sentence_for_each_policy_and_a_picture(tmp_path: Path) -> None:
    done = firstline("stress", shop(tmp_path, EXPECTING), *ASKED)
    assert done.code == 0
    assert "2 policies, without stress and under 5 stresses: 24 simulations, about " in done.words
    told = " ".join(done.data.split())
    assert "Service level within 20 s, at least 80.0 %" in told
    assert "quick: Average speed of answer, at most 20" in told
    assert "• Ask: " in told
    assert "• Decide alone: " in told
    assert "Outage hour: Three times the customers for an hour from 09:00 on day 1" in told
    assert max(map(len, done.data.split("\nRun ")[0].splitlines())) <= 80
    (folder,) = Path("runs").iterdir()
    assert folder.name.endswith("-shop-stress")
    for kind in ("png", "svg"):
        assert (folder / "charts" / f"where-policies-break.{kind}").is_file()
    assert "where-policies-break.png" in done.data


def test_the_folder_is_a_run_like_any_other(tmp_path: Path) -> None:
    assert firstline("stress", shop(tmp_path), *QUICK, *ONE, "-n", "2", "-o", "kept").code == 0
    listed = firstline("runs", "list", "--output", "kept", "-f", "json").json["rows"]
    assert [(run["policies"], run["replications"]) for run in listed] == [(6, 2)]
    shown = firstline("runs", "show", listed[0]["folder"], "--measures", "asa", "-f", "json").json
    assert len(json.dumps(shown)) > 0
    assert not Path("runs").exists()


def test_rows_for_programs_have_every_policy_stress_and_bound(tmp_path: Path) -> None:
    done = firstline("stress", shop(tmp_path, EXPECTING), *ASKED, "--no-save", "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(done.data)))
    assert len(rows) == 2 * 6 * 4, "target, expectation and two measures compared"
    assert {row["policy"] for row in rows} == {"ask", "empowered"}
    assert {row["stress"] for row in rows} == {
        *("none", "volume", "two-absent", "handling-time", "outage-hour", "approver-ill")
    }
    targets = [row for row in rows if row["expectation"] == "targets.service_level"]
    assert {row["at_least"] for row in targets} == {"0.8"}
    assert {row["outcome"] for row in targets} <= {"holds", "does_not_hold", "not_known"}
    unstressed = [row for row in targets if row["stress"] == "none"]
    assert {row["change"] for row in unstressed} == {""}


def test_the_answer_in_json_names_stresses_sentences_and_pictures(tmp_path: Path) -> None:
    found = firstline("stress", shop(tmp_path), *ASKED, *ONE, "-f", "json").json
    assert [one["name"] for one in found["stresses"] if not one["left_out"]] == [
        *("volume", "two-absent", "handling-time", "outage-hour", "approver-ill")
    ]
    assert set(found["sentences"]) == {"empowered"}
    assert len(found["charts"]) == 2
    assert found["complete"] is True


def test_a_stress_without_a_place_is_left_out_and_said(tmp_path: Path) -> None:
    done = firstline(
        *("stress", shop(tmp_path), *QUICK, "-n", "2", "--no-save"),
        *("--policies", "empowered", "--set", "groups.front_line.heads=2"),
    )
    assert "Two absent: left out." in " ".join(done.data.split())
    assert "1 policy, without stress and under 4 stresses: 10 simulations" in done.words


def test_an_interrupted_stress_test_tells_what_is_done_and_resumes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = experiment.Watch.count
    told: list[int] = []

    def interrupted(self: experiment.Watch, *given: object, **more: object) -> None:
        count(self, *given, **more)  # type: ignore[arg-type]
        told.append(1)
        if len(told) == 15:  # one to learn the pace, two rounds of six, and some of the third
            raise KeyboardInterrupt

    centre = shop(tmp_path)
    monkeypatch.setattr(experiment.Watch, "count", interrupted)
    done = firstline("stress", centre, "-n", "3", *ONE, *QUICK)
    assert done.code == 130
    assert "of 3 planned, interrupted" in " ".join(done.data.split())
    assert "of 18 simulations planned 14 are finished; 2 of 3 replications are whole" in done.words
    (folder,) = Path("runs").iterdir()
    assert folder.suffix == ".unfinished"
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    resumed = firstline("stress", centre, *ONE, *QUICK, "--resume", folder, "-f", "csv")
    assert resumed.code == 0
    whole = firstline("stress", centre, "-n", "3", *ONE, *QUICK, "--no-save", "-f", "csv")
    assert resumed.data == whole.data


def test_what_cannot_be_asked_is_refused(tmp_path: Path) -> None:
    assert firstline("stress", shop(tmp_path), "--policies", "empower").code == 2
    assert firstline("stress", "no-such-file.toml").code == 3
