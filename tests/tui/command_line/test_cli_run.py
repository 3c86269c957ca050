import csv
import io
from pathlib import Path

import pytest

from results.measures.intervals import COLUMNS
from results.measures.registry import MEASURES
from results.runs import parquet
from tests.support.command_line import QUICK, firstline, shop


def test_one_policy_is_told_measure_by_measure_with_intervals(tmp_path: Path) -> None:
    done = firstline("run", shop(tmp_path), "--policy", "empowered", "-n", "3", *QUICK, "--no-save")
    assert done.code == 0
    lines = done.data.splitlines()
    assert lines[:2] == ["Corner shop: 3 replications of 1 day, seed 1", "Policy: Decide alone"]
    (asa,) = [line for line in lines if line.startswith(MEASURES["asa"].title)]
    assert asa.rstrip().endswith("asa")
    assert "±" in asa
    assert max(map(len, lines)) <= 80


def test_what_the_centre_does_not_have_is_left_out_unless_asked_for(tmp_path: Path) -> None:
    asked = ("run", shop(tmp_path), "-n", "1", *QUICK, "--no-save")
    assert "response_time" not in firstline(*asked).data
    assert "response_time" in firstline(*asked, "--measures", "response_time").data
    everything = firstline(*asked, "--measures", "all").data
    assert all(name in everything for name in MEASURES)


def test_the_baseline_is_run_when_no_policy_is_named(tmp_path: Path) -> None:
    found = firstline("run", shop(tmp_path), "-n", "1", *QUICK, "--no-save", "-f", "json").json
    assert found["policies"] == ["ask"]
    assert found["verdicts"] == {}


def test_the_interval_table_shows_the_hours_in_which_something_happens(tmp_path: Path) -> None:
    asked = ("run", shop(tmp_path), "-n", "2", *QUICK, "--no-save", "--intervals")
    lines = firstline(*asked).data.splitlines()
    starts = [line[:9] for line in lines if line.startswith("Mon ")]
    assert starts[:8] == [f"Mon {h:02d}:{m}" for h in range(9, 13) for m in ("00", "30")]
    assert "Mon 16:00" not in starts, "after closing at one only what is left is served"
    assert max(map(len, lines)) <= 80


def test_programs_get_every_interval_and_every_column(tmp_path: Path) -> None:
    asked = ("run", shop(tmp_path), "-n", "1", *QUICK, "--no-save", "--intervals", "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(firstline(*asked, "--by", "group").data)))
    assert set(COLUMNS) < set(rows[0])
    front = [row for row in rows if row["key"] == "front_line"]
    assert len(front) == 48
    assert (front[18]["start"], float(front[18]["start_s"])) == ("Mon 09:00", 9 * 3600)
    assert float(front[18]["staffed"]) == pytest.approx(4.0)
    assert front[0]["asa_s"] == "", "nobody was answered at midnight"


def test_programs_get_the_band_in_which_four_in_five_replications_lie(tmp_path: Path) -> None:
    asked = ("run", shop(tmp_path), *QUICK, "--no-save", "--intervals", "-f", "csv")
    one, ten = (
        list(csv.DictReader(io.StringIO(firstline(*asked, "-n", n).data))) for n in ("1", "10")
    )
    assert {row["offered_low"] for row in one} == {""}
    busy = [row for row in ten if float(row["offered"]) > 1.0]
    assert busy
    for row in busy:
        assert float(row["offered_low"]) <= float(row["offered"]) <= float(row["offered_high"])
    assert any(float(row["offered_low"]) < float(row["offered_high"]) for row in busy)


def test_intervals_of_a_month_are_named_by_their_date(tmp_path: Path) -> None:
    asked = ("run", shop(tmp_path), "-n", "1", *QUICK, "--no-save", "--intervals", "-f", "csv")
    dated = ("--set", "horizon.first_date=1999-02-01")
    rows = list(csv.DictReader(io.StringIO(firstline(*asked, *dated).data)))
    assert rows[18]["start"] == "1999-02-01 09:00"


def test_traces_are_kept_as_parquet_when_asked_for(tmp_path: Path) -> None:
    done = firstline("run", shop(tmp_path), "-n", "1", *QUICK, "--traces", "-f", "json")
    traces = Path(done.json["folder"]) / "traces" / "contacts"
    contacts = parquet.read(traces, ["ask-0"])["ask-0"]
    (offered,) = [row for row in done.json["results"] if row["measure"] == "offered"]
    assert len(contacts["case"]) == offered["mean"]


def test_failure_demand_is_broken_down_by_cause_and_has_no_intervals(tmp_path: Path) -> None:
    asked = ("run", shop(tmp_path), "-n", "1", *QUICK, "--no-save", "--by", "cause")
    rows = firstline(*asked, "-f", "json").json["results"]
    assert {row["measure"] for row in rows} == {"failure_demand", "failure_contacts"}
    assert "A complaint, root cause unknown" in firstline(*asked).data
    refused = firstline(*asked, "--intervals")
    assert refused.code == 2
    assert "no intervals" in refused.words


EARLY = """
[profiles.day]
interval_min = 60
start = "08:00"
shares = [1, 1, 1, 1]
"""


def test_the_interval_table_shows_who_finds_it_closed_and_a_dash_for_the_rest(
    tmp_path: Path,
) -> None:
    text = shop(tmp_path).read_text(encoding="utf-8")
    given = "volume.per_day = 120"
    assert given in text
    text = text.replace(given, 'volume = { per_day = 400, profile = "day" }') + EARLY
    asked = ("run", shop(tmp_path, text=text), "-n", "1", *QUICK, "--no-save", "--intervals")
    lines = firstline(*asked).data.splitlines()
    (early,) = (line.split() for line in lines if line.startswith("Mon 08:00"))
    assert early[2:5] == ["–"] * 3, "offered, answered, abandoned"
    assert int(early[5]) > 20, "closed"
    assert early[6:10] == ["–"] * 4, "service level, speed of answer, longest, waiting"
    assert max(map(len, lines)) <= 80
    by_queue = firstline(*asked, "--by", "queue").data
    assert "Front line" in by_queue
    assert "Clo-" not in by_queue, "who finds it closed comes to no queue"
