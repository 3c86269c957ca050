"""Channels: telephone, chat, email and text, and what holds for every contact of one."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.parts.clock import HoursOrCalendar, Opening
from scenarios.parts.distributions import Distribution
from scenarios.parts.meta import Meta
from scenarios.parts.part import NotNegative, Part, Positive

ChannelName = Literal["voice", "chat", "email", "text"]
CHANNELS: tuple[ChannelName, ...] = ("voice", "chat", "email", "text")
WRITTEN: tuple[ChannelName, ...] = ("email", "text")
"""Channels that are answered in writing: no patience, but a response target and a backlog."""


class VoiceMenu(Part):
    """The voice menu (IVR) that every call passes first."""

    time_s: Distribution = Field(default=0, validate_default=True)
    """Seconds that a caller spends in it before anything else."""


class Channel(Part):
    """What holds for every contact of one channel."""

    lines: Annotated[Annotated[int, Field(ge=1)] | None, Meta(unit="lines", knob="Lines")] = None
    """Lines (or chat slots): a contact that finds none free is blocked; endless if left out."""
    opening: Opening | None = None
    """Opening hours of this channel; the centre's own when left out."""
    answer_within_s: Annotated[NotNegative | None, Meta(unit="s")] = None
    """Target of voice or chat, in seconds; that of the centre when left out."""
    response_target_h: Annotated[
        Positive | None, Meta(unit="h", knob="Answered in writing within")
    ] = None
    """Hours within which a written contact should be answered."""
    target_clock: HoursOrCalendar = "opening"
    """Whether these are opening hours of the channel, or hours of the calendar."""
    interrupted: Annotated[bool, Meta(knob="Writing is put aside for a call")] = True
    """In writing: whether what was begun is put aside when somebody calls or chats, or finished
    first. Tickets are worked like email."""
    at_shift_end: Annotated[
        Literal["finish", "put_aside", "hand_over"], Meta(knob="Writing at the end of a shift")
    ] = "finish"
    """In writing: what was begun is finished in overtime, lies on the agent's desk until the
    agent's next shift, or goes back to the group's queue, where a colleague takes it up. Numbers on
    duty (``heads_by_interval``) finish what they would put aside."""
    hand_over_s: Annotated[Distribution, Meta(unit="s", knob="Handing it over takes")] = Field(
        default=0, validate_default=True
    )
    """With ``at_shift_end = "hand_over"``: seconds in which the colleague reads what was done so
    far, on top of the work that is left."""
