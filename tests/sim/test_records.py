"""Arrivals as records: the customers of a log come as they came, whatever else is drawn."""

from pathlib import Path
from typing import Any

import pytest

from scenarios import ScenarioError, load, load_text, with_changes
from scenarios.save import dump
from scenarios.schema import Scenario
from sim import simulate
from tests.support.timed_centres import DAY, centre, reason, rows

LOG = """time,reason,class,channel
1999-01-03 08:00:10,service,vip,voice
1999-01-03 08:00:00,service,,voice
1999-01-03T08:00:20.5,service,,chat
1999-01-03 08:00:05,stocks,,
1999-01-04 09:00:00,service,,voice
1999-01-05 00:00:00,service,,voice
1998-12-31 10:00:00,service,,voice
"""

CENTRE = """
[horizon]
days = 2
first_date = "1999-01-03"
[reasons.service]
volume.records = "log.csv"
groups = ["agents"]
channels = { voice = 1, chat = 1 }
handling = { voice = { talk_s = 60 }, chat = { talk_s = 60 } }
priority_classes.vip = { share = 0.0, priority = 10 }
[groups.agents]
heads = 1
"""


def replayed(folder: Path, log: str = LOG, text: str = CENTRE) -> Scenario:
    (folder / "log.csv").write_text(log)
    (folder / "centre.toml").write_text(text)
    return load(folder / "centre.toml")


def test_a_log_is_replayed_as_it_is(tmp_path: Path) -> None:
    scenario = replayed(tmp_path)
    morning = 8 * 3600.0
    volume = scenario.reasons["service"].volume
    assert volume.at_s == (morning, morning + 10, morning + 20.5, DAY + 9 * 3600)
    assert volume.class_of == ("", "vip", "", "")
    for replication in (0, 1):
        contacts = simulate(scenario, 1, replication).contacts.as_dict()
        assert sorted(contacts["arrival"].tolist()) == list(volume.at_s)


def test_a_scenario_of_records_is_complete_without_the_file(tmp_path: Path) -> None:
    scenario = replayed(tmp_path)
    assert load_text(dump(scenario)) == scenario


def test_seconds_may_stand_for_times(tmp_path: Path) -> None:
    text = CENTRE.replace('first_date = "1999-01-03"\n', "")
    scenario = replayed(tmp_path, "time\n30\n10.5\n172800\n", text)
    assert scenario.reasons["service"].volume.at_s == (10.5, 30.0)


def test_a_known_class_goes_first_and_an_unknown_one_is_drawn() -> None:
    volume = {"at_s": [0, 1, 2, 3], "class_of": ["", "", "vip", "late"]}
    classes = {
        "vip": {"share": 0.0, "priority": 10},
        "late": {"share": 0.0, "priority": -5, "patience_s": 100},
    }
    enquiry = {**reason(talk_s=60), "volume": volume, "priority_classes": classes}
    trace = simulate(centre({"enquiry": enquiry}, {"front": 1}), 1, 0)
    # One agent: the first is served, then the VIP, then the ordinary; the last hangs up at 103 s.
    assert rows(trace, "contacts", "arrival answered ended outcome") == [
        (0, 0, 60, "answered"),
        (1, 120, 180, "answered"),
        (2, 60, 120, "answered"),
        (3, None, 103, "abandoned"),
    ]


def test_a_known_channel_is_the_one_of_the_record() -> None:
    handling = {"voice": {"talk_s": 10}, "chat": {"talk_s": 20}}
    volume = {"at_s": [0, 100, 200], "channel_of": ["chat", "voice", "chat"]}
    enquiry = {
        **reason(),
        "volume": volume,
        "handling": handling,
        "channels": {"voice": 1, "chat": 1},
    }
    trace = simulate(centre({"enquiry": enquiry}, {"front": 1}), 1, 0)
    assert rows(trace, "contacts", "arrival ended") == [(0, 20), (100, 110), (200, 220)]


@pytest.mark.parametrize(
    ("log", "told"),
    [
        ("time,class\n1999-01-03 08:00:00,gold\n", "is no priority class of the reason"),
        ("time,channel\n1999-01-03 08:00:00,fax\n", "is no channel of the reason"),
        ("time\n03.01.1999 08:00\n", 'is no time such as "2026-12-24 08:00:13"'),
        ("time\n1999-01-03T08:00:00+02:00\n", "Without a time zone"),
        ("time\n1999-02-03 08:00:00\n", "has no arrivals within the horizon"),
        ("when\n1999-01-03 08:00:00\n", 'lacks the column "time"'),
        ("time,reason\n1999-01-03 08:00:00,other\n", 'has no line with "service"'),
    ],
)
def test_a_log_that_cannot_be_used_is_refused(tmp_path: Path, log: str, told: str) -> None:
    with pytest.raises(ScenarioError, match=told):
        replayed(tmp_path, log)


def test_dates_in_a_log_need_a_first_date(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="nothing says which day of the horizon"):
        replayed(tmp_path, LOG, CENTRE.replace('first_date = "1999-01-03"\n', ""))


def test_each_customer_has_a_class_or_none_has(tmp_path: Path) -> None:
    changes: dict[str, Any] = {"reasons.service.volume.class_of": ["vip"]}
    with pytest.raises(ScenarioError, match="class_of has 1 entries, and at_s has 4"):
        with_changes(replayed(tmp_path), changes)


def test_a_policy_may_replay_another_log(tmp_path: Path) -> None:
    (tmp_path / "quiet.csv").write_text("time\n1999-01-04 10:00:00\n")
    change = '[policies.quiet.changes]\n"reasons.service.volume.records" = "quiet.csv"\n'
    scenario = replayed(tmp_path, LOG, CENTRE + change)
    under = with_changes(
        scenario, scenario.policies["quiet"].changes, scenario.policies["quiet"].remove
    )
    assert under.reasons["service"].volume.at_s == (DAY + 10 * 3600.0,)
    assert under.reasons["service"].volume.class_of == ()


def test_a_policy_may_replace_the_log_by_counts(tmp_path: Path) -> None:
    (tmp_path / "counts.csv").write_text(
        "date,start,count\n1999-01-03,08:00,4\n1999-01-03,08:30,4\n"
    )
    change = '[policies.drawn.changes]\n"reasons.service.volume.csv" = "counts.csv"\n'
    scenario = replayed(tmp_path, LOG, CENTRE + change)
    policy = scenario.policies["drawn"]
    volume = with_changes(scenario, policy.changes, policy.remove).reasons["service"].volume
    assert (volume.at_s, volume.counts, volume.class_of) == (None, {"1999-01-03": (4, 4)}, ())
