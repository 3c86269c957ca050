from pathlib import Path

import numpy as np
import pytest

from scenarios.records.contacts import Contacts, Outcome
from scenarios.records.intervals import Intervals
from scenarios.records.mapping import load_mapping, shipped
from scenarios.records.read import Records, open_records, read_records
from scenarios.records.tickets import Tickets
from tests.support import record_samples as samples


def read(folder: Path, text: str, name: str = "export.csv") -> Records:
    return read_records([samples.written(folder, text, name)])


def intervals(folder: Path, text: str) -> Intervals:
    made = read(folder, text)
    assert isinstance(made, Intervals)
    return made


def contacts(folder: Path, text: str, name: str = "export.csv") -> Contacts:
    made = read(folder, text, name)
    assert isinstance(made, Contacts)
    return made


def tickets(folder: Path, text: str) -> Tickets:
    made = read(folder, text)
    assert isinstance(made, Tickets)
    return made


def said(records: Records) -> str:
    return "\n".join(f"{one.what} {one.rows} {one.done}" for one in records.report.findings)


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        (samples.AVAYA_HSPLIT, "Avaya CMS hsplit"),
        (samples.AVAYA_SKILLS, "Avaya skill summary"),
        (samples.GENESYS_INTERVALS, "Genesys Cloud intervals"),
        (samples.GENESYS_AGENTS, "Genesys Cloud agent productivity"),
        (samples.GENESYS_API, "Genesys API names"),
        (samples.FIVE9, "Five9"),
        (samples.NICE, "NICE inContact"),
        (samples.WFM, "Generic WFM"),
        (samples.EMERGENCY, "911 answer bands"),
        (samples.QUEUE_LOG, "Asterisk queue_log"),
        (samples.PORTUGUESE, "Portuguese PBX list"),
        (samples.BANK, "Anonymous bank"),
        (samples.ZENDESK, "Zendesk tickets"),
        (samples.SERVICENOW, "ServiceNow incidents"),
    ],
)
def test_an_export_is_recognised_by_its_columns(text: str, layout: str, tmp_path: Path) -> None:
    with open_records([samples.written(tmp_path, text)]) as opened:
        assert opened.columns.layout == layout
    again = read_records([samples.written(tmp_path, text)])
    assert again.report.layout == layout


def test_sums_of_a_split_table_become_means_and_agents(tmp_path: Path) -> None:
    made = intervals(tmp_path, samples.AVAYA_HSPLIT)
    assert [str(each) for each in made.start.astype("datetime64[m]")] == [
        "2026-01-05T00:00",
        "2026-01-05T08:00",
        "2026-01-05T08:00",
        "2026-01-05T08:30",
        "2026-01-05T15:30",
        "2026-01-06T08:00",
    ]
    eight = (made.start == np.datetime64("2026-01-05T08:00")) & (made.queue == 0)
    assert made.queue_names == ("12", "14")
    assert made.length_s[eight] == 1800
    assert made.aht_s[eight] == pytest.approx((7200 + 720 + 180) / 36)
    assert made.asa_s[eight] == pytest.approx(10.0)
    assert made.abandon_wait_s[eight] == pytest.approx(20.0)
    assert made.staffed[eight] == pytest.approx(10.0)
    assert made.service_level[eight] == pytest.approx(0.75)


def test_titles_totals_and_a_name_with_a_comma_do_not_spoil_a_summary(tmp_path: Path) -> None:
    made = intervals(tmp_path, samples.AVAYA_SKILLS)
    assert made.offered.tolist() == [100, 100, 100]
    assert made.length_s.tolist() == [86_400] * 3
    assert made.asa_s.tolist() == [20, 22, 21]
    assert made.aht_s.tolist() == [237, 237, 237]
    assert made.service_level == pytest.approx([0.805, 0.815, 0.814])
    assert set(made.service_level_s) == {30}
    text = said(made)
    assert "Lines stand before the line of column names. 3" in text
    assert "Total and summary lines stand among the rows. 1" in text
    assert "more cells than there are names" in text


def test_media_other_than_voice_and_unfinished_intervals_are_left_out_and_said(
    tmp_path: Path,
) -> None:
    made = intervals(tmp_path, samples.GENESYS_INTERVALS)
    assert made.offered.tolist() == [20, 30]
    assert made.aht_s.tolist() == [240, 250]
    assert made.asa_s.tolist() == [15, 18]
    assert made.service_level.tolist() == [0.8, 0.75]
    assert "other media than voice. 1" in said(made)
    assert "not complete. 1" in said(made)


def test_agents_times_add_up_to_staffing_and_their_names_stay_out(tmp_path: Path) -> None:
    made = intervals(tmp_path, samples.GENESYS_AGENTS)
    assert made.staffed.tolist() == [1.5, 1.0]
    assert made.away.tolist() == [0.5, 0.0]
    assert made.queue_names == ()
    assert "Jane" not in str(made) + said(made)


def test_times_in_utc_are_moved_to_the_centres_clock_across_its_change(tmp_path: Path) -> None:
    path = samples.written(tmp_path, samples.GENESYS_API)
    plain = read_records([path])
    assert isinstance(plain, Intervals)
    assert "The times are in UTC" in said(plain)
    mapping = samples.written(
        tmp_path, 'kind = "intervals"\ntime_zone = "Europe/Lisbon"\n', "mine.toml"
    )
    moved = read_records([path], load_mapping(mapping))
    assert isinstance(moved, Intervals)
    hours = [str(each)[11:16] for each in moved.start]
    # The clock is set forward on 29 March 2026.
    assert hours == ["08:00", "08:15", "09:00", "08:00"]
    nothing_came = moved.offered == 0
    assert np.isnan(moved.aht_s[nothing_came]).all()
    assert moved.service_level[0] == pytest.approx(0.917)


def test_a_twelve_hour_clock_has_its_noon_and_midnight(tmp_path: Path) -> None:
    made = intervals(tmp_path, samples.FIVE9)
    assert [str(each)[11:16] for each in made.start] == ["00:00", "09:00", "12:30"]
    assert made.aht_s.tolist() == [250, 320, 310]
    assert made.service_level.tolist() == [1.0, 0.84, 0.71]


def test_percent_signs_thousands_and_clock_lengths_are_read(tmp_path: Path) -> None:
    made = intervals(tmp_path, samples.NICE)
    assert made.offered.tolist() == [40, 1052]
    assert made.service_level.tolist() == [0.812, 0.71]
    assert made.aht_s.tolist() == [320, 310]
    assert str(made.start[0])[:10] == "2026-01-13"


def test_decimal_commas_semicolons_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    made = intervals(tmp_path, samples.WFM)
    assert made.required.tolist() == [4.5, 5.0, 5.0]
    assert made.aht_s.tolist() == [310.5, 290, 305]
    assert made.abandoned == pytest.approx([0.99, 1.0, 0.0])
    assert made.occupancy == pytest.approx([0.785, 0.81, 0.80])
    assert [str(each)[:10] for each in made.start] == ["2026-01-05", "2026-01-05", "2026-01-13"]


def test_answer_bands_of_two_queues_side_by_side_are_two_queues(tmp_path: Path) -> None:
    made = intervals(tmp_path, samples.EMERGENCY)
    assert made.queue_names == ("911", "ADM")
    assert made.within_s == (10, 15, 20, 40, 60, 120)
    first = made.queue == 0
    assert made.offered[first].tolist() == [26, 18, 16]
    assert made.answered[first].tolist() == [24, 17, 16]
    assert made.abandoned[first].tolist() == [2, 1, 0]
    assert made.within[first][0].tolist() == [20, 23, 24, 24, 24, 24]
    assert np.isnan(made.aht_s).all()
    assert [str(each)[11:13] for each in made.start[first]] == ["00", "01", "02"]


def test_a_log_of_queue_events_becomes_one_row_for_each_call(tmp_path: Path) -> None:
    made = contacts(tmp_path, samples.QUEUE_LOG, "queue_log")
    assert len(made) == 5
    assert made.wait_s.tolist() == [20, 60, 30, 300, 10]
    assert made.outcome.tolist() == [
        Outcome.ANSWERED,
        Outcome.ABANDONED,
        Outcome.ANSWERED,
        Outcome.OTHER,
        Outcome.ANSWERED,
    ]
    assert made.talk_s[0] == 120
    assert np.isnan(made.talk_s[2])
    assert made.talk_s[4] == 60
    assert made.transferred.tolist() == [False, False, False, False, True]
    assert made.queue_names == ("sales", "support")
    assert made.agent[0] == made.agent[4] != made.agent[2]
    assert made.customer[0] == made.customer[2] != made.customer[1]
    assert "nobody picked it up. 1" in said(made)
    assert "have no end" in said(made)


def test_legs_are_joined_copies_and_outbound_calls_left_out(tmp_path: Path) -> None:
    made = contacts(tmp_path, samples.PORTUGUESE)
    assert len(made) == 3
    assert made.report.rows_read == 6
    assert made.wait_s.tolist() == [20, 45, 10]
    assert made.talk_s[0] == 180, "the talk of both legs"
    assert made.outcome.tolist() == [Outcome.ANSWERED, Outcome.ABANDONED, Outcome.ANSWERED]
    assert made.queue_names + made.reason_names == ("Apoio", "Vendas")
    text = said(made)
    assert "calls that the centre made itself, or returned. 1" in text
    assert "copies of another row in every cell. 1" in text
    assert "a row for each leg" in text
    assert "351" not in text


def test_the_log_of_a_bank_is_read_with_its_habits(tmp_path: Path) -> None:
    made = contacts(tmp_path, samples.BANK)
    assert made.outcome.tolist() == [
        Outcome.ABANDONED,
        Outcome.MENU,
        Outcome.ANSWERED,
        Outcome.ANSWERED,
        Outcome.OTHER,
        Outcome.ANSWERED,
    ]
    waits = made.wait_s.tolist()
    assert waits[0] == 40
    assert np.isnan(waits[1])
    assert waits[2:] == [20, 0, 62, 120]
    assert made.talk_s[5] == 240, "the call runs past midnight"
    assert made.customer[0] == made.customer[3]
    assert made.customer[1] == -1
    assert made.agent[2] == made.agent[3] >= 0
    assert made.agent[0] == -1
    assert made.priority.tolist() == [2, 0, 1, 0, 0, 0]
    # One of those who asked for an agent hung up; of all unanswered rows it would be three.
    figure = made.report.figures[0]
    assert figure.before == pytest.approx(3 / 6)
    assert figure.after == pytest.approx(1 / 5)


def test_stations_and_reopens_of_tickets_are_hand_offs_and_reopenings(tmp_path: Path) -> None:
    made = tickets(tmp_path, samples.ZENDESK)
    assert made.reassigned.tolist() == [0, 2, 0]
    assert made.reopened.tolist() == [0, 2, 0]
    assert made.priority.tolist() == [3, 2, 1]
    assert np.isnat(made.solved[2])
    assert np.isnat(made.assigned[2])
    assert (made.first_reply - made.opened)[0] == np.timedelta64(30, "m")
    assert made.group_names == ("Tier 1", "Tier 2")
    assert "elapsed times" in said(made)
    assert "Smith" not in str(made)


def test_of_a_row_for_each_change_the_last_state_of_a_ticket_is_kept(tmp_path: Path) -> None:
    made = tickets(tmp_path, samples.SERVICENOW)
    assert len(made) == 2
    assert [made.status_names[code] for code in made.status] == ["Closed", "Active"]
    assert made.reassigned.tolist() == [1, 0]
    assert str(made.solved[0])[:16] == "2016-02-29T11:29"
    assert np.isnat(made.solved[1])
    assert made.priority.tolist() == [3, 1]
    assert made.reason_names == ("Category 55",)
    assert made.reason.tolist() == [0, -1]
    assert "a row for each change. 2" in said(made)


def test_every_shipped_mapping_is_one_that_a_user_might_write() -> None:
    for name in shipped():
        assert load_mapping(name) == shipped()[name]
    assert {"avaya-cms-hsplit", "five9", "zendesk", "asterisk-queue-log"} <= set(shipped())


def test_a_mapping_file_is_written_that_reads_the_same(tmp_path: Path) -> None:
    for text in (samples.GENESYS_INTERVALS, samples.BANK, samples.EMERGENCY, samples.ZENDESK):
        path = samples.written(tmp_path, text)
        with open_records([path]) as opened:
            own = samples.written(tmp_path, opened.columns.toml(), "own.toml")
        first, second = read_records([path]), read_records([path], load_mapping(own))
        for name, column in first.arrays().items():
            np.testing.assert_array_equal(column, second.arrays()[name], err_msg=name)
