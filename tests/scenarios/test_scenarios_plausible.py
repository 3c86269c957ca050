"""Figures that are allowed, and that nobody has ever seen in a centre, are told as doubts."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from scenarios import ScenarioError, load, load_text, warnings, with_changes
from tests.support.scenario_texts import SMALLEST, shop

TALK = "reasons.order.handling.voice.talk_s"


class Odd(NamedTuple):
    """Changes to the shop that bring a warning, words of the doubt, and a neighbour that is not."""

    changes: dict[str, Any]
    words: str
    fine: dict[str, Any]


def ask_colleague(**more: Any) -> dict[str, Any]:
    step = {"step": "ask_colleague", "time_s": 60, **more}
    return {"escalation.beyond_knowledge": {"steps": [step]}}


WIDE = {"distribution": "lognormal", "median": 100}

ODD = {
    "a talk of thirty hours": Odd({TALK: 108_000}, "is 30 hours on average", {TALK: 14_400}),
    "a talk of thirty hours on average": Odd(
        {TALK: {"distribution": "exponential", "mean": 108_000}},
        "is 30 hours on average",
        {TALK: {"distribution": "exponential", "mean": 3_600}},
    ),
    "a colleague who helps for a day": Odd(
        ask_colleague(time_s=86_400), "is 24 hours on average", ask_colleague(time_s=600)
    ),
    "retelling for a day": Odd(
        {"waiting.retell_s": 86_400}, "is 24 hours on average", {"waiting.retell_s": 60}
    ),
    "busy days with a cv of 50": Odd({"busyness_cv": 50}, "50 times the mean", {"busyness_cv": 1}),
    "a talk with a cv of 50": Odd(
        {TALK: {"distribution": "gamma", "mean": 200, "cv": 50}},
        "50 times the mean",
        {TALK: {"distribution": "gamma", "mean": 200, "cv": 2}},
    ),
    "agents with a cv of 50": Odd(
        {"groups.specialists.speed_cv": 50}, "50 times the mean", {"groups.specialists.speed_cv": 1}
    ),
    "a sigma of 20": Odd(
        {TALK: {**WIDE, "sigma": 20}}, "46 times the median", {TALK: {**WIDE, "sigma": 2}}
    ),
    "one in ten a thousand times as long": Odd(
        {TALK: {**WIDE, "p90": 100_000}}, "46 times the median", {TALK: {**WIDE, "p90": 900}}
    ),
    "a shape of a fiftieth": Odd(
        {TALK: {"distribution": "weibull", "shape": 0.02, "scale": 1}},
        "nearly all values are close to 0",
        {TALK: {"distribution": "weibull", "shape": 0.7, "scale": 200}},
    ),
    "a knowledge of 40": Odd(
        {"groups.specialists.knowledge": 40},
        "is a shift that leaves nothing to chance",
        {"groups.specialists.knowledge": 4},
    ),
    "a colleague who adds 40": Odd(
        ask_colleague(knowledge=40), "on the logit scale", ask_colleague(knowledge=1)
    ),
    "a knowledge base that takes away 40": Odd(
        {"groups.specialists.knowledge_base": {"knowledge": -40}},
        "on the logit scale",
        {"groups.specialists.knowledge_base": {"knowledge": 0.5}},
    ),
    "an empathy of 40": Odd(
        {"groups.specialists.empathy": 40},
        "standard deviations",
        {"groups.specialists.empathy": 2},
    ),
    "a thousand contacts of one case": Odd(
        {"repeat": {"probability": 0.1, "max_contacts": 1_000}},
        "more than any centre has",
        {"repeat": {"probability": 0.1, "max_contacts": 10}},
    ),
    "a thousand tries in a row": Odd(
        {"redial": {"after_abandoning": 0.1, "max_tries": 1_000}},
        "more than any centre has",
        {"redial": {"after_abandoning": 0.1, "max_tries": 20}},
    ),
    "fifty chats at once": Odd(
        {"groups.specialists.chats_at_once": 50},
        "more than any centre has",
        {"groups.specialists.chats_at_once": 5},
    ),
    "an outage that brings two thousand times as many": Odd(
        {"incidents.x": {"day": 1, "start": "09:00", "minutes": 1, "multiplier": 2_000}},
        "more than any centre has",
        {"incidents.x": {"day": 1, "start": "09:00", "minutes": 1, "multiplier": 20}},
    ),
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_a_figure_that_nobody_has_ever_seen_is_a_doubt(odd: Odd) -> None:
    (key,) = odd.changes
    told = warnings(with_changes(shop(), odd.changes))
    assert any(odd.words in p.rule and p.key.startswith(key) for p in told), told
    neighbour = warnings(with_changes(shop(), odd.fine))
    assert not any(odd.words in problem.rule for problem in neighbour)


def test_who_knows_a_hundred_can_solve_everything_and_that_is_taken_as_said() -> None:
    assert warnings(with_changes(shop(), {"groups.specialists.knowledge": 100})) == ()


TIERS = """
[reasons.call]
volume.per_day = 200
groups = ["one"]
solve = 0.6
handling.voice.talk_s = 300
[groups.one]
heads = 2
beyond_knowledge = "up"
[groups.two]
tier = 2
heads = 1
knowledge = 100
[escalation.up]
steps = [{ step = "cold_transfer", group = "two" }]
"""


def test_a_second_tier_that_solves_everything_leaves_no_doubt() -> None:
    assert warnings(load_text(TIERS)) == ()
    promised = TIERS.replace('"cold_transfer", ', '"promise_callback", due_h = 8, ')
    assert warnings(load_text(promised)) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"groups.two.knowledge": 3},
        {"groups.two.knowledge_sd": 30},
        {"reasons.call.solve": 0.0},
    ],
    ids=["knows a little more", "some know nothing", "nobody can solve it"],
)
def test_a_second_tier_that_does_not_is_one(change: dict[str, Any]) -> None:
    told = warnings(with_changes(load_text(TIERS), change))
    assert any('leaves cases of "call" unresolved' in problem.rule for problem in told)


def sparse(tmp_path: Path, lines: str, more: str = "") -> list[str]:
    (tmp_path / "a.csv").write_text(f"weekday,start,count\n{lines}", encoding="utf-8")
    text = SMALLEST.replace("volume.per_day = 100", 'volume = { csv = "a.csv", interval_min = 30 }')
    path = tmp_path / "sparse.toml"
    path.write_text(f"{more}\n[horizon]\ndays = 7\n{text}", encoding="utf-8")
    return [f"{problem.key} {problem.rule}" for problem in warnings(load(path))]


def test_days_that_a_volume_file_leaves_out_are_told_where_agents_are_on_duty(
    tmp_path: Path,
) -> None:
    lines = "monday,08:00,20\nmonday,08:30,24\ntuesday,08:00,18\n"
    (told,) = sparse(tmp_path, lines)
    assert told == (
        "reasons.enquiry.volume has no counts for wednesday, thursday, friday, saturday and "
        "sunday, when agents who take them are on duty"
    )


def test_days_without_counts_are_no_doubt_when_they_are_said_or_closed(tmp_path: Path) -> None:
    two, rest = "monday,08:00,20\ntuesday,08:00,18\n", "every_day,08:00,1\n"
    assert sparse(tmp_path, two + rest) == []
    days = ("wednesday", "thursday", "friday", "saturday", "sunday")
    zeros = "".join(f"{day},08:00,0\n" for day in days)
    assert sparse(tmp_path, two + zeros) == []
    closed = ", ".join(f'{day} = "closed"' for day in days)
    assert sparse(tmp_path, two, f"opening.days = {{ {closed} }}") == []


@pytest.mark.parametrize("waves", [2, 6])
def test_a_break_has_no_more_waves_than_there_are_agents(waves: int) -> None:
    # Two agents leave at 10:00 and at 10:30, however many waves might follow.
    pause = {"at": "10:00", "minutes": 30, "waves": waves}
    shift = {"start": "09:00", "end": "11:00", "heads": 2, "breaks": [pause]}
    night = {"groups.night": {"shifts": {"day": shift}}}
    assert with_changes(load_text(SMALLEST), night)
    three = {"groups.night": {"shifts": {"day": {**shift, "heads": 3}}}}
    if waves > 2:
        with pytest.raises(ScenarioError, match="30 minutes in 3 waves"):
            with_changes(load_text(SMALLEST), three)
