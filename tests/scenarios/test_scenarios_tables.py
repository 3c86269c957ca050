"""Counts and values in CSV files next to a scenario."""

from pathlib import Path

import pytest

from scenarios import Problem, Scenario, ScenarioError, load, policies_of
from scenarios.save import dump
from tests.support.scenario_texts import SMALLEST

WITH_COUNTS = SMALLEST.replace("volume.per_day = 100", 'volume.csv = "counts.csv"')
WITH_VALUES = SMALLEST.replace(
    "talk_s = 60", 'talk_s = { distribution = "empirical", csv = "t.csv" }'
)

WITH_ROSTER = SMALLEST.replace("heads = 5", 'heads_by_interval = { csv = "roster.csv" }')


def centre(folder: Path, text: str, **tables: str) -> Scenario:
    for name, content in tables.items():
        (folder / f"{name}.csv").write_text(content)
    (folder / "centre.toml").write_text(text)
    return load(folder / "centre.toml")


def problems(folder: Path, text: str, **tables: str) -> tuple[Problem, ...]:
    with pytest.raises(ScenarioError) as caught:
        centre(folder, text, **tables)
    return caught.value.problems


def test_counts_are_read_by_weekday_and_start(tmp_path: Path) -> None:
    table = "weekday,start,count\nmonday,08:00,5\nmonday,08:30,7.5\nevery_day,08:00,3\n"
    volume = centre(tmp_path, WITH_COUNTS, counts=table).reasons["enquiry"].volume
    assert volume.counts == {"monday": (5, 7.5), "every_day": (3, 0)}
    assert (volume.start, volume.interval_min, volume.csv) == ("08:00", 30, None)


def test_a_scenario_is_complete_without_its_tables(tmp_path: Path) -> None:
    table = "weekday,start,count\nmonday,08:00,5\nmonday,09:00,7\n"
    loaded = centre(tmp_path, WITH_COUNTS, counts=table)
    (tmp_path / "elsewhere").mkdir()
    assert centre(tmp_path / "elsewhere", dump(loaded)) == loaded


def test_a_table_from_a_spreadsheet_is_read(tmp_path: Path) -> None:
    table = "\ufeffCalls;Weekday ;start; count\r\n1;Monday;8:00;5\r\n\r\n2; MONDAY; 9:00 ;6\r\n"
    volume = centre(tmp_path, WITH_COUNTS, counts=table).reasons["enquiry"].volume
    assert volume.counts == {"monday": (5, 6)}


def test_an_interval_without_a_line_has_no_customers(tmp_path: Path) -> None:
    table = "weekday,start,count\nmonday,08:00,5\nmonday,08:30,5\nmonday,10:00,6\n"
    volume = centre(tmp_path, WITH_COUNTS, counts=table).reasons["enquiry"].volume
    assert volume.counts == {"monday": (5, 5, 0, 0, 6)}


def test_the_length_of_intervals_may_be_given(tmp_path: Path) -> None:
    text = SMALLEST.replace(
        "volume.per_day = 100", 'volume = { csv = "counts.csv", interval_min = 15 }'
    )
    table = "weekday,start,count\nmonday,08:00,5\nmonday,09:00,6\n"
    volume = centre(tmp_path, text, counts=table).reasons["enquiry"].volume
    assert volume.interval_min == 15
    assert volume.counts == {"monday": (5, 0, 0, 0, 6)}


def test_every_wrong_line_of_a_table_is_told_with_its_number(tmp_path: Path) -> None:
    table = (
        "weekday,start,count\nmondy,08:00,5\nmonday,8 am,5\nmonday,08:00,-1\n"
        "monday,08:00,2\nmonday,08:00,2\nmonday,08:75,2\nmonday,09:00,nan\n"
    )
    found = problems(tmp_path, WITH_COUNTS, counts=table)
    assert [(p.line, p.value, p.rule) for p in found] == [
        (2, "mondy", 'is no weekday and no date such as "2026-12-24"'),
        (3, "8 am", 'is not a time of day as "08:30"'),
        (4, "-1", "must be a number of at least 0"),
        (6, "monday 08:00", "is there twice"),
        (7, "08:75", 'is not a time of day as "08:30"'),
        (8, "nan", "must be a number of at least 0"),
    ]
    assert {(p.file, p.key) for p in found} == {
        (str(tmp_path / "counts.csv"), "reasons.enquiry.volume.csv")
    }
    assert found[0].hint == 'Did you mean "monday"?'


@pytest.mark.parametrize(
    ("table", "rule"),
    [
        ("weekday,begin,count\nmonday,08:00,5\n", 'lacks the column "start"'),
        ("day,begin,count\nmonday,08:00,5\n", 'lacks the columns "date" and "start"'),
        (
            "weekday,start,count,count\nmonday,08:00,5,6\nmonday,08:30,5,6\n",
            'has the column "count" more than once',
        ),
        ("weekday,start,count\n", "must have a line of column names and lines of data"),
        ("", "must have a line of column names and lines of data"),
        ("weekday,start,count\nmonday,08:00\n", "must have 3 cells on each line"),
        ('weekday,start,count\nmonday,"08:00,5\n', "is no CSV"),
        ("weekday,start,count\nmonday,08:00,5\n", "has one interval a day"),
        ("weekday,start,count\nmonday,08:00,5\nmonday,08:50,5\n", "has intervals of 50 minutes"),
        (
            "weekday,start,count\nmonday,08:00,5\nmonday,08:30,5\nmonday,09:15,5\n",
            "does not lie on the intervals of 30 minutes from 08:00",
        ),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(tmp_path: Path, table: str, rule: str) -> None:
    (problem,) = problems(tmp_path, WITH_COUNTS, counts=table)
    assert problem.rule.startswith(rule)


def test_cells_apart_by_tabs_are_told(tmp_path: Path) -> None:
    table = "weekday\tstart\tcount\nmonday\t08:00\t5\n"
    (found,) = problems(tmp_path, WITH_COUNTS, counts=table)
    assert found.hint == "Its cells are separated by tabs: write , or ; instead."


def test_a_column_of_values_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, WITH_VALUES, t="s,s\n60,90\n")
    assert found.rule == 'has the column "s" more than once'
    other = centre(tmp_path, WITH_VALUES, t="s,note,note\n60,a,b\n")  # nobody reads the twins
    assert other.reasons


@pytest.mark.parametrize("line", ["someday,8 am,x", "monday,08:00"])
def test_of_a_table_full_of_mistakes_the_first_are_told(tmp_path: Path, line: str) -> None:
    found = problems(tmp_path, WITH_COUNTS, counts="weekday,start,count\n" + f"{line}\n" * 20_000)
    assert 50 < len(found) < 60
    assert found[-1].rule.startswith("is not checked, nor are the lines after it")
    values = problems(tmp_path, WITH_VALUES, t="s\n" + "x\n" * 20_000)
    assert (len(values), values[-1].line) == (51, 52)


def test_one_count_at_midnight_stands_for_the_whole_day(tmp_path: Path) -> None:
    table = "weekday,start,count\nmonday,00:00,50\ntuesday,00:00,40\n"
    volume = centre(tmp_path, WITH_COUNTS, counts=table).reasons["enquiry"].volume
    assert (volume.counts, volume.interval_min) == ({"monday": (50,), "tuesday": (40,)}, 1440)


def test_a_missing_table_is_told_together_with_other_problems(tmp_path: Path) -> None:
    found = problems(tmp_path, WITH_COUNTS.replace("heads = 5", "heads = -5"))
    assert [(p.file, p.key) for p in found] == [
        (str(tmp_path / "counts.csv"), "reasons.enquiry.volume.csv"),
        (str(tmp_path / "centre.toml"), "groups.agents.heads"),
    ]
    assert found[0].rule == "cannot be read: No such file or directory"


def test_a_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "counts.csv").write_bytes("weekday,start,count,büro\n".encode("latin-1"))
    (problem,) = problems(tmp_path, WITH_COUNTS)
    assert problem.rule == "is not UTF-8 text"


def test_a_table_beside_another_volume_is_refused(tmp_path: Path) -> None:
    text = WITH_COUNTS.replace("volume.csv", "volume.per_day = 5\nvolume.csv")
    table = "weekday,start,count\nmonday,00:00,50\n"
    (problem,) = problems(tmp_path, text, counts=table)
    assert problem.rule == "give exactly one of per_day, counts, csv, records or at_s"


def test_values_are_read_from_a_column(tmp_path: Path) -> None:
    text = WITH_VALUES.replace('"t.csv"', '"t.csv", column = "talk"')
    loaded = centre(tmp_path, text, t="day,talk\n1,60\n2,\n3,90.5\n")
    talk = loaded.reasons["enquiry"].handling["voice"].talk_s
    assert talk.model_dump()["values"] == (60, 90.5)
    assert loaded == centre(tmp_path, dump(loaded))


def test_the_first_column_is_read_when_none_is_named(tmp_path: Path) -> None:
    loaded = centre(tmp_path, WITH_VALUES, t="talk,day\n60,1\n")
    assert loaded.reasons["enquiry"].handling["voice"].talk_s.model_dump()["values"] == (60,)


@pytest.mark.parametrize(
    ("column", "table", "rule"),
    [
        (', column = "tlk"', "day,talk\n1,60\n", "is not a column of the file"),
        ("", "talk\n60\nlong\n", "must be a number of at least 0"),
        ("", "talk,day\n,1\n", 'has no value in the column "talk"'),
        (", values = [5]", "talk\n5\n", "give values or csv, not both"),
    ],
)
def test_a_column_that_cannot_be_used_is_refused(
    tmp_path: Path, column: str, table: str, rule: str
) -> None:
    (problem,) = problems(tmp_path, WITH_VALUES.replace('"t.csv"', f'"t.csv"{column}'), t=table)
    assert problem.rule == rule


@pytest.mark.parametrize(
    "change",
    [
        '"reasons.enquiry.volume.csv" = "more.csv"',
        '"reasons.enquiry.volume" = { csv = "more.csv" }',
        'reasons.enquiry.volume.csv = "more.csv"',
    ],
)
def test_the_table_of_a_policy_stands_in_for_the_old_one(tmp_path: Path, change: str) -> None:
    few = "weekday,start,count\nmonday,08:00,5\nmonday,09:00,5\ntuesday,08:00,5\n"
    more = "weekday,start,count\nmonday,08:00,9\nmonday,08:30,9\n"
    text = f"{WITH_COUNTS}\n[policies.busy.changes]\n{change}\n"
    loaded = centre(tmp_path, text, counts=few, more=more)
    volume = policies_of(loaded)["busy"].reasons["enquiry"].volume
    assert (volume.counts, volume.interval_min) == ({"monday": (9, 9)}, 30)


def test_a_missing_table_of_a_policy_is_told_by_the_key_of_its_change(tmp_path: Path) -> None:
    table = "weekday,start,count\nmonday,00:00,50\n"
    text = f'{WITH_COUNTS}\n[policies.busy.changes]\n"reasons.enquiry.volume.csv" = "no.csv"\n'
    (problem,) = problems(tmp_path, text, counts=table)
    assert problem.key == 'policies.busy.changes."reasons.enquiry.volume.csv"'


def test_a_roster_is_read_as_whole_people_by_weekday_and_start(tmp_path: Path) -> None:
    table = "weekday,start,heads\nmonday,08:00,5\nmonday,08:30,7\nevery_day,08:00,3\n"
    plan = centre(tmp_path, WITH_ROSTER, roster=table).groups["agents"].heads_by_interval
    assert plan is not None
    assert plan.heads == {"monday": (5, 7), "every_day": (3, 0)}
    assert (plan.start, plan.interval_min, plan.csv) == ("08:00", 30, None)


def test_a_scenario_is_complete_without_its_roster_file(tmp_path: Path) -> None:
    loaded = centre(tmp_path, WITH_ROSTER, roster="weekday,start,heads\nevery_day,00:00,2\n")
    (tmp_path / "elsewhere").mkdir()
    assert centre(tmp_path / "elsewhere", dump(loaded)) == loaded


def test_a_roster_with_half_a_person_is_refused_by_line(tmp_path: Path) -> None:
    table = "weekday,start,heads\nmonday,08:00,5\nmonday,09:00,2.5\nmonday,10:00,-1\n"
    half, less = problems(tmp_path, WITH_ROSTER, roster=table)
    assert (half.line, half.value, half.rule) == (3, "2.5", "must be a whole number")
    assert (less.line, less.value) == (4, "-1")


def test_a_roster_needs_its_column_of_heads(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, WITH_ROSTER, roster="weekday,start,count\nmonday,08:00,5\n")
    assert "heads" in problem.rule
    assert problem.key == "groups.agents.heads_by_interval.csv"


def test_a_roster_file_beside_a_written_roster_is_refused(tmp_path: Path) -> None:
    both = WITH_ROSTER.replace('csv = "r', 'heads = { every_day = [2] }, csv = "r')
    (problem,) = problems(tmp_path, both, roster="weekday,start,heads\nmonday,00:00,5\n")
    assert (problem.key, problem.rule) == (
        "groups.agents.heads_by_interval",
        "give exactly one of heads or csv",
    )


def test_the_roster_file_of_a_policy_stands_in_for_the_old_one(tmp_path: Path) -> None:
    few = "weekday,start,heads\nmonday,08:00,5\ntuesday,08:00,5\nmonday,09:00,5\n"
    more = "weekday,start,heads\nevery_day,08:00,9\nevery_day,08:30,9\n"
    change = '"groups.agents.heads_by_interval.csv" = "more.csv"'
    text = f"{WITH_ROSTER}\n[policies.better.changes]\n{change}\n"
    loaded = centre(tmp_path, text, roster=few, more=more)
    plan = policies_of(loaded)["better"].groups["agents"].heads_by_interval
    assert plan is not None
    assert (plan.heads, plan.interval_min) == ({"every_day": (9, 9)}, 30)
