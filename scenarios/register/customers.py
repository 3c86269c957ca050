"""Assumptions about customers: what they feel, who answers, stays, waits and returns."""

from __future__ import annotations

from functools import partial

from scenarios.calendar.day import opening_of
from scenarios.parts.authority import Boss, PromiseCallback, Ticket
from scenarios.parts.channels import CHANNELS, WRITTEN
from scenarios.parts.clock import Opening
from scenarios.parts.demand import Reason
from scenarios.parts.part import Part
from scenarios.parts.returning import (
    AfterCutOff,
    BrokenPromise,
    FurtherBusiness,
    Redial,
    Repeat,
)
from scenarios.parts.satisfaction import (
    LargeLoss,
    Leaving,
    Loyalty,
    Satisfaction,
    SmallLoss,
    Survey,
    WordOfMouth,
)
from scenarios.parts.waiting import Acknowledgement, CallbackOffer
from scenarios.register.entry import Assumption
from scenarios.schema import Scenario

SQM = "SQM Group, surveys of callers, North America"
TARP = "TARP, intended repurchase after complaints, about 1980, told by a reader of Fast Company"
SPARKS = "Sparks, Bradley and Callan 1997, videotaped service failure"
SANTOS = "Santos, Hernandez and Leão 2019, a survey and two experiments"
BANK = "Anonymous Bank call log, February 1999"
JANUARY = "Anonymous Bank call log, January 1999, after answers under 10 s"
PORTLAND = "Portland Research Group 2004, intent to stay"
RAGE = "Customer Rage 2020 finds dissatisfied complainants 22 points less loyal than the silent"
HATHAWAY = "Hathaway, Emadi and Deshpande 2021, callbacks of a US bank"
WEBB = "Webb, Yu and Bretthauer 2019, announced delays"
MUNICHOR = "Munichor and Rafaeli 2007, 123 calls, place in line or music"
NOBODY = "no measurement known"

SORRY = "Customer Rage 2015, satisfied complainants, an association"
TOLD = "Customer Rage 2013, people told of the problem"

_felt = partial(Assumption, Satisfaction, side="answer")
_asked = partial(Assumption, Survey, side="answer")
_stays = partial(Assumption, Loyalty, side="answer")
_leaves = partial(Assumption, Leaving, side="answer")
_small = partial(Assumption, SmallLoss, side="answer")
_large = partial(Assumption, LargeLoss, side="answer")


def _somebody_apologises(_: Part, scenario: Scenario) -> bool:
    """Whether agents of any group apologise or explain."""
    return any(group.apology is not None for group in scenario.groups.values())


_SATISFACTION = (
    _felt("resolved", 0.85, 1.0, f"worked back from 82 % very satisfied, {SQM}", "assumption"),
    _felt(
        *("complaint_loss", 0.0, 0.33),
        *(
            f"55 % very satisfied of complaints, 82 % of others, {SQM}; part of it is how they go",
            "assumption",
        ),
    ),
    _felt("unresolved_loss", 0.4, 0.8, NOBODY, "assumption"),
    _felt(
        *("further_contact_loss", 0.1, 0.28),
        *(f"15 %, in 2008 20 points, {SQM}; 76 to 55 %, {PORTLAND}", "vendor"),
    ),
    _felt(
        *("wait_loss_per_min", 0.0, 0.05),
        *(
            "Garcia and others 2012: a small role in satisfaction with the wait, no slope given",
            "assumption",
        ),
    ),
    _felt("wait_over_s", 20.0, 180.0, NOBODY, "assumption"),
    _felt("hold_loss", 0.0, 0.2, f"15 %, {SQM}; part of it is the harder case", "vendor"),
    _felt(
        *("transfer_loss", 0.05, 0.4),
        *(
            f"none with one, 64 to 48 % with two, {PORTLAND}; 12 % with any, {SQM}",
            "assumption",
        ),
    ),
    _felt("retelling_loss", 0.0, 0.1, NOBODY, "assumption"),
    _felt("asked_boss_loss", 0.0, 0.2, NOBODY, "assumption"),
    _felt("promise_kept_gain", 0.0, 0.1, NOBODY, "assumption"),
    _felt("promise_broken_loss", 0.1, 0.4, NOBODY, "assumption"),
    _felt(
        *("apology_odds", 1.0, 4.6, f"half of 37 to 73 % with both, {SORRY}", "assumption"),
        applies=_somebody_apologises,
    ),
    _felt(
        *("explanation_odds", 1.0, 4.6, f"half of 37 to 73 % with both, {SORRY}", "assumption"),
        applies=_somebody_apologises,
    ),
    _felt(
        *("repeated_apology_odds", 0.5, 1.0),
        *("repeated ones can be worse than none, Halperin and others 2022; no size", "assumption"),
        applies=_somebody_apologises,
    ),
    _felt("empathy_gain", 0.0, 0.1, f"direction: {SPARKS}", "assumption"),
    _felt("empowerment_gain", 0.0, 0.2, f"direction: {SPARKS}", "assumption"),
    _felt(
        *("quick_approval_min", 0.5, 15.0),
        *(f"only where recovery is not smooth: {SANTOS}; no time given", "assumption"),
    ),
    _felt("formal_style", -2.0, -0.5, f"that there is one: {SPARKS}", "assumption"),
    _felt("accommodating_style", 0.5, 2.0, f"that there is one: {SPARKS}", "assumption"),
)

_SURVEY = (
    _asked("response", 0.03, 0.3, NOBODY, "assumption"),
    _asked("satisfied_factor", 1.0, 4.0, NOBODY, "assumption"),
    _asked("dissatisfied_factor", 1.0, 4.0, NOBODY, "assumption"),
)

SHARES = "a customer is satisfied with the chance that csat says; where that ends, nobody says"
SILENT = f"of those who did not complain, {TARP}; here of who got through to nobody; {RAGE}"

_LOYALTY = (
    _stays("quickly_h", 4.0, 168.0, "the source says quickly, not how quick", "assumption"),
    _stays("not_satisfied_to", 0.0, 40.0, SHARES, "assumption"),
    _stays("satisfied_from", 60.0, 100.0, SHARES, "assumption"),
    _stays("small_loss_to", 2.0, 20.0, f"under $5, {TARP}", "vendor"),
    _stays("large_loss_from", 50.0, 300.0, f"over $100, {TARP}", "vendor"),
    _small("unheard", 0.27, 0.68, f"37 % {SILENT}", "assumption"),
    _small("not_satisfied", 0.15, 0.56, f"46 %, {TARP}; {RAGE}", "vendor"),
    _small("satisfied", 0.60, 0.80, f"70 %, {TARP}", "vendor"),
    _small("satisfied_quickly", 0.85, 1.0, f"95 %, {TARP}", "vendor"),
    _large("unheard", 0.0, 0.42, f"9 % {SILENT}", "assumption"),
    _large("not_satisfied", 0.0, 0.29, f"19 %, {TARP}; {RAGE}", "vendor"),
    _large("satisfied", 0.44, 0.64, f"54 %, {TARP}", "vendor"),
    _large("satisfied_quickly", 0.72, 0.92, f"82 %, {TARP}", "vendor"),
    _leaves("resolved_first", 0.02, 0.08, f"5 % mean to, {SQM}", "vendor"),
    _leaves(
        *("resolved_later", 0.06, 0.25),
        *(f"9 % mean to, {SQM}; 21 points more with the second contact, {PORTLAND}", "vendor"),
    ),
    _leaves(
        *("unresolved", 0.15, 0.45),
        *(f"25 % mean to, {SQM}; 43 % definitely, CFI Group", "vendor"),
    ),
    _leaves("broken_promise", 0.0, 0.2, NOBODY, "assumption", off_at=0.0),
)


def _tells_the_place(words: Part, _: Scenario) -> bool:
    """Whether customers are told their place in line."""
    return isinstance(words, Acknowledgement) and words.announce == "position"


_TELLING = (
    Assumption(
        *(WordOfMouth, "satisfied", 4.0, 16.0),
        *(f"10 to 16 satisfied or pacified, {TOLD}; 4 to 5, TARP 1981", "vendor", "answer"),
    ),
    Assumption(
        *(WordOfMouth, "dissatisfied", 9.0, 28.0),
        *(f"28, {TOLD}; 9 to 10, TARP 1981", "vendor", "answer"),
    ),
)

_WAITING = (
    Assumption(
        *(CallbackOffer, "accept", 0.1, 0.7),
        *(f"37 %, {HATHAWAY}; of all offers of that bank, soon and late", "measured"),
    ),
    Assumption(
        *(CallbackOffer, "accept_falls_per_h", 0.0, 0.5),
        *(f"a short window serves better, {HATHAWAY}; no share by delay given", "assumption"),
        off_at=0.0,
    ),
    Assumption(CallbackOffer, "answer", 0.8, 1.0, f"93 %, {HATHAWAY}", "measured"),
    Assumption(
        *(Acknowledgement, "place_factor", 1.0, 3.5),
        *(f"36 instead of 69 % hung up in 108 s, {MUNICHOR}; here as patience", "assumption"),
        applies=_tells_the_place,
    ),
    Assumption(
        *(Acknowledgement, "hazard_growth_per_min", 0.0, 0.52),
        *(f"at most 52 %, {WEBB}; no mean given", "assumption"),
        off_at=0.0,
    ),
    Assumption(
        *(Acknowledgement, "talk_growth_s_per_min", 0.0, 21.0),
        *(f"at most 21 s, {WEBB}; no mean given", "assumption"),
        off_at=0.0,
    ),
)


def _somebody_waits_for_opening(opening: Part, scenario: Scenario) -> bool:
    """Whether these hours end, and anybody tries again on a channel of theirs."""
    if not isinstance(opening, Opening) or opening.never_closes:
        return False
    live = [channel for channel in CHANNELS if channel not in WRITTEN]
    theirs = {channel for channel in live if opening_of(scenario, channel) is opening}
    return any(
        reason.channels.get(channel, 0.0) > 0.0 and _tries_again(reason, scenario)
        for reason in scenario.reasons.values()
        for channel in theirs
    )


def _tries_again(reason: Reason, scenario: Scenario) -> bool:
    redial, repeat = reason.redial or scenario.redial, reason.repeat or scenario.repeat
    shares = [redial.after_abandoning, redial.after_blocked, redial.after_closed] if redial else []
    shares += [redial.after_unreached or 0.0] if redial else []
    shares += [repeat.probability, repeat.after_broken_promise.probability] if repeat else []
    shares += [repeat.after_cut_off.probability] if repeat and repeat.after_cut_off else []
    shares += [reason.further_business.probability] if reason.further_business else []
    return any(share > 0.0 for share in shares)


_RETURNING = (
    Assumption(
        *(Opening, "after_opening_min", 10.0, 180.0, NOBODY, "assumption"),
        applies=_somebody_waits_for_opening,
    ),
    Assumption(
        *(Opening, "tries_closed", 0.0, 0.3, NOBODY, "assumption"),
        off_at=0.0,
        applies=_somebody_waits_for_opening,
    ),
    Assumption(
        *(Redial, "delay_min", 5.0, 60.0, f"median 18 min, {BANK}", "measured"),
        figure="median",
    ),
    Assumption(Redial, "max_tries", 3.0, 20.0, NOBODY, "assumption"),
    Assumption(*(Repeat, "delay_min", 240.0, 4320.0, NOBODY, "assumption"), figure="value"),
    Assumption(*(BrokenPromise, "delay_min", 15.0, 480.0, NOBODY, "assumption"), figure="value"),
    Assumption(
        *(AfterCutOff, "delay_min", 0.8, 6.0, f"median 1.6 min, {JANUARY}", "measured"),
        figure="median",
    ),
    Assumption(
        *(FurtherBusiness, "delay_min", 30.0, 480.0),
        *("median 2.3 h within a day, Anonymous Bank call log, January 1999", "measured"),
        figure="median",
    ),
    Assumption(
        *(Repeat, "max_contacts", 3.0, 10.0),
        *("4.2 contacts to satisfy a complaint, Customer Rage 2015; no limit given", "assumption"),
    ),
    Assumption(
        *(Boss, "after_asking", 0.0, 0.5, NOBODY, "assumption"),
        off_at=0.0,
    ),
    Assumption(PromiseCallback, "urgent_before_min", 0.0, 120.0, NOBODY, "assumption"),
    Assumption(Ticket, "urgent_before_min", 0.0, 120.0, NOBODY, "assumption"),
)

CUSTOMERS: tuple[Assumption, ...] = (
    *_SATISFACTION,
    *_SURVEY,
    *_LOYALTY,
    *_TELLING,
    *_WAITING,
    *_RETURNING,
)
