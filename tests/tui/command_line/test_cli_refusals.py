import tempfile
from pathlib import Path

import pytest

from tests.support.command_line import CROWDED, QUICK, firstline, shop
from tui.terminal.exits import ExitCode
from tui.terminal.refusals import fault


@pytest.fixture(autouse=True)
def _with_a_shop(tmp_path: Path) -> None:
    shop(tmp_path)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--policies", "empowerd"), "no policy 'empowerd'. Did you mean 'empowered'?"),
        (("--policies", ","), "names no policy"),
        (("--measures", "asaa"), "no measure 'asaa'. Did you mean 'asa'?"),
        (("--measures", "service_cost", "--by", "reason"), "service_cost does not exist by reason"),
        (("-n", "-3"), "-3 is too few: give 1 or more."),
        (("-n", "0"), "0 is too few: give 1 or more."),
        (("-n", "1e3"), "'-n': must be a whole number."),
        (("--uncertain", "1"), "must be at least 2."),
        (("--days", "0"), "0 is too few"),
        (("--workers", "-1"), "-1 is too few"),
        (("--seed", "-1"), "-1 is not a valid seed"),
        (("--precision", "asa"), "'asa' has no margin"),
        (("--precision", "asa=soon"), "'soon' is not a number"),
        (("--precision", "asx=1"), "no measure 'asx'"),
        (("--precision", "asa=-1"), "must be above 0"),
        (("--precision", "difference.asx"), "no measure 'asx'"),
        (("--precision", "difference.asa=soon"), "'soon' is not a number"),
        (("--precision", "difference.asa", "--policies", "ask"), "differs from nothing"),
        (("--precision", "asa=1", "-n", "3"), "either --replications or --precision"),
        (("--set", "nonsense"), "is not a change; write one as key=value"),
        (("--set", "groups.frnt_line.heads=3"), 'Did you mean "front_line"?'),
        (("--set", "groups.front_line.heads=many"), "must be a whole number of at least 0"),
        (("--set", "groups.supervisors.authority=boss"), "boss"),
        (("--resume", "x", "--no-save"), "needs a run folder"),
        (("--format", "yaml"), "'--format' / '-f': 'yaml' is not one of"),
        (("--replicatons", "3"), "--replications"),
    ],
)
def test_a_wrong_command_line_is_refused_with_the_way_out(
    asked: tuple[str, ...], said: str
) -> None:
    done = firstline("compare", "shop.toml", *asked)
    assert done.code == ExitCode.USAGE
    assert said in " ".join(done.words.split())
    assert done.data == ""
    assert not Path("runs").exists(), "nothing was begun"


@pytest.mark.parametrize("command", ["compare", "run", "check"])
def test_a_scenario_that_does_not_exist_is_refused_with_the_nearest(command: str) -> None:
    done = firstline(command, "retail-complaint")
    assert done.code == ExitCode.BAD_SCENARIO
    assert 'Did you mean "retail-complaints"?' in done.words + done.data


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[groups.front\nheads = 3", "broken.toml:1"),
        ("", "reasons"),
        ("title = 3", "title = 3"),
    ],
)
def test_a_broken_file_is_refused_with_the_place(text: str, said: str) -> None:
    Path("broken.toml").write_text(text, encoding="utf-8")
    done = firstline("compare", "broken.toml")
    assert done.code == ExitCode.BAD_SCENARIO
    assert said in done.words


def test_a_folder_that_cannot_be_written_is_refused() -> None:
    Path("file").touch()
    done = firstline("compare", "shop.toml", "-n", "1", *QUICK, "--output", "file")
    assert done.code == ExitCode.FAILED
    assert "cannot be stored in file" in done.words


def test_traces_without_a_run_folder_are_refused() -> None:
    done = firstline("run", "shop.toml", "--traces", "--no-save")
    assert done.code == ExitCode.USAGE
    assert "--traces" in done.words


def test_an_unknown_policy_is_refused_by_run_as_well() -> None:
    done = firstline("run", "shop.toml", "--policy", "boss")
    assert done.code == ExitCode.USAGE
    assert "Known are: ask, empowered." in " ".join(done.words.split())


def test_a_copy_of_an_unknown_scenario_is_refused() -> None:
    done = firstline("scenarios", "copy", "txtbook")
    assert done.code == ExitCode.BAD_SCENARIO
    assert 'Did you mean "textbook"?' in done.words


def test_doubts_are_said_beside_the_answer_and_do_not_spoil_the_data(tmp_path: Path) -> None:
    shop(tmp_path, text=CROWDED)
    done = firstline("compare", "shop.toml", "-n", "1", *QUICK, "--no-save", "-f", "json")
    assert done.code == ExitCode.OK
    assert done.words.startswith("Warning: ")
    assert done.json["replications"] == 1


def test_without_a_command_and_without_a_terminal_it_says_what_to_do() -> None:
    done = firstline()
    assert done.code == ExitCode.USAGE
    assert done.data == ""
    assert "firstline --help" in done.words


def test_a_fault_of_the_program_is_told_in_words_and_kept_for_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert fault(ZeroDivisionError("nobody on duty")) == ExitCode.FAILED
    words = capsys.readouterr().err
    assert "an error in firstline, not in your scenario" in words
    assert "Traceback" not in words
    (report,) = tmp_path.glob("firstline-*.txt")
    assert str(report) in words
    assert "ZeroDivisionError: nobody on duty" in report.read_text(encoding="utf-8")
