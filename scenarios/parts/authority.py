"""Who may decide what, and the ordered steps when an agent cannot settle a case alone."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.parts.channels import ChannelName
from scenarios.parts.clock import HoursOrCalendar
from scenarios.parts.distributions import Distribution
from scenarios.parts.meta import Meta
from scenarios.parts.part import MoneyLimit, NotNegative, Part, Positive, Share


class AuthorityLevel(Part):
    """What an agent may decide alone: a money limit per kind of decision."""

    title: str = ""
    """What the level is called, for a reader."""
    limit: Annotated[MoneyLimit, Meta(unit="money", knob="Up to")] = 0.0
    """Money limit for kinds of decision that have none of their own."""
    limits: Annotated[dict[str, MoneyLimit], Meta(unit="money", knob="* up to")] = Field(default={})
    """Money limit per kind of decision (``inf`` for no limit)."""
    never: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Kinds of decision that are never allowed."""

    def limit_for(self, kind: str) -> float:
        """The money an agent may decide alone for ``kind``; below zero when never allowed."""
        if kind in self.never:
            return -1.0
        return self.limits.get(kind, self.limit)


class _Step(Part):
    chance: Annotated[Share, Meta(unit="share", knob="tried in")] = 1.0
    """Share of cases in which the step is tried (the same cases under every policy)."""
    reasons: Annotated[tuple[str, ...], Field(strict=False)] | None = None
    """Only for these reasons."""
    channels: Annotated[tuple[ChannelName, ...], Field(strict=False)] | None = None
    """Only on these channels."""
    money_from: NotNegative = 0.0
    """Only when the remedy takes at least this much."""
    money_to: MoneyLimit = float("inf")
    """Only when the remedy takes at most this much."""
    contacts_from: Annotated[int, Field(ge=1)] = 1
    """Only from this contact of the case on."""


class AskColleague(_Step):
    """An idle colleague helps on hold; solving is tried again with the better knowledge."""

    step: Annotated[Literal["ask_colleague"], Meta("Ask a colleague")]
    group: Annotated[str | None, Meta(knob="who", names="groups")] = None
    """Where colleagues are found; the agent's own group when left out."""
    time_s: Annotated[Distribution, Meta(unit="s", knob="takes")]
    """How long the colleague helps."""
    knowledge: Annotated[float, Meta(unit="logit", knob="knowledge gained")] = 0.0
    """Knowledge gained by thinking together, on the logit scale."""
    timeout_s: Annotated[NotNegative | None, Meta(unit="s", knob="tried for")] = None
    """Seconds until the next step is tried; 0 asks only who is free now; endless if left out."""


class AskApprover(_Step):
    """The agent asks for a decision while the customer holds."""

    step: Annotated[Literal["ask_approver"], Meta("Ask for approval")]
    group: Annotated[str, Meta(knob="who", names="groups")]
    """The group that is asked."""
    decision_s: Annotated[Distribution, Meta(unit="s", knob="decision takes")]
    """How long the approver takes to decide."""
    approval: Annotated[Share, Meta(unit="share", knob="approved")] = 1.0
    """Probability of approval when no money is asked."""
    approval_falls_per_100: Annotated[
        NotNegative, Meta(unit="share", knob="falls per 100 asked")
    ] = 0.0
    """How much the probability falls per 100 units of money asked."""
    timeout_s: Annotated[NotNegative | None, Meta(unit="s", knob="tried for")] = None
    """Seconds until the next step is tried; 0 asks only who is free now; endless if left out."""


class WarmTransfer(_Step):
    """The agent stays until the other group answers, introduces the customer, then is free."""

    step: Annotated[Literal["warm_transfer"], Meta("Warm transfer")]
    group: Annotated[str, Meta(knob="who", names="groups")]
    """The group that takes over."""
    conference_s: Annotated[Distribution, Meta(unit="s", knob="introduction takes")] = Field(
        default=0, validate_default=True
    )
    """Seconds in which the agent introduces the customer to the agent who takes over."""
    timeout_s: Annotated[NotNegative | None, Meta(unit="s", knob="tried for")] = None
    """Seconds that agent and customer wait for the group; 0 asks only who is free now; endless if
    left out."""
    at_timeout: Literal["next_step", "back_to_queue", "cut_off"] = "next_step"
    """What happens when nobody answers in time: the next step is tried, the customer goes back to
    the reason's own queue, or is cut off."""


class ColdTransfer(_Step):
    """The agent is free; the customer joins the other queue and must repeat the story."""

    step: Annotated[Literal["cold_transfer"], Meta("Cold transfer")]
    group: Annotated[str, Meta(knob="who", names="groups")]
    """The group that takes over, and whose queue the customer joins."""
    or_groups: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Other groups of equal rank that may take over."""
    handled_as: Annotated[str | None, Meta(names="reasons")] = None
    """A reason as which the customer is handled from then on: its groups (``group`` must be among
    those tried first), talk time, solve rate and ``then``; the case is counted as before."""
    timeout_s: Annotated[NotNegative | None, Meta(unit="s", knob="tried for")] = None
    """Seconds that the customer waits for the group; 0 asks only who is free now; endless if left
    out."""
    at_timeout: Literal["next_step", "back_to_queue", "cut_off"] = "next_step"
    """What happens when nobody answers in time: the customer is cut off, or goes back to the
    reason's own queue. That is where ``next_step`` leads too, since the agent who would try it is
    gone; only with a ``timeout_s`` of 0 is the agent still there and tries it."""


class Pending(Part):
    """A promise that waits for the customer or a third party before anybody can work on it."""

    share: Annotated[Share, Meta(unit="share", knob="waits for the customer")]
    """Share of the promises that wait at all."""
    hours: Annotated[Distribution, Meta(unit="h", knob="waits")]
    """How long one such wait takes, in hours."""
    clock: HoursOrCalendar = "calendar"
    """Whether these are hours of the calendar, or opening hours."""
    again: Annotated[Share, Meta(unit="share", knob="waits again")] = 0.0
    """Share that wait again after each wait."""
    at_most: Annotated[int, Field(ge=1, le=100)] = 10
    """Waits after which nothing is missing any more."""
    stops_due: bool = True
    """Whether ``due_h`` counts from the end of these waits, as service agreements have it, or from
    the promise."""


class PromiseCallback(_Step):
    """The contact ends with a promise: somebody calls back by a due time."""

    step: Annotated[Literal["promise_callback"], Meta("Promise to call back")]
    group: Annotated[str | None, Meta(knob="who", names="groups")] = None
    """Who calls; the agent's own group when left out (and the agent, under ownership)."""
    due_h: Annotated[Positive, Meta(unit="h", knob="due within")]
    """Hours from the promise within which somebody calls."""
    due_clock: HoursOrCalendar = "opening"
    """Whether these are opening hours of the telephone, or hours of the calendar."""
    preparation_s: Annotated[Distribution, Meta(unit="s", knob="preparation takes")] = Field(
        default=0, validate_default=True
    )
    """Work before the call."""
    urgent_before_min: Annotated[
        NotNegative, Meta("Time before it is due that a callback goes first", unit="min")
    ] = 30.0
    """From this long before it is due the promise goes before waiting customers."""
    pending: Pending | None = None
    prepared_by: Annotated[str | None, Meta(names="groups")] = None
    """A group that does the preparation, before the caller is asked for; the caller when left out.
    """
    approver: str | None = None
    """A group that is asked to decide before the call when it is beyond the caller's authority."""
    decision_s: Annotated[Distribution, Meta(unit="s", knob="decision takes")] = Field(
        default=0, validate_default=True
    )
    """Seconds that the approver takes to decide."""
    approval: Annotated[Share, Meta(unit="share", knob="approved")] = 1.0
    """Probability of approval when no money is asked."""
    approval_falls_per_100: Annotated[
        NotNegative, Meta(unit="share", knob="falls per 100 asked")
    ] = 0.0
    """How much the probability falls per 100 units of money asked."""


class Ticket(_Step):
    """The contact ends with a ticket: another group answers in writing by a due time."""

    step: Annotated[Literal["ticket"], Meta("Ticket")]
    group: Annotated[str | None, Meta(knob="who", names="groups")] = None
    """Who answers; the agent's own group when left out (and the agent, under ownership)."""
    due_h: Annotated[Positive, Meta(unit="h", knob="due within")]
    """Hours from the promise within which the answer is written."""
    due_clock: HoursOrCalendar = "opening"
    """Whether these are opening hours of the centre, or hours of the calendar."""
    work_s: Annotated[Distribution, Meta(unit="s", knob="work takes")]
    """Time to work on the ticket and write the answer."""
    urgent_before_min: Annotated[
        NotNegative, Meta("Time before it is due that a ticket goes first", unit="min")
    ] = 30.0
    """From this long before it is due the ticket goes before other work."""
    pending: Pending | None = None
    approver: str | None = None
    """A group that is asked to decide before the answer when it is beyond the writer's own
    authority."""
    decision_s: Annotated[Distribution, Meta(unit="s", knob="decision takes")] = Field(
        default=0, validate_default=True
    )
    """Seconds that the approver takes to decide."""
    approval: Annotated[Share, Meta(unit="share", knob="approved")] = 1.0
    """Probability of approval when no money is asked."""
    approval_falls_per_100: Annotated[
        NotNegative, Meta(unit="share", knob="falls per 100 asked")
    ] = 0.0
    """How much the probability falls per 100 units of money asked."""


class Decline(_Step):
    """The contact ends unresolved, and the customer knows it."""

    step: Annotated[Literal["decline"], Meta("Decline")]


Step = Annotated[
    AskColleague | AskApprover | WarmTransfer | ColdTransfer | PromiseCallback | Ticket | Decline,
    Field(discriminator="step"),
]


class EscalationPath(Part):
    """Steps tried in order until one applies; when none does, the case stays unresolved."""

    title: str = ""
    """What the path is called, for a reader."""
    steps: Annotated[tuple[Step, ...], Field(strict=False, min_length=1)]
    """The steps, in the order in which they are tried."""


class Boss(Part):
    """Low authority teaches customers to demand the boss."""

    after_asking: Annotated[
        Share,
        Meta(
            "Customers who demand the boss immediately next time",
            unit="share",
            knob="Want the boss after asking",
        ),
    ] = 0.0
    """Share who demand a supervisor immediately after having met "I will have to ask my boss"."""
