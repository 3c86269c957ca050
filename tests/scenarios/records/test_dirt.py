from pathlib import Path

import numpy as np
import pytest

from scenarios.records.contacts import Contacts, Outcome
from scenarios.records.intervals import Intervals
from scenarios.records.mapping import load_mapping
from scenarios.records.read import Records, read_records
from tests.support import record_samples as samples
from tests.support.record_samples import calls


def read(folder: Path, text: str, mapping: str = "") -> Records:
    path = samples.written(folder, text)
    own = load_mapping(samples.written(folder, mapping, "m.toml")) if mapping else None
    return read_records([path], own)


def contacts(folder: Path, text: str, mapping: str = "") -> Contacts:
    made = read(folder, text, mapping)
    assert isinstance(made, Contacts)
    return made


def said(records: Records, about: str) -> int:
    """How many rows have what a finding is about; none without such a finding."""
    found = [one for one in records.report.findings if about in one.what]
    assert len(found) <= 1, found
    return found[0].rows if found else -1


def a_day(
    date: str, hours: range = range(8, 18), each: int = 6, answered: bool = True
) -> list[str]:
    """Calls of a day: every ten minutes one, answered after 20 s by one of two agents."""
    rows = []
    for hour in hours:
        for minute in range(0, 60, 60 // each):
            clock = f"{date} {hour:02d}:{minute:02d}"
            end = (
                f"{clock}:20,{clock}:50,ANSWERED,a{minute % 20},order"
                if answered
                else (f",{clock}:50,ABANDONED,,order")
            )
            rows.append(f"{clock}:00,{end},c{hour}{minute}")
    return rows


def _late(end: str) -> str:
    return f"2026-01-05 18:00:00,2026-01-05 18:00:20,{end},ANSWERED,a1,order,c"


def test_a_call_that_ends_before_it_is_answered_keeps_its_place_and_loses_its_talk(
    tmp_path: Path,
) -> None:
    rows = [
        *a_day("2026-01-05"),
        _late("2026-01-05 17:50:00"),
    ]
    made = contacts(tmp_path, calls(rows))
    assert said(made, "Talks end before they begin") == 1
    assert len(made) == 61
    assert np.isnan(made.talk_s[-1])
    assert made.wait_s[-1] == 20
    assert made.report.figures[2].before < made.report.figures[2].after == 30.0


def test_a_call_of_seventeen_hours_is_one_that_nobody_closed(tmp_path: Path) -> None:
    rows = [
        *a_day("2026-01-05"),
        _late("2026-01-06 11:00:20"),
    ]
    made = contacts(tmp_path, calls(rows))
    assert said(made, "Talks are longer than four hours") == 1
    assert np.isnan(made.talk_s[-1])
    effect = next(f.effect for f in made.report.findings if "four hours" in f.what)
    assert effect == f"mean talk {(60 * 30 + 17 * 3600) / 61:.1f} s → 30.0 s"


def test_a_wrong_year_is_put_right_and_a_date_far_away_left_out(tmp_path: Path) -> None:
    rows = a_day("2026-01-05") + a_day("2026-01-06") + a_day("2026-01-07")
    wrong = "2062-01-06 09:05:00,2062-01-06 09:05:20,2062-01-06 09:05:50,ANSWERED,a1,order,c"
    far = "2025-06-01 09:05:00,2025-06-01 09:05:20,2025-06-01 09:05:50,ANSWERED,a1,order,c"
    made = contacts(tmp_path, calls([*rows, wrong, far]))
    assert said(made, "another year") == 1
    assert said(made, "months from all others") == 1
    assert len(made) == 181
    assert [day.contacts for day in made.report.days] == [60, 61, 60]
    assert made.talk_s.max() == 30


def test_copies_are_left_out_once_and_the_figures_told(tmp_path: Path) -> None:
    rows = a_day("2026-01-05")
    made = contacts(tmp_path, calls([*rows, *rows[:7]]))
    assert len(made) == 67, "without seconds or a number, equal rows may be different calls"
    precise = [row.replace(":00,", ":07,", 1) for row in rows]
    made = contacts(tmp_path, calls([*precise, *precise[:7]]))
    assert len(made) == 60
    assert said(made, "copies of another row") == 7


def test_two_files_of_one_system_are_read_as_one(tmp_path: Path) -> None:
    one = samples.written(tmp_path, calls(a_day("2026-01-05")), "one.csv")
    two = samples.written(tmp_path, calls(a_day("2026-01-06")), "two.csv")
    made = read_records([one, two])
    assert len(made) == 120
    assert made.report.sources == ("one.csv", "two.csv")
    assert [str(day.date) for day in made.report.days] == ["2026-01-05", "2026-01-06"]


@pytest.mark.parametrize(
    ("first", "second", "date"),
    [
        ("13/01/2026", "05/02/2026", "2026-02-05"),
        ("01/13/2026", "02/05/2026", "2026-02-05"),
        ("13.01.2026", "05.02.2026", "2026-02-05"),
        ("13-Jan-26", "5-Feb-26", "2026-02-05"),
        ("Jan 13, 2026", "Feb 5, 2026", "2026-02-05"),
        ("Tuesday, January 13, 2026", "Thursday, February 5, 2026", "2026-02-05"),
        ("20260113", "20260205", "2026-02-05"),
        ("990113", "990205", "1999-02-05"),
        ("46035", "46058", "2026-02-05"),
        ("2026/1/13", "2026/2/5", "2026-02-05"),
        ("13 fev 2026", "5 mar 2026", "2026-03-05"),
    ],
)
def test_dates_are_read_as_they_are_written(
    first: str, second: str, date: str, tmp_path: Path
) -> None:
    rows = [f'"{day}",{hour}:15:00,60,ANSWERED' for day in (first, second) for hour in (9, 10)]
    made = contacts(tmp_path, calls(rows, "Date,Time,Talk Time,Result"))
    assert str(made.arrived[-1]) == f"{date}T10:15:00.000"


def test_dates_that_could_be_either_are_told_and_a_mapping_settles_them(tmp_path: Path) -> None:
    rows = ["03/04/2026,9:00:10,60,ANSWERED", "03/05/2026,9:00:20,60,ANSWERED"]
    text = calls(rows, "Date,Time,Talk Time,Result")
    made = contacts(tmp_path, text)
    assert said(made, "could be read") == 0
    assert [str(each)[:10] for each in made.arrived] == ["2026-03-04", "2026-03-05"]
    made = contacts(tmp_path, text, 'kind = "contacts"\ndates = "day-first"\n')
    assert said(made, "could be read") == -1
    assert [str(each)[:10] for each in made.arrived] == ["2026-04-03", "2026-05-03"]


@pytest.mark.parametrize(
    ("name", "cell", "seconds"),
    [
        ("Talk Time", "125", 125),
        ("Talk Time", "2:05", 125),
        ("Talk Time", "0:02:05", 125),
        ("Talk Time", "00:02:05.250", 125.25),
        ("Talk Time (ms)", "125000", 125),
        ("Talk Time", "125000", 125),
        ("Talk Time (min)", "2.5", 150),
        ("talk_time_ms", "125000", 125),
        ("Talk Time", "2m 5s", 125),
        ("Talk Time", "PT2M5S", 125),
        ("Talk Time", "1:02:05", 3725),
        ("Talk Time (in minutes)", '"2,5"', 150),
    ],
)
def test_lengths_of_time_are_read_in_every_form(
    name: str, cell: str, seconds: float, tmp_path: Path
) -> None:
    rows = [f"2026-01-05 09:0{k}:11,{cell},5,ANSWERED" for k in range(5)]
    made = contacts(tmp_path, calls(rows, f"Start Time,{name},Wait Time,Result"))
    assert made.talk_s.tolist() == pytest.approx([seconds] * 5)
    assert made.wait_s.tolist() == [5] * 5


def test_a_clock_set_back_makes_no_negative_wait(tmp_path: Path) -> None:
    rows = [
        *a_day("2026-10-24"),
        "2026-10-25 01:58:00,2026-10-25 01:03:00,2026-10-25 01:09:00,ANSWERED,a1,order,c",
    ]
    made = contacts(tmp_path, calls(rows))
    assert said(made, "when the clock is set back") == 1
    assert made.wait_s[-1] == 300
    assert made.talk_s[-1] == 360


def test_an_hour_with_callers_and_no_answers_is_an_outage(tmp_path: Path) -> None:
    rows = [row for day in (5, 6, 7, 8, 9, 12, 13) for row in a_day(f"2026-01-{day:02d}", each=10)]
    broken = [row for row in rows if not row.startswith("2026-01-12 11")]
    broken += a_day("2026-01-12", range(11, 12), each=10, answered=False)
    made = contacts(tmp_path, calls(broken))
    (outage,) = made.report.outages
    assert str(outage.start)[:16] == "2026-01-12T11:00"
    assert str(outage.end)[:16] == "2026-01-12T12:00"
    assert outage.contacts == 11, "the first after it is answered like the others"
    assert outage.reason == "nobody answered"
    silent = [row for row in rows if not row.startswith(("2026-01-12 11", "2026-01-12 12"))]
    (outage,) = contacts(tmp_path, calls(silent)).report.outages
    assert outage.reason == "no contacts at all"
    assert contacts(tmp_path, calls(rows)).report.outages == ()


def test_callers_before_opening_are_no_outage(tmp_path: Path) -> None:
    rows = []
    for day in (5, 6, 7, 8, 9, 12, 13):
        rows += a_day(f"2026-01-{day:02d}")
        rows += a_day(f"2026-01-{day:02d}", range(6, 8), answered=False)
    assert contacts(tmp_path, calls(rows)).report.outages == ()


def test_missing_half_and_odd_days_are_named(tmp_path: Path) -> None:
    rows = []
    for week in range(4):
        for day in range(5):
            date = f"2026-01-{5 + 7 * week + day:02d}"
            hours = range(8, 18)
            if date == "2026-01-14":
                continue
            if date == "2026-01-20":
                hours = range(8, 12)
            if date == "2026-01-29":
                hours = range(12, 18)
            rows += a_day(date, hours)
    days = {str(day.date): day.odd for day in contacts(tmp_path, calls(rows)).report.days}
    odd = {date: what for date, what in days.items() if what}
    assert set(odd) == {"2026-01-14", "2026-01-20", "2026-01-29"}
    assert odd["2026-01-14"] == "missing"
    assert "40 % of the contacts of other Tuesdays" in odd["2026-01-20"]
    assert "closed 6 hours earlier than other Tuesdays" in odd["2026-01-20"]
    assert "opened 4 hours later than other Thursdays" in odd["2026-01-29"]
    assert days["2026-01-17"] == "", "a Saturday on which the centre is never open"


def test_a_cut_off_archive_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    import gzip

    rows = [row for day in range(10, 28) for row in a_day(f"2026-01-{day}")]
    whole = gzip.compress(calls(rows).encode())
    path = tmp_path / "calls.csv.gz"
    path.write_bytes(whole[: len(whole) // 2])
    made = read_records([path])
    assert 60 < len(made) < len(rows)
    assert said(made, "damaged or cut off") == 0
    path.write_bytes(whole)
    assert len(read_records([path])) == len(rows)


def test_half_a_file_is_told(tmp_path: Path) -> None:
    text = calls(a_day("2026-01-05"))
    made = contacts(tmp_path, text[: len(text) - 25])
    assert said(made, "and has no end") == 1
    assert len(made) == 60
    assert said(contacts(tmp_path, text), "and has no end") == -1
    assert said(contacts(tmp_path, text.rstrip()), "and has no end") == -1


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_any_encoding_and_separator_is_read(encoding: str, separator: str, tmp_path: Path) -> None:
    rows = [row.replace("order", "Reclamação") for row in a_day("2026-01-05")]
    text = calls(rows).replace(",", separator)
    path = tmp_path / "calls.txt"
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    made = read_records([path])
    assert isinstance(made, Contacts)
    assert len(made) == 60
    assert made.reason_names == ("Reclamação",)


def test_an_answer_of_yes_or_no_tells_the_outcome(tmp_path: Path) -> None:
    rows = ["2026-01-05 09:00:10,Y,20,100", "2026-01-05 09:01:10,N,35,0"]
    made = contacts(tmp_path, calls(rows, "Arrival,Answered,Wait Time,Talk Time"))
    assert made.outcome.tolist() == [Outcome.ANSWERED, Outcome.ABANDONED]
    assert made.wait_s.tolist() == [20, 35]
    assert made.talk_s[0] == 100


def test_words_that_nobody_knows_are_told_without_saying_them(tmp_path: Path) -> None:
    rows = [row.replace("ANSWERED", "Zxq Jones") for row in a_day("2026-01-05")]
    made = contacts(tmp_path, calls(rows))
    assert said(made, "whose meaning is not known") == 60
    assert "Jones" not in str(made.report)
    assert (made.outcome == Outcome.ANSWERED).all(), "their times tell it"
    mapping = 'kind = "contacts"\n[outcomes]\n"Zxq Jones" = "abandoned"\n'
    agents_gone = [row.replace(",a0,", ",,").replace(",a10,", ",,") for row in rows]
    made = contacts(tmp_path, calls(agents_gone), mapping)
    assert (made.outcome == Outcome.ABANDONED).all()


def test_a_column_of_persons_is_taken_for_no_reason(tmp_path: Path) -> None:
    rows = [
        f"2026-01-05 {8 + k // 60:02d}:{k % 60:02d}:01,60,ANSWERED,Person {k},+351 91 000 00{k:03d}"
        for k in range(400)
    ]
    made = contacts(tmp_path, calls(rows, "Start,Talk Time,Result,Reason,Queue"))
    assert made.reason_names == ()
    assert made.queue_names == ()
    assert "Person 7" not in str(made.report)
    few = calls(
        [row.rsplit(",", 1)[0] + ",351910000001" for row in rows],
        "Start,Talk Time,Result,Reason,Queue",
    )
    made = contacts(tmp_path, few)
    assert made.queue_names == ("queue 1",)


def test_every_interval_has_its_sums_or_means_whatever_the_column_is_called(
    tmp_path: Path,
) -> None:
    counts = [4, 9, 16, 25, 12, 30, 7, 18, 22, 11]
    sums = "\n".join(
        f"2026-01-05,{8 + k // 2:02d}:{30 * (k % 2):02d},{n},{n},{n * (300 + k)}"
        for k, n in enumerate(counts)
    )
    made = read(tmp_path, f"Date,Time,Offered,Answered,Handle Time\n{sums}\n")
    assert isinstance(made, Intervals)
    assert made.aht_s.tolist() == pytest.approx([300 + k for k in range(10)])
    assert said(made, "grows with the number of contacts") == 0
    means = "\n".join(
        f"2026-01-05,{8 + k // 2:02d}:{30 * (k % 2):02d},{n},{n},{300 + k}"
        for k, n in enumerate(counts)
    )
    made = read(tmp_path, f"Date,Time,Offered,Answered,Handle Time\n{means}\n")
    assert isinstance(made, Intervals)
    assert made.aht_s.tolist() == [300 + k for k in range(10)]


def test_an_interval_that_comes_twice_is_put_together(tmp_path: Path) -> None:
    head = "Date,Interval,Offered,Answered,Abandoned,Avg Handle Time\n"
    rows = "2026-10-25,01:00-02:00,10,9,1,300\n2026-10-25,01:00-02:00,20,18,2,240\n"
    rows += "2026-10-25,08:00-09:00,30,30,0,200\n2026-10-25,08:00-09:00,30,30,0,200\n"
    made = read(tmp_path, head + rows)
    assert isinstance(made, Intervals)
    assert made.offered.tolist() == [30, 30]
    assert made.aht_s.tolist() == pytest.approx([260, 200])
    assert made.length_s.tolist() == [3600, 3600]
    assert said(made, "An interval at night stands twice") == 1
    assert said(made, "copies of another row") == 1


def test_intervals_without_staff_or_answers_are_outages(tmp_path: Path) -> None:
    head = "Date,Time,Offered,Answered,Abandoned,Agents\n"
    rows = [
        f"2026-01-05,{hour:02d}:00,20,{0 if hour in (11, 12) else 19},"
        f"{20 if hour in (11, 12) else 1},{0 if hour == 11 else 5}"
        for hour in range(8, 16)
    ]
    made = read(tmp_path, head + "\n".join(rows) + "\n")
    (outage,) = made.report.outages
    assert (str(outage.start)[11:16], str(outage.end)[11:16]) == ("11:00", "13:00")
    assert outage.contacts == 40
    assert outage.reason == "all agents gone"


def test_weekdays_without_dates_are_one_typical_week(tmp_path: Path) -> None:
    rows = "\n".join(
        f"{day},{hour}:00,{10 + hour}" for day in ("Monday", "Tuesday") for hour in (8, 9, 10)
    )
    made = read(tmp_path, f"Weekday,Start,Calls Offered\n{rows}\n")
    assert isinstance(made, Intervals)
    assert made.offered.tolist() == [18, 19, 20] * 2
    assert [str(each)[:13] for each in made.start[[0, 3]]] == ["1970-01-05T08", "1970-01-06T08"]
    assert said(made, "weekdays and no dates") == 0


def test_times_of_another_place_are_moved_with_the_clock_changes_of_both(tmp_path: Path) -> None:
    rows = [
        "2026-02-20 03:00:07,60,ANSWERED",
        "2026-03-20 03:00:07,60,ANSWERED",
        "2026-04-20 03:00:07,60,ANSWERED",
    ]
    mapping = 'kind = "contacts"\ntime_zone = "Europe/Lisbon"\nrecorded_in = "America/Chicago"\n'
    made = contacts(tmp_path, calls(rows, "Start Time,Talk Time,Result"), mapping)
    # America changes its clock three weeks before Europe does.
    assert [str(each)[11:19] for each in made.arrived] == ["09:00:07", "08:00:07", "09:00:07"]
    stamped = [row.replace(":07,", ":07-06:00,") for row in rows[:1]]
    made = contacts(tmp_path, calls(stamped, "Start Time,Talk Time,Result"), mapping)
    assert str(made.arrived[0])[11:19] == "09:00:07"
    assert said(made, "carry a time zone") == 0


def test_seconds_since_1970_are_read(tmp_path: Path) -> None:
    rows = ["1767600007,60,ANSWERED", "1767600107.5,60,ANSWERED", "1767600207,60,ANSWERED"]
    made = contacts(tmp_path, calls(rows, "Timestamp,Talk Time,Result"))
    assert [str(each) for each in made.arrived[:2]] == [
        "2026-01-05T08:00:07.000",
        "2026-01-05T08:01:47.500",
    ]
