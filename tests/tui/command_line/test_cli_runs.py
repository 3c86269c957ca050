from pathlib import Path

import pytest

from tests.support.command_line import QUICK, firstline, shop


@pytest.fixture
def past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a finished run of the shop."""
    monkeypatch.chdir(tmp_path)
    return Path(
        firstline("compare", shop(tmp_path), "-n", "3", *QUICK, "-f", "json").json["folder"]
    )


def test_past_runs_are_listed_with_what_was_asked(past: Path) -> None:
    lines = firstline("runs", "list").data.splitlines()
    assert lines[0] == str(past)
    assert lines[1].strip() == "2 policies, 3 replications, seed 1"
    (run,) = firstline("runs", "list", "-f", "json").json["rows"]
    assert (run["folder"], run["complete"]) == (str(past), True)


def test_no_run_yet_is_said_in_words(tmp_path: Path) -> None:
    done = firstline("runs", "list", "-o", tmp_path)
    assert done.code == 0
    assert done.data == ""
    assert "No run in" in done.words


def test_a_past_run_is_compared_again_with_the_same_answer(past: Path, tmp_path: Path) -> None:
    fresh = firstline("compare", shop(tmp_path), "-n", "3", *QUICK, "--no-save", "-f", "json").json
    again = firstline("runs", "show", past, "-f", "json").json
    assert again["results"] == fresh["results"]
    assert again["verdicts"] == fresh["verdicts"]
    assert again["folder"] == str(past)


def test_a_past_run_is_shown_by_its_name_alone(past: Path) -> None:
    assert firstline("runs", "show", past.name).data == firstline("runs", "show", past).data


def test_without_a_name_the_newest_run_is_shown(past: Path, tmp_path: Path) -> None:
    newer = firstline("compare", shop(tmp_path), "-n", "2", *QUICK, "-f", "json").json["folder"]
    assert firstline("runs", "show", "-f", "json").json["folder"] == newer
    assert newer != str(past)


def test_without_any_run_there_is_none_to_show(tmp_path: Path) -> None:
    done = firstline("runs", "show", "-o", tmp_path)
    assert done.code == 1
    assert "No finished run" in done.words


def test_a_past_run_is_broken_down_in_another_way(past: Path) -> None:
    data = firstline("runs", "show", past, "--by", "group", "--measures", "occupancy").data
    assert "Front line" in data
    assert "Supervisors" in data


def test_all_runs_are_asked_at_once(past: Path) -> None:
    sql = "select run, policy, count(*) as replications from measures where measure = 'asa' "
    sql += "and dimension = 'all' group by all order by policy"
    assert firstline("runs", "query", sql, "-f", "json").json["rows"] == [
        {"run": past.name, "policy": "ask", "replications": 3},
        {"run": past.name, "policy": "empowered", "replications": 3},
    ]
    assert "empowered" in firstline("runs", "query", sql).data


def test_a_question_that_cannot_be_answered_is_refused_in_words(past: Path) -> None:
    done = firstline("runs", "query", "select * from nowhere", "-o", past.parent)
    assert done.code == 1
    assert "nowhere does not exist" in done.words


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    done = firstline("runs", "show", tmp_path)
    assert done.code == 1
    assert "is not a run" in done.words


def test_a_finished_run_is_not_resumed(past: Path) -> None:
    done = firstline("compare", "shop.toml", "--resume", past)
    assert done.code == 2
    assert "is finished; firstline runs show" in " ".join(done.words.split())


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (("shop.toml", "--set", "groups.front_line.heads=5"), "another scenario"),
        (("shop.toml", "--seed", "7"), "seed 1 instead of 7"),
        (("textbook",), "another scenario"),
    ],
)
def test_a_run_is_not_resumed_as_another_experiment(
    past: Path, other: tuple[str, ...], said: str
) -> None:
    unfinished = past.rename(f"{past}.unfinished")
    done = firstline("compare", *other, *QUICK, "--resume", unfinished)
    assert done.code == 1
    assert said in done.words
    assert (unfinished / "manifest.json").is_file(), "nothing is lost"


def test_a_resumed_run_goes_on_with_what_it_was_asked_for(past: Path) -> None:
    unfinished = past.rename(f"{past}.unfinished")
    done = firstline("compare", "shop.toml", *QUICK, "--resume", unfinished, "-f", "json")
    assert done.json["replications"] == 3
    assert done.json["folder"] == str(past)


def test_an_earlier_unfinished_run_is_mentioned(past: Path) -> None:
    unfinished = past.rename(f"{past}.unfinished")
    done = firstline("compare", "shop.toml", "-n", "1", *QUICK)
    assert done.code == 0
    assert f"--resume {unfinished} continues it" in done.words
