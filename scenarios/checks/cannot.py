"""What cannot be modelled, by the keys with which people try to write it.

``docs/cannot.md`` has the whole list, with what to write instead.
"""

from __future__ import annotations

PAGE = "docs/cannot.md"

_TOPICS: dict[str, str] = {
    "A message left while it is closed is a rule of the reason: reasons.NAME.after_hours.": """
        voicemail when_closed closed_message leave_message message night_message
    """,
    "Days of a kind are [day_types.NAME] with dates: then opening.days.NAME and the like.": """
        holiday holidays calendar days_off closed_on special_days season seasons month months
    """,
    "What holds from a later day on is written in [[phases]], or in a policy's own phases.": """
        valid_from to_date until_date
    """,
    "Skills are groups: a reason for each language, or each agent's own in persons.by_name.": """
        skills skill languages language proficiency proficiencies skill_level skill_levels
    """,
    "There are no appointments: promise a call with the step promise_callback and due_h.": """
        appointment appointments booking bookings time_slots
    """,
    "Customers whom the centre calls are lists: [outbound.NAME] with groups and contact_rate.": """
        campaign campaigns dialer dialler call_list predictive power_dialling
    """,
    "The channels are voice, chat, email and text: take the one that is worked in this way.": """
        video cobrowse cobrowsing co_browsing screen_sharing social whatsapp messenger messaging sms
        fax letter post app
    """,
    "Shrinkage is availability, absence (a day), meetings_min_per_day and breaks of a shift.": """
        adherence conformance short_breaks random_breaks sick_at_noon max_overtime shrinkage
    """,
    "Who leaves before the end of a shift is early_log_off of the group.": """
        log_off_early early_leave leaves_early
    """,
    "Factors on talk and patience by the time of day are written in [times_of_day.NAME].": """
        talk_by_hour talk_by_interval factors_by_interval patience_by_hour time_of_day hourly
    """,
    "A group's own solve rates are written by reason: groups.NAME.solve.": """
        solve_by_group solve_rates resolution_rate fcr
    """,
    "A ticket waits for the customer by the key pending of its step.": """
        waits_for_customer on_hold_for_customer third_party
    """,
    "What is reopened is false_resolution of the reason, with repeat.": """
        reopen reopened reopening
    """,
    "Who is cut off by agents is cut_off of the group, and cut_off_factor of a person.": """
        dropped_calls disconnects disconnected short_calls
    """,
    "Who calls again about something new is further_business of the reason.": """
        new_business repeat_business recontact
    """,
    "How many callbacks one window takes is callback_offer.per_window.": """
        callback_capacity window_capacity
    """,
    "There is one clock: write the shifts of every site by the clock of the customers.": """
        timezone time_zone timezones site sites location locations
    """,
}

_BY_KEY = {key: words for words, keys in _TOPICS.items() for key in keys.split()}


def keys_told() -> dict[str, str]:
    """What is said about each key with which people try to write what cannot be modelled."""
    return dict(_BY_KEY)


def instead(key: str) -> str:
    """What to write instead of a key that cannot be, as a hint; empty for any other."""
    words = _BY_KEY.get(key.strip().lower().replace("-", "_").replace(" ", "_"))
    return f"{words} See {PAGE}." if words else ""
