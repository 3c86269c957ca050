"""Random small centres: one or two days, a few hundred contacts, every section on or off."""

from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from scenarios.checks.validate import examined
from scenarios.schema import Scenario

Section = dict[str, Any]
SHARE = st.sampled_from([0.0, 0.1, 0.3, 0.7, 1.0])
FRONT, EXPERTS, BOSS, HEAD = "front", "experts", "boss", "head"
NAMES = (FRONT, EXPERTS, BOSS, HEAD)


def _maybe(section: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A section, or nothing."""
    return st.none() | section


def _with(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[Section]:
    """A section with these keys, those that turn out as nothing left out."""
    made = st.fixed_dictionaries(keys)
    return made.map(lambda section: {k: v for k, v in section.items() if v is not None})


def _times(most: float) -> st.SearchStrategy[Any]:
    """A length of time: constant, so that things happen immediately, or spread."""
    mean = st.floats(1.0, most).map(round)
    return mean | mean.map(lambda m: {"distribution": "exponential", "mean": float(max(m, 1))})


def _rosters() -> st.SearchStrategy[Section]:
    heads = st.integers(1, 4)
    pause = {"at": "10:00", "minutes": 20, "waves": 2}
    shifts = st.tuples(heads, heads, st.booleans()).map(
        lambda drawn: {
            "shifts": {
                "early": {"start": "08:00", "end": "11:00", "heads": drawn[0], "breaks": [pause]},
                "late": {"start": "09:30", "end": "13:00", "heads": drawn[1]},
                **({"night": {"start": "22:00", "end": "04:00", "heads": 1}} if drawn[2] else {}),
            }
        }
    )
    by_interval = st.lists(st.integers(0, 4), min_size=2, max_size=6).map(
        lambda numbers: {
            "heads_by_interval": {
                "interval_min": 60,
                "start": "08:00",
                "heads": {"every_day": [max(numbers[0], 1), *numbers[1:]]},
            }
        }
    )
    return heads.map(lambda number: {"heads": number}) | shifts | by_interval | _persons()


def _persons() -> st.SearchStrategy[Section]:
    """Two to four agents with windows of their own; the first takes whatever the group takes."""
    windows = st.sampled_from(
        [["08:00-12:00"], ["08:30:30-10:00", "10:20-13:00"], ["09:00-11:00", "22:00-03:00"], []]
    )
    person = _with(
        skills=_maybe(st.just(["reason_0"])),
        talk_factor=_maybe(st.sampled_from([0.6, 1.3])),
        wrap_up_factor=_maybe(st.sampled_from([0.0, 2.0])),
        cut_off_factor=_maybe(st.sampled_from([0.0, 3.0])),
        windows=windows.map(lambda spans: {"every_day": spans}),
    )
    first = {"windows": {"every_day": ["08:00-13:00"]}}
    return st.lists(person, min_size=1, max_size=3).map(
        lambda people: {
            "persons": {"by_name": {f"p{k}": one for k, one in enumerate([first, *people])}}
        }
    )


def _times_away() -> st.SearchStrategy[Section]:
    return _with(
        share=st.sampled_from([0.6, 0.9, 1.0]),
        away_min=_maybe(st.sampled_from([2, {"distribution": "exponential", "mean": 8}])),
        called_back=_maybe(st.sampled_from([0.5, 1.0])),
        back_after_s=_maybe(st.sampled_from([0, 20])),
        always_there=_maybe(st.sampled_from([0, 1, 2.5])),
    )


def _groups(position: int) -> st.SearchStrategy[Section]:
    more = _with(
        tier=st.just(1 + position),
        authority=_maybe(st.just("little")) if position < 2 else st.just("some"),
        approver=st.just(HEAD if position == 2 else None),
        generosity=_maybe(st.just({"mean": 0.9, "cv": 0.3})),
        talk_factor=_maybe(st.sampled_from([0.5, 1.5])),
        wrap_up_factor=_maybe(st.sampled_from([0.0, 2.0])),
        knowledge=st.just(float(position)),
        knowledge_sd=_maybe(st.just(0.5)),
        speed_cv=_maybe(st.just(0.2)),
        chats_at_once=st.integers(1, 3),
        chat_slowdown=_maybe(st.just(0.4)),
        absence=_maybe(st.just(0.1)),
        availability=_maybe(_times_away()),
        early_log_off=_maybe(st.just({"share": 0.5, "minutes": 25})),
        cut_off=_maybe(st.sampled_from([{"share": 0.4}, {"share": 0.2, "after_s": 0}])),
        meetings_min_per_day=_maybe(st.just(15)),
        training_min_per_day=_maybe(st.just(10)),
        own_work=_maybe(st.just({"hours_per_day": 1.0})),
        serves_first=_maybe(st.just(["reason_0"])),
    )
    return st.tuples(_rosters(), more).map(lambda parts: _staffed(*parts))


def _staffed(roster: Section, more: Section) -> Section:
    """A group on its roster; numbers on duty have no minutes of persons."""
    if "heads_by_interval" in roster:
        more = {
            key: more[key]
            for key in more
            if not key.endswith("_min_per_day") and key != "early_log_off"
        }
    return {**roster, **more}


_CLOCKS = st.sampled_from(["opening", "calendar"])


def _steps() -> st.SearchStrategy[Section]:
    group = st.sampled_from([EXPERTS, BOSS])
    timeout = _maybe(st.sampled_from([0, 20, 300]))
    at_timeout = st.sampled_from(["next_step", "back_to_queue", "cut_off"])
    chance = st.sampled_from([0.3, 0.8, 1.0])
    later: Section = {
        "due_h": st.sampled_from([0.2, 1.0, 8.0]),
        "due_clock": _CLOCKS,
        "urgent_before_min": st.sampled_from([0, 10, 60]),
        "approver": _maybe(st.just(BOSS)),
        "decision_s": _times(60),
        "approval": SHARE,
        "group": _maybe(group),
        "chance": chance,
    }
    pending = _maybe(st.just({"share": 0.5, "hours": 0.3, "again": 0.3}))
    return st.one_of(
        _with(
            step=st.just("ask_colleague"),
            group=_maybe(group),
            time_s=_times(90),
            knowledge=st.sampled_from([0.0, 2.0]),
            timeout_s=timeout,
            chance=chance,
        ),
        _with(
            step=st.just("ask_approver"),
            group=st.just(BOSS),
            decision_s=_times(90),
            approval=SHARE,
            approval_falls_per_100=st.sampled_from([0.0, 0.3]),
            timeout_s=timeout,
            chance=chance,
        ),
        _with(
            step=st.just("warm_transfer"),
            group=group,
            conference_s=_times(30),
            timeout_s=timeout,
            at_timeout=at_timeout,
            chance=chance,
        ),
        _with(
            step=st.just("cold_transfer"),
            group=group,
            or_groups=st.sampled_from([[], [], [HEAD]]),
            timeout_s=timeout,
            at_timeout=at_timeout,
            chance=chance,
        ),
        _with(
            step=st.just("promise_callback"),
            preparation_s=_times(60),
            prepared_by=st.sampled_from([None, BOSS]),
            pending=pending,
            **later,
        ),
        _with(step=st.just("ticket"), work_s=_times(400), pending=pending, **later),
        _with(step=st.just("decline"), contacts_from=st.sampled_from([1, 2])),
    )


def _paths() -> st.SearchStrategy[Section]:
    return st.lists(_steps(), min_size=1, max_size=3).map(lambda steps: {"steps": steps})


def _redials() -> st.SearchStrategy[Section]:
    return _with(
        after_abandoning=SHARE,
        after_blocked=SHARE,
        after_closed=SHARE,
        after_unreached=_maybe(SHARE),
        delay_min=_times(60),
        patience_kept=st.booleans(),
        max_tries=st.integers(1, 4),
        after_lost_in_transfer=_maybe(SHARE),
        by_try=st.sampled_from([[1.0], [1.0, 0.5]]),
    )


def _repeats() -> st.SearchStrategy[Section]:
    broken = _with(probability=SHARE, delay_min=_times(60))
    return _with(
        probability=SHARE,
        delay_min=_times(120),
        after_broken_promise=_maybe(broken),
        after_cut_off=_maybe(broken),
        max_contacts=st.integers(1, 5),
        talk_factor=st.sampled_from([1.0, 1.3]),
        patience_factor=st.sampled_from([1.0, 0.5]),
    )


def _volumes() -> st.SearchStrategy[Section]:
    at_s = st.lists(st.integers(8 * 3600, 11 * 3600), min_size=5, max_size=60).map(sorted)
    return st.integers(10, 120).map(lambda number: {"per_day": number}) | at_s.map(
        lambda times: {"at_s": times}
    )


def _reasons() -> st.SearchStrategy[Section]:
    channels = st.dictionaries(
        st.sampled_from(["voice", "chat", "email", "text"]),
        st.sampled_from([1.0, 3.0]),
        min_size=1,
        max_size=3,
    )
    handling = _with(talk_s=_times(400), wrap_up_s=_times(60) | st.just(0))
    stage = st.sampled_from([[FRONT], [EXPERTS], [FRONT, EXPERTS]])
    rules = st.sampled_from(
        [
            {"after_s": 45},
            {"when_waiting_over": 1},
            {"when_longest_over_s": 30, "reserve": 1},
            {"when_waiting_over": 2, "when_longest_over_s": 60, "after_s": 20},
        ]
    )
    limits = st.sampled_from(
        [
            {"after_s": 60, "then": "group", "group": EXPERTS},
            {"after_s": 120, "then": "voicemail", "due_h": 1.0},
            {"after_s": 120, "then": "closed_message"},
        ]
    )
    caps = st.sampled_from(
        [
            {"max_waiting": 1, "then": "busy"},
            {"max_waiting": 2, "then": "group", "group": EXPERTS},
            {"max_waiting": 0, "then": "voicemail", "due_h": 1.0, "called_back": False},
            {"max_waiting": 3, "then": "closed_message"},
        ]
    )
    messages = st.sampled_from(
        [
            {"leaves_message": 0.5, "due_h": 2.0},
            {"leaves_message": 1.0, "group": EXPERTS, "called_back": False},
        ]
    )
    bots = st.just({"settles": 0.2, "leaves": 0.1, "time_s": 30, "talk_factor": 0.8})
    remedy = _with(
        needed=st.sampled_from([0.5, 1.0]),
        kinds=st.sampled_from([{"refund": 1.0}, {"refund": 1.0, "goodwill": 1.0}]),
        money=_times(200),
    )
    patience = st.fixed_dictionaries({"voice": _times(300), "chat": _times(300)})
    return _with(
        volume=_volumes(),
        channels=channels,
        handling=st.fixed_dictionaries(dict.fromkeys(("voice", "chat", "email", "text"), handling)),
        groups=st.tuples(stage, st.sampled_from([0, 0, 1]), _maybe(stage), rules).map(
            lambda drawn: [
                {"groups": drawn[0], "reserve": drawn[1]},
                *([{"groups": drawn[2], **drawn[3]}] if drawn[2] else []),
            ]
        ),
        priority=st.sampled_from([0.0, 20.0]),
        points_per_s=_maybe(st.sampled_from([0.5, 1.0])),
        priority_classes=_maybe(
            st.just({"key": {"share": 0.2, "priority": 50.0, "patience_s": 90}})
        ),
        patience_s=_maybe(patience),
        patience_factor=st.sampled_from([1.0, 1.0, 0.5]),
        self_service=st.sampled_from([0.0, 0.3]),
        hangs_up_in_menu=st.sampled_from([0.0, 0.1]),
        solve=st.sampled_from([1.0, 0.7, 0.2]),
        difficulty_drawn=st.sampled_from(["per_case", "per_contact"]),
        false_resolution=SHARE,
        remedy=st.one_of(st.none(), remedy, remedy),
        demands_boss=st.sampled_from([0.0, 0.0, 0.3]),
        then=st.sampled_from([None, None, "reception"]),
        waiting_limit=_maybe(limits),
        queue_limit=_maybe(caps),
        after_hours=_maybe(messages),
        menu_time_s=st.sampled_from([None, None, 12]),
        chat_bot=_maybe(bots),
        priority_step=_maybe(st.just({"after_s": 45, "points": 30.0})),
        further_business=_maybe(_with(probability=st.just(0.4), delay_min=_times(60))),
        redial=_maybe(_redials()),
        repeat=_maybe(_repeats()),
        busyness_cv=st.sampled_from([0.0, 0.3]),
    )


def _openings() -> st.SearchStrategy[Section]:
    return _with(
        hours=st.sampled_from(["00:00-24:00", "08:00-12:00"]),
        days=_maybe(st.just({"tuesday": "09:00-11:00"})),
        at_closing=st.sampled_from(["serve_out", "cut_off", "offer_callback"]),
        after_opening_min=_maybe(st.sampled_from([0.0, 20.0, 600.0])),
        tries_closed=_maybe(st.sampled_from([0.0, 0.4, 1.0])),
    )


def _announcements() -> st.SearchStrategy[Section]:
    return _with(
        announce=st.sampled_from(["comfort", "expected_wait"]),
        channels=st.just(["voice", "chat"]),
        patience_factor=st.sampled_from([1.0, 1.5]),
        told_above_s=st.sampled_from([0.0, 60.0]),
        told_factor=st.sampled_from([1.0, 0.5]),
        balk=SHARE,
        hazard_growth_per_min=st.sampled_from([0.0, 0.5]),
        talk_growth_s_per_min=st.sampled_from([0.0, 21.0]),
    )


def _offers() -> st.SearchStrategy[Section]:
    return _with(
        when_wait_over_s=st.sampled_from([0.0, 200.0]),
        when_waiting_over=st.sampled_from([None, 0, 2]),
        accept=SHARE,
        place=st.sampled_from(["kept", "window"]),
        window_after_min=st.sampled_from([0.0, 20.0]),
        window_min=st.sampled_from([5.0, 60.0]),
        window_clock=_CLOCKS,
        per_window=st.sampled_from([None, None, 1, 3]),
        when_full=st.sampled_from(["next_window", "not_offered"]),
        reserve=st.booleans(),
        priority_bonus=st.sampled_from([-10.0, 0.0, 10.0]),
        answer=SHARE,
        tries=st.integers(1, 3),
        retry_after_min=st.sampled_from([1.0, 15.0]),
        ring_s=st.sampled_from([0.0, 20.0]),
    )


def _waitings() -> st.SearchStrategy[Section]:
    return _with(
        points_per_s=st.sampled_from([0.0, 1.0]),
        returning_bonus=st.sampled_from([0.0, 30.0]),
        transferred_bonus=st.sampled_from([0.0, 30.0]),
        transfer_patience=st.sampled_from(["whole", "whole", "left", "anew"]),
        estimate=st.sampled_from(["queue_length", "last_wait"]),
        hold_patience_s=_maybe(_times(120)),
        retell_s=st.sampled_from([0.0, 20.0]),
    )


def _routings() -> st.SearchStrategy[Section]:
    rules = ["longest_idle", "best_skill", "least_authority", "fastest", "highest_resolution"]
    return _with(
        agent_choice=st.sampled_from([*rules, "random"]),
        contact_choice=st.sampled_from(["highest_score", "longest_waiting"]),
    )


def _outbound() -> st.SearchStrategy[Section]:
    modes = st.sampled_from(
        [
            {"mode": "preview", "preview_s": 15},
            {"mode": "progressive", "pace": 1.0},
            {"mode": "progressive", "pace": 2.5, "abandoned_at_most": 0.1},
        ]
    )
    section = _with(
        groups=st.sampled_from([[FRONT], [FRONT, EXPERTS]]),
        records_per_day=st.sampled_from([3, 60]),
        records_at_start=st.sampled_from([0, 40]),
        hours=st.sampled_from([None, "09:00-11:30"]),
        reserve=st.sampled_from([0, 0, 1]),
        contact_rate=SHARE,
        contact_rate_by_time=st.sampled_from(
            [[], [{"start": "10:00", "end": "11:00", "contact_rate": 0.9}]]
        ),
        right_party=SHARE,
        ring_s=_times(30),
        talk_s=_times(200),
        wrong_party_s=st.sampled_from([0, 30]),
        wrap_up_s=_times(60) | st.just(0),
        tries=st.integers(1, 3),
        retry_after_min=st.sampled_from([5, 40]),
    )
    return st.tuples(section, modes).map(lambda parts: {"buyers": {**parts[0], **parts[1]}})


AUTHORITY = {
    "little": {"limit": 20.0, "never": ["goodwill"]},
    "some": {"limit": 100.0},
    "all": {"limit": float("inf")},
}


def _written(parts: Section) -> Section:
    """The drawn sections as they are written in a scenario."""
    written = {name: section for name, section in parts.items() if section is not None}
    written["reasons"] = {f"reason_{k}": reason for k, reason in enumerate(parts["reasons"])}
    written["groups"][HEAD]["authority"] = "all"
    return written


def _works(written: Section) -> Scenario:
    scenario, problems = examined(written)
    assume(scenario is not None and not problems)
    assert scenario is not None
    return scenario


@st.composite
def _one_of(draw: st.DrawFn, strategy: Any) -> Section:
    """One such section; Hypothesis names it shortly, where it says why a centre was left out."""
    section: Section = draw(strategy())
    return section


_SECTIONS = st.fixed_dictionaries(
    {
        "horizon": st.integers(1, 2).map(lambda days: {"days": days}),
        "opening": _openings(),
        "reasons": st.lists(_one_of(_reasons), min_size=1, max_size=3),
        "groups": st.fixed_dictionaries(
            {name: _groups(position) for position, name in enumerate(NAMES)}
        ),
        "authority": st.just(AUTHORITY),
        "escalation": st.fixed_dictionaries(
            dict.fromkeys(
                ("beyond_authority", "beyond_knowledge", "on_demand", "reception"),
                _one_of(_paths),
            )
        ),
        "ownership": st.sampled_from(["anyone", "agent"]),
        "boss": st.sampled_from([{"after_asking": 0.0}, {"after_asking": 0.5}]),
        "busyness_cv": st.sampled_from([0.0, 0.3]),
        "busyness_by_half_hour_cv": st.sampled_from([0.0, 0.0, 0.2]),
        "waiting": _waitings(),
        "routing": _routings(),
        "voice_menu": _maybe(_with(time_s=_times(40))),
        "redial": _maybe(_redials()),
        "repeat": _maybe(_repeats()),
        "acknowledgement": _maybe(_announcements()),
        "callback_offer": _maybe(_offers()),
        "channels": st.sampled_from(
            [
                {},
                {
                    "voice": {"lines": 3},
                    "chat": {"lines": 5, "opening": {"hours": "08:00-10:00"}},
                },
                {"email": {"interrupted": False}, "text": {"at_shift_end": "put_aside"}},
                {"email": {"at_shift_end": "put_aside"}, "text": {"interrupted": False}},
                {
                    "email": {"at_shift_end": "hand_over", "hand_over_s": 40},
                    "text": {"at_shift_end": "put_aside"},
                },
            ]
        ),
        "times_of_day": st.sampled_from(
            [{}, {"noon": {"start": "09:30", "end": "11:00", "talk_factor": 1.4}}]
        ),
        "outbound": _maybe(_outbound()),
        "outages": st.sampled_from(
            [
                {},
                {"fault": {"day": 1, "start": "09:10", "minutes": 25}},
                {"drill": {"day": 1, "start": "10:00", "minutes": 10, "groups": [FRONT]}},
            ]
        ),
        "incidents": st.sampled_from(
            [{}, {"outage": {"day": 1, "start": "09:00", "minutes": 40, "multiplier": 4.0}}]
        ),
    }
)


def scenarios() -> st.SearchStrategy[Scenario]:
    """Centres that work, with all sections that a scenario can have, each on or off."""
    return _SECTIONS.map(_written).map(_works)
