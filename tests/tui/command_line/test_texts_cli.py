"""What a command prints of a file is what stands in it, and it is printed before it is drawn."""

import csv
import io
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.cells import cell_len

from results.charts.catalogue import CHARTS
from results.charts.view import View
from results.errors import ExperimentError
from results.reading.names import in_a_sentence
from results.runs import store
from results.runs.finished_replications import ReplicationStore
from tests.support import hostile_names
from tests.support.command_line import QUICK, SHOP, Answer, firstline, shop

SHORT = tuple(name for name in hostile_names.NAMES if len(name) < 40 and "," not in name)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("nasty")


@pytest.fixture(scope="module")
def file(folder: Path) -> Path:
    path = folder / "[b]we$ird.toml"
    path.write_text(hostile_names.scenario(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def compared(file: Path) -> Answer:
    """Compared without charts and kept."""
    return firstline("compare", file, "-n", "2", *QUICK, "-o", file.parent / "runs")


def test_the_table_and_the_sentences_name_policies_as_they_are_called(compared: Answer) -> None:
    assert compared.code == 0, compared.words
    letters = re.sub(r"\s", "", compared.data)
    for name in hostile_names.NAMES:
        said = in_a_sentence(name)
        assert f"•{said}:".replace(" ", "") in letters
    assert hostile_names.TITLE in compared.data


def test_a_line_of_wide_letters_is_no_wider_than_the_screen(compared: Answer) -> None:
    wide = [line for line in compared.data.splitlines() if "政策" in line]
    assert len(wide) == 2, "the head of a table and a sentence"
    assert all(cell_len(line) <= 80 for line in wide)


class Heard(HTMLParser):
    """The texts of a page as a browser shows them, and the elements in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - as its base
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_report_shows_names_as_they_are_and_takes_no_tag_from_them(
    compared: Answer, file: Path
) -> None:
    assert compared.code == 0
    (report,) = file.parent.glob("runs/*/report.html")
    heard = Heard(report.read_text(encoding="utf-8"))
    assert set(hostile_names.NAMES) <= set(heard.texts)
    assert not heard.tags & {"b", "i"}


def test_csv_cells_that_would_be_computed_are_text_and_numbers_are_numbers(file: Path) -> None:
    done = firstline("compare", file, "-n", "2", *QUICK, "--no-save", "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(done.data)))
    assert {row["policy"] for row in rows} == {
        "_base $1",
        *(f"'{name}" if name[0] in "=@-" else name for name in hostile_names.NAMES),
    }
    less = [row["low"] for row in rows if row["low"] and float(row["low"]) < 0.0]
    assert less, "numbers below zero begin with their sign"


def test_a_number_in_a_text_stays_a_number(tmp_path: Path) -> None:
    path = shop(tmp_path, text=SHOP.replace("heads = 4", "heads = -4"))
    (row,) = csv.DictReader(io.StringIO(firstline("check", path, "-f", "csv").data))
    assert row["value"] == "-4"


def test_check_says_what_a_policy_changes_whatever_it_is_called(file: Path) -> None:
    found = firstline("check", file)
    assert found.code == 0
    letters = re.sub(r"\s", "", found.data)
    assert all(name.replace(" ", "") in letters for name in hostile_names.NAMES)


def test_what_is_wrong_with_a_file_is_told_without_orders_to_the_terminal(tmp_path: Path) -> None:
    path = shop(tmp_path, f"[policies.{chr(34)}a\\u001b]0;owned\\u0007{chr(34)}]\n")
    for command in (("check", path), ("compare", path, *QUICK), ("check", path, "-f", "csv")):
        done = firstline(*command)
        assert done.code == 3
        assert r"\u001b]0;owned\u0007" in done.data + done.words
        assert "\x07" not in done.data + done.words


def test_a_wrong_option_is_told_without_orders_to_the_terminal(tmp_path: Path) -> None:
    done = firstline("compare", shop(tmp_path), "--policies", hostile_names.CONTROL)
    assert done.code == 2
    assert "\x07" not in done.words
    done = firstline("compare", f"{hostile_names.CONTROL}.toml")
    assert done.code == 3
    assert "\x07" not in done.words


def test_a_past_run_whose_manifest_holds_orders_to_the_terminal_is_listed(tmp_path: Path) -> None:
    firstline("compare", shop(tmp_path), "-n", "1", *QUICK, "-o", tmp_path / "runs")
    (manifest,) = tmp_path.glob("runs/*/manifest.json")
    text = manifest.read_text(encoding="utf-8")
    text = re.sub(r'"command": ".*"', r'"command": "\\u001b]0;owned\\u0007"', text)
    manifest.write_text(text, encoding="utf-8")
    done = firstline("runs", "list", "-o", tmp_path / "runs")
    assert r"\u001b]0;owned" in done.data
    assert "\x07" not in done.data


@pytest.mark.parametrize("name", ["..", ".", "a/b", "退" * 60, "x" * 300])
def test_what_is_kept_of_a_policy_stays_in_its_run_folder(name: str, tmp_path: Path) -> None:
    text = hostile_names.scenario((name, "退" * 59))
    path = tmp_path / "shop.toml"
    path.write_text(text, encoding="utf-8")
    asked = ("-n", "1", *QUICK, "--traces", "--policy", name, "-o", tmp_path / "runs")
    done = firstline("run", path, *asked)
    assert done.code == 0, done.words
    (run,) = (tmp_path / "runs").iterdir()
    assert len(list(run.glob("traces/cases/*.parquet"))) == 1
    assert not list(run.glob("[0-9]*")), "nothing besides what belongs there"


def test_two_long_names_that_begin_alike_are_kept_apart(tmp_path: Path) -> None:
    store = ReplicationStore(tmp_path, *_any_origin(), traces=False)
    places = {store._place(name, 0) for name in ("退" * 60, "退" * 61, ".", "..", "x" * 300)}
    assert len(places) == 5


def _any_origin() -> tuple[object, int]:
    from tests.support.scenario_texts import smallest

    return smallest(), 1


# --- Nothing waits for a picture ------------------------------------------------------------


@pytest.fixture
def spoilt(monkeypatch: pytest.MonkeyPatch) -> Callable[[type[BaseException]], None]:
    """Two charts, of which the second cannot be drawn."""

    def spoil(kind: type[BaseException]) -> None:
        def draw(_: View) -> None:
            raise kind("there is no ink")

        kept = {"how-cases-end": CHARTS["how-cases-end"], "cost": draw}
        monkeypatch.setattr("results.charts.drawing.CHARTS", kept)

    return spoil


@pytest.mark.parametrize("command", ["compare", "run"])
def test_a_picture_that_fails_costs_neither_the_answer_nor_the_others(
    command: str, tmp_path: Path, spoilt: Callable[[type[BaseException]], None]
) -> None:
    spoilt(ValueError)
    done = firstline(command, shop(tmp_path), "-n", "2", "--workers", "1", "-o", tmp_path / "runs")
    assert done.code == 0
    assert "Service level" in done.data
    assert 'The chart "What a day costs" (cost) could not be made' in done.words
    assert "there is no ink" in done.words
    (run,) = (tmp_path / "runs").iterdir()
    assert run.suffix != store.UNFINISHED
    assert (run / "report.html").is_file()
    assert [one.name for one in (run / "charts").glob("*.png")] == ["how-cases-end.png"]


def test_programs_read_which_picture_is_missing(
    tmp_path: Path, spoilt: Callable[[type[BaseException]], None]
) -> None:
    spoilt(OSError)
    done = firstline(
        *("compare", shop(tmp_path), "-n", "2", "--workers", "1", "-o", tmp_path / "runs"),
        *("--format", "json"),
    )
    (missing,) = done.json["missing"]
    assert missing.startswith('The chart "What a day costs" (cost) could not be')
    assert len(done.json["charts"]) == 2


@pytest.mark.parametrize("format_", ["table", "csv", "json"])
def test_the_answer_is_there_when_the_drawing_is_interrupted(
    format_: str, tmp_path: Path, spoilt: Callable[[type[BaseException]], None]
) -> None:
    spoilt(KeyboardInterrupt)
    asked = ("-n", "2", "--workers", "1", "-o", tmp_path / "runs", "-f", format_)
    done = firstline("compare", shop(tmp_path), *asked)
    assert done.code == 130
    assert "mpowered" in done.data
    assert "--resume" in done.words
    (run,) = (tmp_path / "runs").iterdir()
    assert store.open_run(run).experiment.complete, "its tables were stored before"
    assert "unfinished" in firstline("runs", "list", "-o", tmp_path / "runs").data


def test_a_report_that_fails_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_report(*_: object) -> None:
        raise ExperimentError("The report cannot be written to there: no room.")

    monkeypatch.setattr("tui.terminal.drawing.write_report", no_report)
    done = firstline("compare", shop(tmp_path), "-n", "2", *QUICK, "-o", tmp_path / "runs")
    assert done.code == 0
    assert "no room" in done.words
    assert "Service level" in done.data
    assert [one.suffix for one in (tmp_path / "runs").iterdir()] != [store.UNFINISHED]


def test_an_answer_that_cannot_be_stored_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object, **__: object) -> None:
        raise ExperimentError("The run cannot be stored: no room.")

    monkeypatch.setattr("results.runs.store.write_tables", no_room)
    done = firstline("compare", shop(tmp_path), "-n", "2", *QUICK, "-o", tmp_path / "runs")
    assert done.code == 1
    assert "no room" in done.words
    assert "Service level" in done.data


def test_a_reader_that_has_seen_enough_costs_nobody_the_run(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from tui.cli import main; main()", "compare"]
    command += [str(shop(tmp_path)), "-n", "1", *QUICK, "-o", str(tmp_path / "runs")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode()
    assert "Traceback" not in said
    (run,) = (tmp_path / "runs").iterdir()
    assert run.suffix != store.UNFINISHED
    assert (run / "report.html").is_file()
