"""firstline compare --why POLICY and runs show --why POLICY."""

import csv
import io
from pathlib import Path

import pytest

import firstline as door
from results.errors import ExperimentError
from results.experiments.experiment import Experiment, run
from results.runs.finished_replications import KEPT
from results.runs.query import query_runs
from results.runs.store import UNFINISHED, open_run
from results.why.accounting import accounting
from scenarios import load
from tests.support.command_line import QUICK, firstline, shop

SENTENCE = "Decide alone: "


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The shop's file, and a run of it in which somebody asked why."""
    root = tmp_path_factory.mktemp("why")
    centre = shop(root)
    done = firstline(
        "compare",
        centre,
        "-n",
        "4",
        *QUICK,
        "--why",
        "empowered",
        "-o",
        root / "runs",
        "-f",
        "json",
    )
    assert done.code == 0, done.words
    return centre, Path(done.json["folder"])


def test_a_person_reads_a_table_that_fits_80_columns_and_a_sentence(
    asked: tuple[Path, Path], tmp_path: Path
) -> None:
    centre, _ = asked
    done = firstline(
        "compare", centre, "-n", "4", *QUICK, "--why", "empowered", "-o", tmp_path / "runs"
    )
    assert done.code == 0, done.words
    said = done.data.partition("Why Decide alone differs from Ask")[2]
    for heading in ("Hours a day: agents", "Hours a day: supervisors, experts", "Contacts a day"):
        assert heading in said
    assert "Hold for approvals" in said
    assert "• Decide alone: " in said
    table = said.partition("Differences from")[0]
    assert max(map(len, table.splitlines())) <= 80
    assert "In all" in table


def test_a_program_reads_the_parts_in_json_and_csv_and_the_folder_has_them_for_a_table_program(
    asked: tuple[Path, Path],
) -> None:
    _, folder = asked
    shown = firstline("runs", "show", folder, "--why", "empowered", "-f", "json").json["why"]
    assert (shown["policy"], shown["against"]) == ("empowered", "ask")
    assert shown["sentence"].startswith(SENTENCE)
    told = firstline("runs", "show", folder, "--why", "empowered", "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(told.data)))
    assert [row["part"] for row in rows] == [row["part"] for row in shown["accounting"]]
    assert (folder / "why.csv").read_text(encoding="utf-8") == told.data
    sql = "select part from accounting where policy = 'empowered' and account = 'contacts'"
    parts = [row[0] for row in query_runs(folder.parent, sql).rows]
    assert parts == [row["part"] for row in rows if row["account"] == "contacts"]
    sql = "select sum(amount) from accounts where account = 'contacts' and policy = 'ask'"
    ((contacts,),) = query_runs(folder.parent, sql).rows
    tried = "select sum(value) from measures where measure = 'tried' and dimension = 'all'"
    ((all_tried,),) = query_runs(folder.parent, f"{tried} and policy = 'ask'").rows
    assert contacts == all_tried, "the shop promises nothing: all contacts are the customers'"


def test_a_stored_run_answers_as_when_it_was_run(asked: tuple[Path, Path]) -> None:
    centre, folder = asked
    again = open_run(folder).experiment
    fresh = door.run(load(centre), replications=4, workers=1)
    assert repr(accounting(again, "empowered")) == repr(door.why(fresh, "empowered"))
    assert door.why(fresh, "ask", against="empowered").baseline == "empowered"


def test_a_run_that_is_resumed_explains_all_its_replications(tmp_path: Path) -> None:
    centre, folder = shop(tmp_path), tmp_path / f"half{UNFINISHED}"
    door_run = {"workers": 1, "seed": 1}
    whole: Experiment = door.run(load(centre), replications=3, **door_run)
    begun = firstline("compare", centre, "-n", "1", *QUICK, "-o", tmp_path / "runs", "-f", "json")
    Path(begun.json["folder"]).rename(folder)
    manifest = folder / "manifest.json"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('"complete": true', '"complete": false'), encoding="utf-8")
    run(load(centre), replications=2, folder=folder, **door_run)
    assert len(list((folder / KEPT).glob("*/*.summary"))) == 4
    resumed = ("--resume", folder, "--why", "empowered", "-f", "json")
    done = firstline("compare", centre, "-n", "3", *QUICK, *resumed)
    assert done.code == 0, done.words
    found = {row["part"]: row["difference"] for row in done.json["why"]["accounting"]}
    for account in accounting(whole, "empowered").accounts:
        for line in account.lines:
            if line.part in found and account.name == "contacts":
                assert found[line.part] == line.difference.estimate.mean


def test_a_run_stored_before_there_were_accounts_says_so_in_plain_words(
    asked: tuple[Path, Path], tmp_path: Path
) -> None:
    centre, _ = asked
    made = firstline("compare", centre, "-n", "1", *QUICK, "-o", tmp_path, "-f", "json").json
    folder = Path(made["folder"])
    (folder / "accounts.parquet").unlink()
    shown = firstline("runs", "show", folder)
    assert (shown.code, shown.words) == (0, ""), "nothing of it is damaged"
    done = firstline("runs", "show", folder, "--why", "empowered")
    assert done.code == 1
    assert "This run keeps no accounts of hours and contacts" in done.words
    assert "Run it again" in done.words
    asked_for = query_runs(tmp_path, "select count(*) from accounts")
    assert "accounts.parquet is missing from its run" in asked_for.notes[0]
    assert query_runs(tmp_path, "select run from runs").notes == ()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--why", "empwered"), "There is no policy 'empwered'. Did you mean 'empowered'?"),
        (("--why", "ask"), "'ask' is what the others are compared with"),
        (
            ("--why", "empowered", "--against", "empowered"),
            "'empowered' is what the others are compared with",
        ),
        (("--why", "empowered", "--policies", "ask"), "There is no policy 'empowered'"),
    ],
)
def test_a_policy_without_a_difference_is_refused_before_anything_is_run(
    tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    root = tmp_path / "runs"
    done = firstline("compare", shop(tmp_path), "-n", "1", *QUICK, *arguments, "-o", root)
    assert done.code == 2
    assert "--why" in done.words
    assert words in " ".join(done.words.split())
    assert not root.exists()


def test_set_against_another_policy_the_difference_has_the_other_sign(
    asked: tuple[Path, Path], tmp_path: Path
) -> None:
    centre, folder = asked
    turned = ("--against", "empowered", "--why", "ask", "-o", tmp_path, "-f", "json")
    done = firstline("compare", centre, "-n", "4", *QUICK, *turned).json["why"]
    told = firstline("runs", "show", folder, "--why", "empowered", "-f", "json").json["why"]
    assert (done["policy"], done["against"]) == ("ask", "empowered")
    there = {(row["account"], row["part"]): row["difference"] for row in told["accounting"]}
    for row in done["accounting"]:
        assert row["difference"] == pytest.approx(-there[row["account"], row["part"]])


def test_a_script_reports_with_the_picture_of_a_policy_or_is_refused(tmp_path: Path) -> None:
    experiment = door.run(load(shop(tmp_path)), replications=2, workers=1)
    with pytest.raises(ExperimentError, match="Did you mean 'empowered'"):
        door.report(experiment, tmp_path / "answer", why="empowred")
    assert not (tmp_path / "answer").exists()
    files = door.report(experiment, tmp_path / "answer", why="empowered")
    assert "why-the-policy-differs" in {path.stem for path in files.charts}
    assert files.missing == ()
    assert files.report is not None
    assert "Why the policies differ" in files.report.read_text(encoding="utf-8")
