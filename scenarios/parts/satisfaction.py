"""What the answer is worth: satisfaction, the survey that measures it, and who stays.

None of these sections steers the floor: they are read off what happened. Where each default comes
from, and how sure it is, stands in the register of assumptions.
"""

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from scenarios.parts.meta import Meta
from scenarios.parts.part import NotNegative, Part, Positive, Share


class Satisfaction(Part):
    """How satisfied a customer is with how the case went.

    It is the chance in a hundred that the customer would call it the best on the scale (the top
    box, "very satisfied"), so that a mean over customers is the share who would.
    """

    resolved: Annotated[Share, Meta("Satisfaction when all goes well", unit="share")] = 0.95
    """Share of customers who are very satisfied when resolved immediately, without friction."""
    complaint_loss: Annotated[
        Share, Meta("Satisfaction lost by having to complain", unit="share")
    ] = 0.15
    """Share lost because there was something to complain about."""
    unresolved_loss: Annotated[Share, Meta("Satisfaction lost when not resolved", unit="share")] = (
        0.6
    )
    """Share lost when the case is not resolved."""
    further_contact_loss: Annotated[
        Share, Meta("Satisfaction lost per further contact", unit="share")
    ] = 0.15
    """Share lost with each further answered contact."""
    wait_loss_per_min: Annotated[
        Share, Meta("Satisfaction lost per minute of waiting", unit="share per minute")
    ] = 0.02
    """Share lost with each minute waited beyond the announced wait, or beyond ``wait_over_s``."""
    wait_over_s: Annotated[NotNegative, Meta("Wait that nobody minds", unit="s")] = 60.0
    """Wait on the line that a customer takes as normal without an announcement."""
    hold_loss: Annotated[Share, Meta("Satisfaction lost by holding", unit="share")] = 0.15
    """Share lost with each contact in which the customer was put on hold."""
    transfer_loss: Annotated[
        Share, Meta("Satisfaction lost per transfer after the first", unit="share")
    ] = 0.25
    """Share lost with each transfer after the first."""
    retelling_loss: Annotated[
        Share, Meta("Satisfaction lost by telling it again", unit="share")
    ] = 0.05
    """Share lost each time the customer must repeat the story."""
    asked_boss_loss: Annotated[
        Share, Meta("Satisfaction lost by 'I must ask my boss'", unit="share")
    ] = 0.1
    """Share lost by "I will have to ask my boss"."""
    promise_kept_gain: Annotated[
        NotNegative, Meta("Satisfaction won by a promise kept", unit="share")
    ] = 0.05
    """Share gained when every promise of the case was kept."""
    promise_broken_loss: Annotated[
        Share, Meta("Satisfaction lost by a broken promise", unit="share")
    ] = 0.2
    """Share lost with each promise broken."""
    apology_odds: Annotated[
        Positive, Meta("What an apology with the remedy is worth", unit="times the odds")
    ] = 2.15
    """How many times as high the odds to be very satisfied are where an agent has apologised for
    the fault and the complaint is resolved; once, however often it was said."""
    explanation_odds: Annotated[
        Positive, Meta("What an explanation with the remedy is worth", unit="times the odds")
    ] = 2.15
    """The same where an agent has given the reason for the fault."""
    repeated_apology_odds: Annotated[
        Annotated[float, Field(gt=0.0, le=1.0)],
        Meta("What every further apology is worth", unit="times the odds"),
    ] = 0.8
    """The same for every apology after the first of a case, whether or not it is resolved."""
    empathy_gain: Annotated[
        NotNegative, Meta("Satisfaction won by empathy", unit="share per unit")
    ] = 0.05
    """Share gained per unit of the agents' empathy (one standard deviation); lost below zero."""
    empowerment_gain: Annotated[
        NotNegative, Meta("Satisfaction won by authority with empathy", unit="share")
    ] = 0.1
    """Share gained when an agent with an accommodating style decides the remedy alone."""
    quick_approval_min: Annotated[
        Positive, Meta("How soon an approval is as good as deciding alone", unit="min")
    ] = 2.0
    """Minutes from asking to approval after which half of ``empowerment_gain`` is left: who gets a
    quick yes hardly minds who says it."""
    formal_style: Annotated[float, Meta("Empathy of a formal style", unit="empathy")] = -1.0
    """Empathy at and below which deciding alone gains nothing."""
    accommodating_style: Annotated[
        float, Meta("Empathy of an accommodating style", unit="empathy")
    ] = 1.0
    """Empathy from which deciding alone gains all of it; in between the gain grows evenly."""

    @model_validator(mode="after")
    def _styles_in_order(self) -> Self:
        if not self.formal_style < self.accommodating_style:
            raise ValueError("formal_style must be below accommodating_style")
        return self


class Survey(Part):
    """The survey after a case: who answers depends on how satisfied they are."""

    response: Annotated[Share, Meta("Share of customers who answer the survey", unit="share")] = 0.1
    """Share of customers who answer, at a satisfaction of 50."""
    satisfied_factor: Annotated[
        NotNegative, Meta("How much likelier the delighted answer it", unit="factor")
    ] = 2.0
    """How many times as often a customer answers at a satisfaction of 100."""
    dissatisfied_factor: Annotated[
        NotNegative, Meta("How much likelier the angry answer it", unit="factor")
    ] = 1.5
    """How many times as often a customer answers at a satisfaction of 0."""
    asks: Literal["everybody", "answered"] = "everybody"
    """Every customer is asked, or only those who ever reached somebody."""


class WordOfMouth(Part):
    """How many people a customer who had to complain tells about it."""

    satisfied: Annotated[
        NotNegative, Meta("People told by a satisfied complainant", unit="people")
    ] = 10.0
    """People whom a complainant tells who is satisfied in the end."""
    dissatisfied: Annotated[
        NotNegative, Meta("People told by a dissatisfied complainant", unit="people")
    ] = 28.0
    """People whom the others tell."""


def _in_order(part: Part, *names: str) -> None:
    """Refuse shares that fall where they cannot.

    Raises:
        ValueError: one of the shares named is below the one before.
    """
    for name, following in pairwise(names):
        share, other = getattr(part, name), getattr(part, following)
        if share > other:
            raise ValueError(f"{name} ({share:g}) must not be above {following} ({other:g})")


class StayAfterComplaint(Part):
    """Share of customers with a complaint who stay, by what became of it."""

    unheard: Share
    """Customers who never reached anybody."""
    not_satisfied: Share
    """Customers who were heard, but the case was not resolved or left them unsatisfied."""
    satisfied: Share
    """Whose case was resolved to their satisfaction."""
    satisfied_quickly: Share
    """The same, resolved immediately; the more hours it takes, the nearer to ``satisfied``."""

    @model_validator(mode="after")
    def _better_keeps_more(self) -> Self:
        _in_order(self, "not_satisfied", "satisfied", "satisfied_quickly")
        return self


class SmallLoss(StayAfterComplaint):
    """Share who stay when little money was at stake."""

    unheard: Annotated[
        Share, Meta("Customers who stay after a small loss, unheard", unit="share")
    ] = 0.37
    not_satisfied: Annotated[
        Share, Meta("Customers who stay after a small loss, not satisfied", unit="share")
    ] = 0.46
    satisfied: Annotated[
        Share, Meta("Customers who stay after a small loss, satisfied", unit="share")
    ] = 0.70
    satisfied_quickly: Annotated[
        Share, Meta("Customers who stay after a small loss, satisfied quickly", unit="share")
    ] = 0.95


class LargeLoss(StayAfterComplaint):
    """Share who stay when much money was at stake."""

    unheard: Annotated[
        Share, Meta("Customers who stay after a large loss, unheard", unit="share")
    ] = 0.09
    not_satisfied: Annotated[
        Share, Meta("Customers who stay after a large loss, not satisfied", unit="share")
    ] = 0.19
    satisfied: Annotated[
        Share, Meta("Customers who stay after a large loss, satisfied", unit="share")
    ] = 0.54
    satisfied_quickly: Annotated[
        Share, Meta("Customers who stay after a large loss, satisfied quickly", unit="share")
    ] = 0.82


class Leaving(Part):
    """Share of customers without a complaint who mean to leave, by how the case went."""

    resolved_first: Annotated[
        Share, Meta("Customers who leave though resolved at first contact", unit="share")
    ] = 0.05
    """Whose case was resolved at first contact."""
    resolved_later: Annotated[
        Share, Meta("Customers who leave though resolved later", unit="share")
    ] = 0.09
    """Whose case took more than one contact."""
    unresolved: Annotated[Share, Meta("Customers who leave when not resolved", unit="share")] = 0.25
    """Whose case was not resolved."""
    broken_promise: Annotated[
        Share, Meta("Customers who leave because of a broken promise", unit="share")
    ] = 0.0
    """Of those who would have stayed, whose case had a promise broken."""

    @model_validator(mode="after")
    def _worse_loses_more(self) -> Self:
        _in_order(self, "resolved_first", "resolved_later", "unresolved")
        return self


class Loyalty(Part):
    """Who stays a customer after a case, and what the others take with them."""

    customer_value: Annotated[NotNegative, Meta(unit="money", knob="Worth of a customer")]
    """Money that a customer who stays is worth."""
    values: dict[str, NotNegative] = Field(default={})
    """Worth of the customers of single reasons."""
    quickly_h: Annotated[Positive, Meta("How fast quickness wears off", unit="h")] = 24.0
    """Hours to the resolution of a complaint after which half of what quickness keeps is gone."""
    not_satisfied_to: Annotated[
        float,
        Field(ge=0.0, le=100.0),
        Meta("Satisfaction up to which a complaint keeps nobody", unit="points of 100"),
    ] = 0.0
    """Satisfaction up to which the customer of a resolved complaint stays as if not satisfied."""
    satisfied_from: Annotated[
        float,
        Field(ge=0.0, le=100.0),
        Meta("Satisfaction from which a complaint counts as settled", unit="points of 100"),
    ] = 100.0
    """Satisfaction from which the customer of a resolved complaint stays as if satisfied; in
    between the share who stay grows evenly."""
    small_loss_to: Annotated[Positive, Meta("Money up to which a loss is small", unit="money")] = (
        5.0
    )
    """Money at stake up to which a loss is small."""
    large_loss_from: Annotated[Positive, Meta("Money from which a loss is large", unit="money")] = (
        100.0
    )
    """Money at stake from which a loss is large; in between the share who stay changes evenly
    with the logarithm of the money."""
    small_loss: SmallLoss = SmallLoss()
    large_loss: LargeLoss = LargeLoss()
    leaving: Leaving = Leaving()

    @model_validator(mode="after")
    def _losses_in_order(self) -> Self:
        if not self.small_loss_to < self.large_loss_from:
            raise ValueError("small_loss_to must be below large_loss_from")
        return self

    @model_validator(mode="after")
    def _satisfaction_in_order(self) -> Self:
        if not self.not_satisfied_to < self.satisfied_from:
            raise ValueError("not_satisfied_to must be below satisfied_from")
        return self
