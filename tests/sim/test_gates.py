"""Groups that help out while many wait, and agents kept free: worked out by hand."""

from typing import Any

from tests.support.timed_centres import HOUR, played, reason, rows

SHOWN = "reason arrival answered group"


def helped(rule: dict[str, Any], *at_s: float, **more: Any) -> list[Any]:
    """Calls of 100 s for one agent, helped out by another under a rule."""
    groups = ["front", {"group": "back_up", **rule}]
    reasons = {"call": reason(*at_s, talk_s=100, groups=groups), **more.pop("reasons", {})}
    return rows(played(reasons, {"front": 1, "back_up": 1}, **more), "contacts", SHOWN)


def test_another_group_takes_the_first_in_line_while_more_than_one_waits() -> None:
    assert helped({"when_waiting_over": 1}, 0, 10, 20, 30, 40) == [
        ("call", 0, 0, "front"),
        ("call", 10, 20, "back_up"),  # the second to wait comes at 20 s
        ("call", 20, 100, "front"),
        ("call", 30, 120, "back_up"),  # two wait when the helper is free again
        ("call", 40, 200, "front"),
    ]


def test_a_helper_who_is_free_again_leaves_a_single_customer_to_the_others() -> None:
    assert helped({"when_waiting_over": 1}, 0, 10, 20, 30)[3] == ("call", 30, 200, "front")


def test_a_group_that_helps_whenever_somebody_waits_comes_at_once() -> None:
    assert helped({"when_waiting_over": 0}, 0, 10) == [
        ("call", 0, 0, "front"),
        ("call", 10, 10, "back_up"),
    ]


def test_another_group_helps_from_when_somebody_has_waited_long() -> None:
    assert helped({"when_longest_over_s": 50}, 0, 10, 20, 130) == [
        ("call", 0, 0, "front"),
        ("call", 10, 60, "back_up"),
        ("call", 20, 100, "front"),  # late at 70 s, when the helper is busy
        ("call", 130, 180, "back_up"),
    ]


def test_who_helps_takes_who_comes_first_and_not_who_has_waited_longest() -> None:
    urgent = {"urgent": reason(20, priority=1, talk_s=100)}
    assert helped({"when_longest_over_s": 50}, 0, 10, reasons=urgent) == [
        ("call", 0, 0, "front"),
        ("call", 10, 60, "back_up"),
        ("urgent", 20, 100, "front"),  # nobody helps those who call urgently
    ]
    rule = {"group": "back_up", "when_longest_over_s": 50}
    urgent["urgent"]["groups"] = ["front", rule]
    assert helped({"when_longest_over_s": 50}, 0, 10, reasons=urgent) == [
        ("call", 0, 0, "front"),
        ("call", 10, 100, "front"),
        ("urgent", 20, 60, "back_up"),
    ]


def test_either_many_who_wait_or_one_who_waits_long_is_enough() -> None:
    rule = {"when_waiting_over": 1, "when_longest_over_s": 50}
    assert helped(rule, 0, 10, 20)[1] == ("call", 10, 20, "back_up")
    assert helped(rule, 0, 10)[1] == ("call", 10, 60, "back_up")


def test_customers_of_every_reason_in_the_queue_count_and_those_elsewhere_do_not() -> None:
    other = {"other": reason(20, talk_s=100)}
    assert helped({"when_waiting_over": 1}, 0, 10, reasons=other)[1:] == [
        ("call", 10, 20, "back_up"),
        ("other", 20, 100, "front"),
    ]
    other["other"]["groups"] = ["back_up"]
    other["other"]["volume"]["at_s"] = [0, 20]
    assert helped({"when_waiting_over": 1}, 0, 10, reasons=other)[2:] == [
        ("call", 10, 100, "front"),
        ("other", 20, 100, "back_up"),
    ]


def test_letters_that_wait_do_not_count_among_the_calls() -> None:
    letters = {"letter": reason(5, 6, channel="email", talk_s=10)}
    assert ("call", 10, 100, "front") in helped({"when_waiting_over": 1}, 0, 10, reasons=letters)


def test_a_rule_on_the_number_waiting_can_begin_after_a_delay() -> None:
    rule = {"when_waiting_over": 1, "after_s": 60}
    assert helped(rule, 0, 10, 20)[1:] == [
        ("call", 10, 70, "back_up"),
        ("call", 20, 100, "front"),
    ]


def test_who_gives_up_does_not_count_any_more() -> None:
    impatient = {"hasty": reason(10, patience_s={"voice": 5}, talk_s=100)}
    assert helped({"when_waiting_over": 1}, 0, 20, reasons=impatient)[2] == (
        "call",
        20,
        100,
        "front",
    )


# Agents kept free.


def kept_free(k: int, vip: list[float], other: list[float], **more: Any) -> list[Any]:
    """Calls of 100 s for two agents, of whom others than VIPs leave so many free."""
    groups = [{"group": "front", "reserve": k}]
    reasons = {
        "vip": reason(*vip, talk_s=100, priority=1),
        "other": reason(*other, talk_s=100, groups=groups),
    }
    return rows(played(reasons, {"front": 2}, **more), "contacts", SHOWN)


def test_the_last_idle_agent_is_kept_for_those_who_may_take_any() -> None:
    assert kept_free(1, [30], [0, 10, 20]) == [
        ("other", 0, 0, "front"),
        ("other", 10, 130, "front"),  # at 100 s one is idle, at 130 s both
        ("other", 20, 230, "front"),
        ("vip", 30, 30, "front"),
    ]


def test_with_none_kept_free_the_same_calls_are_taken_by_who_is_there() -> None:
    assert kept_free(0, [30], [0, 10, 20]) == [
        ("other", 0, 0, "front"),
        ("other", 10, 10, "front"),
        ("other", 20, 110, "front"),
        ("vip", 30, 100, "front"),
    ]


def test_agents_of_all_groups_of_a_stage_count_among_the_idle() -> None:
    both = [{"groups": ["front", "back_up"], "reserve": 1}]
    reasons = {"vip": reason(500), "other": reason(0, 10, talk_s=100, groups=both)}
    trace = played(reasons, {"front": 1, "back_up": 1})
    assert rows(trace, "contacts", SHOWN) == [
        ("other", 0, 0, "front"),
        ("other", 10, 100, "front"),
        ("vip", 500, 500, "front"),
    ]


def test_nobody_is_kept_free_any_more_once_the_channel_has_closed() -> None:
    five = 17 * HOUR
    opening = {"hours": "09:00-17:00"}
    day = {"shifts": {"day": {"start": "09:00", "end": "18:00", "heads": 2}}}
    groups = [{"group": "front", "reserve": 1}]
    reasons = {
        "vip": reason(five - 600, talk_s=100),
        "other": reason(five - 50, five - 20, talk_s=100, groups=groups),
    }
    trace = played(reasons, {"front": day}, opening=opening)
    # Until five o'clock one of the two is kept free; then the second is called for.
    assert rows(trace, "contacts", SHOWN)[1:] == [
        ("other", five - 50, five - 50, "front"),
        ("other", five - 20, five, "front"),
    ]


def test_an_agent_who_writes_is_idle_for_a_call() -> None:
    groups = [{"group": "front", "reserve": 1}]
    reasons = {
        "vip": reason(900),
        "letter": reason(0, channel="email", talk_s=500),
        "other": reason(10, 20, talk_s=100, groups=groups),
    }
    assert rows(played(reasons, {"front": 2}), "contacts", SHOWN)[1:] == [
        ("other", 10, 10, "front"),
        ("other", 20, 110, "front"),
        ("vip", 900, 900, "front"),
    ]
