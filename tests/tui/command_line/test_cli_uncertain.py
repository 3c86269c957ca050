"""firstline compare --uncertain: in how many centres that fit the figures a policy is better."""

import csv
import io
from pathlib import Path

import pytest

from results.experiments import experiment
from results.report.document import REPORT
from results.runs.query import query_runs
from results.runs.store import open_run
from tests.support.command_line import QUICK, firstline, shop
from tui.terminal.exits import ExitCode

RANGES = """
[uncertain."reasons.damaged.handling.voice.talk_s.mean"]
low = 240
high = 360
source = "412 calls"

[uncertain."groups.front_line.heads"]
low = 3
high = 6
"""
ASKED = ("-n", "2", *QUICK, "--uncertain", "3")


def test_the_answer_says_in_how_many_centres_a_policy_is_better(tmp_path: Path) -> None:
    done = firstline("compare", shop(tmp_path, RANGES), *ASKED, "--no-save")
    assert done.code == 0
    assert "3 centres that fit your figures: 12 simulations, about" in done.words
    said = " ".join(done.data.split())
    # Three of three, Wilson: from 1 / (1 + 1.96^2 / 3).
    assert (
        "better in 3 of 3 centres that fit your figures. Of all that fit these are 44 to 100 %"
        in (said)
    )
    assert "2 of [uncertain], 0 of the register of assumptions" in said
    assert max(map(len, done.data.splitlines())) <= 80


def test_the_answer_in_json_carries_the_centres_only_when_asked(tmp_path: Path) -> None:
    centre = shop(tmp_path, RANGES)
    found = firstline("compare", centre, *ASKED, "--no-save", "-f", "json").json["uncertain"]
    assert (found["centres"], found["asked"], found["complete"]) == (3, 3, True)
    assert set(found["sentences"]) == {"empowered"}
    assert found["figures"][0]["source"] == "412 calls"
    first = found["results"][0]
    assert first["better"] + first["worse"] <= first["centres"] == 3
    assert "uncertain" not in firstline("compare", centre, "-n", "2", *QUICK, "-f", "json").json


def test_rows_for_programs_are_those_of_the_centres(tmp_path: Path) -> None:
    done = firstline("compare", shop(tmp_path, RANGES), *ASKED, "--no-save", "-f", "csv")
    rows = {row["measure"]: row for row in csv.DictReader(io.StringIO(done.data))}
    assert rows["fcr_complaints"]["better"] == "3"
    assert float(rows["asa"]["within"]) > 0.0


def test_the_run_folder_keeps_the_centres_and_shows_them_again(tmp_path: Path) -> None:
    assert firstline("compare", shop(tmp_path, RANGES), *ASKED).code == 0
    (folder,) = Path("runs").iterdir()
    assert open_run(folder).manifest.complete
    assert not (folder / "centres").exists(), "what was kept to resume"
    drawn = query_runs(Path("runs"), "select centre, key, value, low, high from centres").rows
    assert len(drawn) == 3 * 2
    assert all(low <= value <= high for _, _, value, low, high in drawn)
    sentence = "better in 3 of 3 centres that fit your figures"
    assert sentence in " ".join(firstline("runs", "show").data.split())
    report = (folder / REPORT).read_text(encoding="utf-8")
    assert "<h2>In centres that fit your figures</h2>" in report
    assert sentence in report
    assert "Figures that are not known for sure" in report


def test_a_report_of_a_past_run_has_its_centres(tmp_path: Path) -> None:
    assert firstline("compare", shop(tmp_path, RANGES), *ASKED).code == 0
    (folder,) = Path("runs").iterdir()
    (folder / REPORT).unlink()
    assert firstline("report", folder).code == 0
    assert "In centres that fit your figures" in (folder / REPORT).read_text(encoding="utf-8")


def test_a_number_may_be_left_out(tmp_path: Path) -> None:
    # Refused only after the number is known: a centre in which nothing is uncertain.
    done = firstline("compare", shop(tmp_path), "--uncertain", "--no-save", *QUICK)
    assert done.code == ExitCode.USAGE
    assert "Nothing in this scenario is uncertain" in " ".join(done.words.split())


def test_a_scenario_in_which_nothing_is_uncertain_is_refused_before_anything_runs(
    tmp_path: Path,
) -> None:
    done = firstline("compare", shop(tmp_path), *ASKED)
    assert done.code == ExitCode.USAGE
    assert "Write a range for a figure that was estimated" in " ".join(done.words.split())
    assert not Path("runs").exists()


@pytest.mark.parametrize("count", ["1", "0", "many"])
def test_too_few_centres_are_refused(tmp_path: Path, count: str) -> None:
    done = firstline("compare", shop(tmp_path, RANGES), "--uncertain", count, "--no-save")
    assert done.code == ExitCode.USAGE


def test_one_policy_alone_is_refused(tmp_path: Path) -> None:
    done = firstline("compare", shop(tmp_path, RANGES), *ASKED, "--policies", "ask")
    assert done.code == ExitCode.USAGE


def test_interrupted_centres_continue_with_the_bits_of_whole_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("compare", shop(tmp_path, RANGES), *ASKED, "-f", "csv")
    whole = firstline(*asked, "--no-save")
    count, told = experiment.Watch.count, []

    def interrupted(self: experiment.Watch, *given: object, **more: object) -> None:
        count(self, *given, **more)  # type: ignore[arg-type]
        told.append(1)
        if len(told) == 4 + 9:  # the comparison, two centres, and some of the third
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(experiment.Watch, "count", interrupted)
        stopped = firstline(*asked)
    assert stopped.code == ExitCode.INTERRUPTED
    assert "2 of 3 centres are finished" in stopped.words
    assert "--resume" in stopped.words
    assert {row["centres"] for row in csv.DictReader(io.StringIO(stopped.data))} == {"2"}
    (folder,) = Path("runs").iterdir()
    resumed = firstline(*asked, "--resume", folder)
    assert resumed.code == 0
    assert resumed.data == whole.data
    (folder,) = Path("runs").iterdir()
    assert open_run(folder).manifest.complete
