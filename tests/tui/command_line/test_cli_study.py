"""firstline sweep, worth and study: on good input and bad."""

import csv
import io
import json
from pathlib import Path

import pytest

from results.experiments import experiment
from tests.support.command_line import QUICK, SHOP, firstline, shop
from tui.terminal.exits import ExitCode

HEADS = "groups.front_line.heads"


def test_a_sweep_says_where_more_brings_nothing_that_matters(tmp_path: Path) -> None:
    asked = ("-n", "2", "--workers", "1", "--policies", "ask", "--goal", "service_level>=0.5")
    done = firstline("sweep", shop(tmp_path), f"{HEADS}=2:4", *asked)
    assert done.code == 0
    assert "a.heads" not in done.data
    assert "front_line.heads" in done.data
    assert "Service level within 20 s: at least 50 %" in done.data
    assert max(map(len, done.data.splitlines()[:-3])) <= 80
    (folder,) = Path("runs").iterdir()
    assert "charts/sweep.png" in done.data, "where the picture is"
    for name in ("study.csv", "study.parquet", "charts/sweep.png", "charts/sweep.svg"):
        assert (folder / name).is_file()


def test_a_sweep_gives_programs_the_level_at_which_a_goal_is_reached(tmp_path: Path) -> None:
    asked = ("-n", "2", "--workers", "1", "--no-save", "-f", "json")
    done = firstline("sweep", shop(tmp_path), f"{HEADS}=2:4", *asked, "--goal", "abandonment<=1")
    assert done.code == 0
    found = json.loads(done.data)["goal"]
    assert (found["measure"], found["at_least"], found["value"]) == ("abandonment", False, 1.0)
    assert [row["policy"] for row in found["levels"]] == ["ask", "empowered"]
    assert all(row["already_at_the_lowest"] and row["level"] == 2.0 for row in found["levels"])
    never = firstline("sweep", shop(tmp_path), f"{HEADS}=2:4", *asked, "--goal", "occupancy>=1")
    assert all(row["level"] is None for row in json.loads(never.data)["goal"]["levels"])


def test_one_level_is_one_point(tmp_path: Path) -> None:
    done = firstline("sweep", shop(tmp_path), f"{HEADS}=3", "-n", "1", *QUICK, "--no-save")
    assert "1 replication of 1 day at 1 point, seed 1" in done.data


def test_a_dry_run_tells_what_it_takes_and_keeps_nothing(tmp_path: Path) -> None:
    done = firstline("sweep", shop(tmp_path), f"{HEADS}=2:4", "-n", "2", *QUICK, "--dry-run")
    assert done.code == 0
    assert "3 points and 2 policies, 2 replications each: 12 simulations" in done.data
    assert not Path("runs").exists()


def test_the_size_of_worth_counts_the_policy_next_to_the_points(tmp_path: Path) -> None:
    asked = ("worth", shop(tmp_path), "empowered", f"{HEADS}=2:4", "-n", "2", "--workers", "1")
    done = firstline(*asked, "--dry-run")
    said = "3 points and 1 policy next to another as it is, 2 replications each: 8 simulations"
    assert said in done.data


def test_an_interrupted_sweep_continues_with_the_bits_of_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("sweep", shop(tmp_path), f"{HEADS}=2:4", "-n", "2", *QUICK, "-f", "csv")
    whole = firstline(*asked, "--no-save")
    count, told = experiment.Watch.count, []

    def interrupted(self: experiment.Watch, *given: object, **more: object) -> None:
        count(self, *given, **more)  # type: ignore[arg-type]
        told.append(1)
        if len(told) == 8:  # a whole round of six, and some of the second
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(experiment.Watch, "count", interrupted)
        stopped = firstline(*asked)
    assert stopped.code == ExitCode.INTERRUPTED
    assert "--resume" in stopped.words
    (folder,) = Path("runs").iterdir()
    resumed = firstline(*asked, "--resume", folder)
    assert resumed.code == 0
    assert resumed.data == whole.data


def test_a_policy_that_is_two_agents_is_worth_two_agents(tmp_path: Path) -> None:
    more = f'\n[policies.more.changes]\n"{HEADS}" = 5\n'
    centre = shop(tmp_path, more)
    asked = ("-n", "2", *QUICK, "--measures", "asa", "--no-save", "-f", "json")
    found = firstline("worth", centre, "more", f"{HEADS}=3:6", *asked).json
    (row,) = found["worth"]
    assert row["level"] == pytest.approx(5.0)


def test_in_a_centre_with_shifts_two_more_people_are_worth_two(tmp_path: Path) -> None:
    shifts = """
[groups.front_line.shifts.early]
start = "09:00"
end = "11:00"
heads = 4
[groups.front_line.shifts.late]
start = "11:00"
end = "13:00"
heads = 3
"""
    more = f'\n[policies.more.changes]\n"{HEADS} +=" = 2\n'
    text = SHOP.replace("heads = 4\n", "", 1) + shifts
    centre = shop(tmp_path, more, text)
    asked = ("-n", "2", *QUICK, "--measures", "asa,service_cost", "--no-save", "-f", "json")
    wait, money = firstline("worth", centre, "more", f"{HEADS}+=0:4:1", *asked).json["worth"]
    assert wait["level"] == pytest.approx(2.0), "the same shifts, customer by customer"
    assert money["already_at_the_lowest"]
    assert money["up_to"] == pytest.approx(2.0)
    refused = firstline("worth", centre, "more", f"{HEADS}=4:6", *asked)
    assert refused.code == 3
    assert "front_line has 7 people in shifts" in refused.words


def test_a_study_file_gives_a_tidy_table_and_pictures(tmp_path: Path) -> None:
    centre = shop(tmp_path)
    text = (
        f'scenario = "{Path(centre).name}"\nmeasures = ["asa"]\nreplications = 1\n'
        f'policies = ["ask"]\n'
        f'[[factors]]\nkey = "{HEADS}"\nlevels = [3, 4]\n'
        '[[factors]]\nkey = "groups.front_line.absence"\nlevels = [0.0, 0.1]\n'
    )
    (Path(centre).parent / "both.toml").write_text(text, encoding="utf-8")
    done = firstline("study", str(Path(centre).parent / "both.toml"), "--workers", "1", "-f", "csv")
    assert done.code == 0
    rows = list(csv.DictReader(io.StringIO(done.data)))
    assert len(rows) == 4
    assert {row[HEADS] for row in rows} == {"3.0", "4.0"}
    (folder,) = Path("runs").iterdir()
    assert {path.stem for path in (folder / "charts").iterdir()} == {
        "frontier",
        "main-effects",
        "map-asa",
    }


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("sweep", "shop.toml", HEADS), "is not a factor"),
        (("sweep", "shop.toml", f"{HEADS}=5:3"), "leads nowhere"),
        (("sweep", "shop.toml", f"{HEADS}=2:4", "--goal", "asa"), "is no goal"),
        (("sweep", "shop.toml", f"{HEADS}=4,2", "--goal", "asa<=9"), "from the lowest"),
        (("worth", "shop.toml", "ask", f"{HEADS}=2:4"), "is the baseline itself"),
        (("worth", "shop.toml", "empowerd", f"{HEADS}=2:4"), "Did you mean 'empowered'?"),
        (("worth", "shop.toml", "empowered", f"{HEADS}=4,2"), "from the lowest"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_runs(
    tmp_path: Path, asked: tuple[str, ...], said: str
) -> None:
    shop(tmp_path)
    done = firstline(*asked)
    assert done.code == ExitCode.USAGE
    assert said in " ".join((done.words + done.data).split())
    assert not Path("runs").exists()


def test_a_level_that_does_not_work_is_said_with_its_key(tmp_path: Path) -> None:
    done = firstline("sweep", shop(tmp_path), f"{HEADS}=-1:1")
    assert done.code == ExitCode.BAD_SCENARIO
    assert f"{HEADS} = -1" in done.words + done.data


CLOSE = f"""\
scenario = "shop.toml"
policies = ["ask", "empowered"]
measures = ["asa"]
[precision]
asa = 0.001
at_least = 3
at_most = 4
[report]
pictures = ["main-effects"]
[[factors]]
key = "{HEADS}"
levels = [3, 4]
"""


def test_a_precision_states_its_maximum_and_says_where_it_was_not_reached(tmp_path: Path) -> None:
    shop(tmp_path)
    (tmp_path / "close.toml").write_text(CLOSE, encoding="utf-8")
    told = firstline("study", "close.toml", "--dry-run", "--workers", "1").data
    assert "3 replications each: 12 simulations" in told
    assert "the difference of asa is known as closely as asked at every point" in told
    assert "at most 4 replications each" in told
    done = firstline("study", "close.toml", "--workers", "1")
    assert done.code == 0
    assert "4 replications" in done.data
    words = " ".join(done.words.split())
    assert (
        f"After 4 replications the margin of the difference of asa under empowered @ {HEADS}=3"
        in words
    )
    assert "not ±0.001." in words
    (folder,) = Path("runs").iterdir()
    assert {path.stem for path in (folder / "charts").iterdir()} == {"main-effects"}, (
        "those that the file names"
    )
    kept = (folder / "study.toml").read_text("utf-8")
    assert "asa = 0.001" in kept
    assert "at_most = 4" in kept


def test_a_number_of_replications_on_the_command_line_takes_the_place_of_a_precision(
    tmp_path: Path,
) -> None:
    shop(tmp_path)
    (tmp_path / "close.toml").write_text(CLOSE, encoding="utf-8")
    done = firstline(
        "study", "close.toml", "-n", "2", "--workers", "1", "--charts", "frontier,sweep"
    )
    assert "2 replications of 1 day at each of 2 points" in done.data
    (folder,) = Path("runs").iterdir()
    assert "precision" not in (folder / "study.toml").read_text("utf-8")
    assert {path.stem for path in (folder / "charts").iterdir()} == {"frontier", "sweep"}


def test_a_picture_that_studies_do_not_have_is_refused(tmp_path: Path) -> None:
    asked = ("sweep", shop(tmp_path), f"{HEADS}=3:4", "--charts", "cost")
    assert "There are: sweep, frontier, main-effects, map." in " ".join(
        firstline(*asked).words.split()
    )
