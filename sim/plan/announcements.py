"""What waiting customers are told, and the callbacks they are offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scenarios.parts.channels import CHANNELS
from scenarios.parts.waiting import Acknowledgement, CallbackOffer


@dataclass(frozen=True, slots=True)
class Announcement:
    """What customers who wait are told."""

    channels: frozenset[int]
    announces_wait: bool
    """The expected wait, not only a comfort message."""
    told_above_s: float
    told_factor: float
    patience_factor: float
    balk: float
    hazard_growth_per_min: float
    talk_growth_s_per_min: float


@dataclass(frozen=True, slots=True)
class Offer:
    """The rules of calling back."""

    channels: frozenset[int]
    """On which it is offered to waiting customers."""
    when_wait_over_s: float
    when_waiting_over: int | None
    """Customers who wait already; where given, the wait counts only if a length of it is."""
    accept: float
    accept_falls_per_h: float
    keeps_place: bool
    """The place in the queue is kept; otherwise a window is promised."""
    window_after_s: float
    window_s: float
    per_window: int | None
    """Callbacks that can be promised for one window; None for any number."""
    not_when_full: bool
    """None is offered when the first window is full; otherwise a later one is promised."""
    window_clock: Any
    reserve: bool
    priority_bonus: float
    answer: float
    tries: int
    retry_after_s: float
    ring_s: float


def announcement_of(section: Acknowledgement | None) -> Announcement | None:
    """What is announced by a section of a scenario."""
    if section is None:
        return None
    return Announcement(
        channels=frozenset(map(CHANNELS.index, section.channels)),
        announces_wait=section.announce == "expected_wait",
        told_above_s=section.told_above_s,
        told_factor=section.told_factor,
        patience_factor=section.stretches,
        balk=section.balk,
        hazard_growth_per_min=section.hazard_growth_per_min,
        talk_growth_s_per_min=section.talk_growth_s_per_min,
    )


def offer_of(section: CallbackOffer) -> Offer:
    """The rules of calling back by a section of a scenario."""
    return Offer(
        channels=frozenset(map(CHANNELS.index, section.channels)),
        when_wait_over_s=section.when_wait_over_s,
        when_waiting_over=section.when_waiting_over,
        accept=section.accept,
        accept_falls_per_h=section.accept_falls_per_h,
        keeps_place=section.place == "kept",
        window_after_s=section.window_after_min * 60.0,
        window_s=section.window_min * 60.0,
        per_window=section.per_window,
        not_when_full=section.when_full == "not_offered",
        window_clock=section.window_clock,
        reserve=section.reserve,
        priority_bonus=section.priority_bonus,
        answer=section.answer,
        tries=section.tries,
        retry_after_s=section.retry_after_min * 60.0,
        ring_s=section.ring_s,
    )
