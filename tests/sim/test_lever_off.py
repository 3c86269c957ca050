"""A lever that is left out changes nothing: the traces are those of the plain model."""

import pytest

from scenarios import Scenario, load, load_text, with_changes
from sim import simulate
from sim.trace.trace import OF_LEVERS
from tests.support.busy_centre import BUSY, digest

COLUMNS = {
    "contacts": "contact case attempt kind reason channel arrival queued answered ended outcome "
    "ending help false_resolution group agent legs transfers escalated talk_s hold_s wrap_up_s "
    "told_s offered_callback acknowledged",
    "legs": "contact case leg reason channel group agent queued answered ended talk_s hold_s "
    "wrap_up_s ending trigger retold",
    "decisions": "contact case kind money limit group agent asker_group asked started decided "
    "approved paid",
    "promises": "case contact kind made due done kept group",
    "cases": "case reason began ended state attempts contacts_answered money paid asked_boss",
    "spans": "agent state start end",
    "shifts": "agent start end",
}
"""The columns that the plain model has."""

DIGESTS = {
    "textbook": {
        "contacts": "0979f6c3ee80fe28",
        "legs": "ed0ddac372dbb72f",
        "decisions": "e4a6a0577479b2b4",
        "promises": "e4a6a0577479b2b4",
        "cases": "70987be7b5ba8714",
        "spans": "730fb2bf5f8c42a4",
        "shifts": "22e9983cabeb98bd",
    },
    "busy": {
        "contacts": "c3246052b464cf33",
        "legs": "6a47b3b9fe778da5",
        "decisions": "e783a3698fa9698e",
        "promises": "ca82ed2e9475d11a",
        "cases": "2fb57be10439c84b",
        "spans": "f3c67880f429c8fb",
        "shifts": "fc35c1993a7f44df",
    },
    "busy day and night": {
        "contacts": "4965e5d0d229e5ea",
        "legs": "3bce2e6c74c6c028",
        "decisions": "a0e70fa20cfabdd2",
        "promises": "3bb893367f3d65e4",
        "cases": "8a5fb9c8c79b3d58",
        "spans": "f59a63b1329d2c45",
        "shifts": "e76f139ef416dad5",
    },
}
"""Taken when quantiles became the same on every machine and draws of a service were keyed by the
answered contacts before it. Those with callback offers and approvals again when the expected wait
came to know the order of service, a refusal became a mark of the case, customers never served
redial, and writing needed no retelling. The textbook's are those of the plain model."""


def scenario_named(name: str) -> Scenario:
    if name == "busy":
        return load_text(BUSY)
    if name == "busy day and night":
        hours = BUSY[BUSY.index("[opening]") : BUSY.index("[voice_menu]")]
        return load_text(BUSY.replace(hours, ""))
    smaller = {"reasons.enquiry.volume.per_day": 6912, "groups.agents.heads": 5}
    return with_changes(load("textbook"), smaller)


@pytest.mark.parametrize("name", DIGESTS)
def test_without_levers_everything_happens_as_in_the_plain_model(name: str) -> None:
    trace = simulate(scenario_named(name), 1, 0)
    told = {
        table: digest(getattr(trace, table), tuple(columns.split()))
        for table, columns in COLUMNS.items()
    }
    assert told == DIGESTS[name]
    assert not set(OF_LEVERS) & set(trace.tables())
