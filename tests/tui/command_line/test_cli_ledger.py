"""firstline predict and ledger: a decision, its prediction, and what came of it."""

import json
import shutil
from pathlib import Path

import pytest

from scenarios import Scenario, with_changes
from scenarios.save import dump
from tests.support.command_line import QUICK, Answer, firstline, shop
from tests.support.recorded import as_csv, recorded, small_centre
from tui.terminal.exits import ExitCode

MORE = """
[policies.five]
title = "Five agents"
changes = { "groups.agents.heads" = 5 }

[uncertain."reasons.service.handling.voice.talk_s.mean"]
low = 285
high = 315
source = "412 calls"
"""
DAYS = 3
FIRST, LAST = "2026-01-05", "2026-01-07"
RUN = "2026-01-02-090000-centre"
TODAY = "results.ledger.prediction.today"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run on which the decision rests, and what was predicted before its days came."""
    place = tmp_path_factory.mktemp("decision")
    centre = place / "centre.toml"
    text = 'title = "Small centre"\n' + dump(small_centre(DAYS)) + MORE
    centre.write_text(text, encoding="utf-8")
    asked = ("-n", "1", *QUICK, "--days", "1", "-o", place / "runs", "-f", "json")
    made = firstline("compare", centre, *asked)
    Path(made.json["folder"]).rename(place / "runs" / RUN)
    return place / "runs"


@pytest.fixture(scope="module")
def predicted(before: Path) -> tuple[Path, Answer]:
    """The same with a prediction of three days, and what was said of it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TODAY, lambda: "2026-01-02")
        root = before.with_name("predicted")
        shutil.copytree(before, root)
        done = predict("--until", LAST, "-n", "30", root=root)
    return root, done


@pytest.fixture(autouse=True)
def _before_the_days_came(
    monkeypatch: pytest.MonkeyPatch, predicted: tuple[Path, Answer], _in_a_folder_of_its_own: None
) -> None:
    monkeypatch.setattr(TODAY, lambda: "2026-01-02")
    shutil.copytree(predicted[0], "runs")


def decided(days: int = DAYS) -> Scenario:
    """The centre with the fifth agent, as it will really be."""
    return with_changes(small_centre(days), {"groups.agents.heads": 5})


def predict(*more: str | Path, root: Path | str = "runs") -> Answer:
    return firstline("predict", RUN, "--from", FIRST, "--workers", "1", "-o", root, *more)


def came(name: str, scenario: Scenario, seed: int = 7) -> str:
    """Records of what came, as an export with names of persons in it."""
    text = as_csv(recorded(scenario, seed)).replace(",A0", ",Jane Smith 0")
    Path(name).write_text(text, encoding="utf-8")
    return name


def said(answer: Answer) -> str:
    return " ".join(answer.data.split())


def test_what_is_predicted_is_kept_and_what_comes_lies_inside(
    predicted: tuple[Path, Answer],
) -> None:
    done = predicted[1]
    assert done.code == 0, done.words
    assert "Predicted: Small centre, Five agents: 2026-01-05 to 2026-01-07" in done.data
    assert "30 replications, 2 uncertain figures drawn in each" in said(done)
    (path,) = Path("runs/predictions").iterdir()
    assert path.name == f"{FIRST}-to-{LAST}-centre-five.toml"
    ledger = firstline("ledger", came("came.csv", decided()))
    assert ledger.code == 0
    assert "Records of 2026-01-05 to 2026-01-07." in ledger.words
    assert "Everything measured lay inside its 80 % band." in said(ledger)
    assert "Correct first" not in ledger.data
    assert "Of 5 bands of whole predictions 5 held: 100.0 %" in said(ledger)
    assert max(map(len, ledger.data.splitlines())) <= 80
    listed = firstline("ledger")
    assert "Of 5 bands of whole predictions 5 held" in said(listed), "it was kept"
    for one in Path("runs/predictions").iterdir():
        assert "Jane" not in one.read_text(encoding="utf-8"), "no person is named"


def test_a_world_with_a_third_more_calls_lies_outside_and_arrivals_are_named() -> None:
    more = with_changes(decided(), {"reasons.service.volume.factor": 1.3})
    ledger = firstline("ledger", came("moved.csv", more), "-f", "json").json
    (one,) = ledger["predictions"]
    assert one["correct"] == "calls"
    assert "how many customers come (reasons.*.volume)" in one["correction"]
    assert one["verdict"].startswith("Outside its 80 % band: abandoned, mean wait")
    assert ledger["stretches"]["inside"] < ledger["stretches"]["of"] == 5


def test_longer_calls_are_named_with_the_range_that_was_given_for_them() -> None:
    longer = with_changes(decided(), {"reasons.service.handling.voice.talk_s.mean": 400})
    (one,) = firstline("ledger", came("longer.csv", longer), "-f", "json").json["predictions"]
    assert one["correct"] == "talk"
    assert "talk_s.mean from 285 to 315" in one["correction"]


@pytest.mark.long
def test_who_hangs_up_sooner_is_named_and_so_is_who_is_not_there() -> None:
    sooner = with_changes(decided(), {"reasons.service.patience_s.voice.mean": 60})
    (one,) = firstline("ledger", came("sooner.csv", sooner), "-f", "json").json["predictions"]
    assert one["correct"] == "patience"
    fewer = with_changes(decided(), {"groups.agents.heads": 4})
    (one,) = firstline("ledger", came("fewer.csv", fewer), "-f", "json").json["predictions"]
    assert one["correct"] == "agents"


def test_days_come_one_file_after_the_other() -> None:
    first = firstline("ledger", came("monday.csv", decided(1)))
    assert "1 of its 3 days have come." in said(first)
    assert "bands of whole predictions" not in said(first)
    other = firstline("ledger", came("week.csv", decided()), "--no-save", "-f", "csv")
    assert f",{LAST}," not in other.data.split("\n")[0]
    assert other.data.count("2026-01-07-centre-five,2026-01-07,") == 5
    again = firstline("ledger")
    assert "1 of its 3 days have come." in said(again), "nothing was kept"


def test_one_day_can_be_predicted_and_a_policy_named() -> None:
    done = predict("-n", "20", "--policy", "baseline", "-f", "json")
    assert done.json["policy"] == "baseline"
    assert {row["date"] for row in done.json["results"]} == {"", FIRST}
    assert done.json["counts"]
    shown = predict("-n", "20", "-f", "csv")
    assert shown.data.startswith("date,measure,unit,mean,low,high\n")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--policy", "fife"), f"{RUN}: There is no policy 'fife'. Did you mean 'five'"),
        (("--until", "2026-01-01"), "before they begin"),
        (("--until", "2028-01-01"), "at most 366"),
    ],
)
def test_what_cannot_be_predicted_is_refused_with_the_reason(
    more: tuple[str, ...], words: str
) -> None:
    shutil.rmtree("runs/predictions")
    done = predict(*more)
    assert done.code == ExitCode.FAILED
    assert words in " ".join(done.words.split())
    assert not Path("runs/predictions").exists()


def test_a_date_that_is_none_and_a_run_that_is_none_are_refused() -> None:
    tomorrow = firstline("predict", RUN, "--from", "tomorrow")
    assert tomorrow.code == ExitCode.USAGE
    said = " ".join(tomorrow.words.split())
    assert "'tomorrow' is not a date: write it as in 2026-12-01." in said
    nothing = firstline("predict", "nothing", "--from", FIRST)
    assert nothing.code == ExitCode.FAILED
    assert "There is no run nothing. firstline runs list shows all of them." in nothing.words


def test_days_on_which_the_centre_is_closed_are_not_predicted(tmp_path: Path) -> None:
    weekend = ("--set", "opening.days.saturday=closed", "--set", "opening.days.sunday=closed")
    asked = ("-n", "1", *QUICK, "-f", "json", *weekend)
    folder = firstline("compare", shop(tmp_path), *asked).json["folder"]
    dates = ("--from", "2026-12-05", "--until", "2026-12-06")
    done = firstline("predict", folder, *dates, "--policy", "ask", "-n", "20", "--workers", "1")
    assert done.code == ExitCode.FAILED
    assert "Nobody calls from 2026-12-05 to 2026-12-06" in " ".join(done.words.split())
    assert not list(Path("runs/predictions").glob("2026-12-05*"))


def test_a_prediction_is_not_made_twice() -> None:
    again = predict("--until", LAST)
    assert again.code == ExitCode.FAILED
    assert "counts as it was first made" in " ".join(again.words.split())


def test_a_ledger_without_predictions_says_how_to_make_one() -> None:
    shutil.rmtree("runs/predictions")
    done = firstline("ledger")
    assert done.code == 0
    assert "Nothing is predicted in runs. firstline predict RUN --from DATE does it." in done.words
    assert json.loads(firstline("ledger", "-f", "json").data)["predictions"] == []


def test_records_of_other_days_and_of_tickets_are_told() -> None:
    text = as_csv(recorded(small_centre(1))).replace("2026-01-0", "2026-03-0")
    Path("march.csv").write_text(text, encoding="utf-8")
    done = firstline("ledger", "march.csv")
    assert "No prediction is about these days." in done.words
    tickets = "Ticket,Opened,Solved,Group,Status\n1,2026-01-05 09:00,2026-01-05 10:00,a,Solved\n"
    Path("tickets.csv").write_text(tickets, encoding="utf-8")
    done = firstline("ledger", "tickets.csv")
    assert done.code == ExitCode.FAILED
    assert "Give call records or interval reports" in " ".join(done.words.split())


def test_a_run_folder_list_does_not_take_predictions_for_runs() -> None:
    runs = firstline("runs", "list", "-f", "json").json
    assert [Path(one["folder"]).name for one in runs["rows"]] == [RUN]


def test_a_prediction_that_cannot_be_kept_is_refused_before_anything_is_simulated(
    before: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def simulated(*_: object, **__: object) -> None:
        pytest.fail("days were simulated for a prediction that cannot be kept")

    monkeypatch.setattr("results.ledger.prediction.counts_of", simulated)
    shutil.copytree(before, "full")
    Path("full", "predictions").write_text("no folder", encoding="utf-8")
    done = predict(root=Path("full"))
    assert done.code == 1
    assert "The prediction cannot be stored in full/predictions: Not a directory." in done.words
