"""Coming back as the floor needs it: who tries again without an answer, and who is not helped."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.parts.returning import FurtherBusiness
from scenarios.parts.returning import Redial as RedialSection
from scenarios.parts.returning import Repeat as RepeatSection
from sim.draws.amounts import Amount, amount_of


@dataclass(frozen=True, slots=True)
class Redial:
    """Customers who were not answered try again."""

    after_abandoning: float
    after_blocked: float
    after_closed: float
    after_unreached: float | None
    """None: as often and as late as the repeats."""
    after_lost_in_transfer: float | None
    """None: likewise."""
    by_try: tuple[float, ...]
    """Factors on the shares after so many tries in a row."""
    max_tries: int
    delay: Amount
    """Minutes."""

    def factor(self, tries: int) -> float:
        """The factor on a share after so many tries in a row."""
        return self.by_try[min(tries, len(self.by_try)) - 1]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Customers whose case is not resolved come back."""

    probability: float
    max_contacts: int
    delay: Amount
    """Minutes."""
    talk_factor: float
    patience_factor: float
    after_broken: float
    """Share who come because of a broken promise."""
    broken_delay: Amount
    """Minutes."""
    after_cut_off: tuple[float, Amount] | None
    """Share who come because they were cut off, and after how many minutes; None: like others."""


def further_of(section: FurtherBusiness | None) -> tuple[float, Amount] | None:
    """Share of cases after which there is further business, and after how many minutes."""
    if section is None or section.probability == 0.0:
        return None
    return section.probability, amount_of(section.delay_min)


def redial_of(section: RedialSection | None) -> Redial | None:
    """How they try again who were not answered; None where nobody does."""
    if section is None:
        return None
    return Redial(
        section.after_abandoning,
        section.after_blocked,
        section.after_closed,
        section.after_unreached,
        section.after_lost_in_transfer,
        section.by_try,
        section.max_tries,
        amount_of(section.delay_min),
    )


def repeat_of(section: RepeatSection | None) -> Repeat | None:
    """How they come back whose case is not resolved; None where nobody does."""
    if section is None:
        return None
    cut = section.after_cut_off
    return Repeat(
        section.probability,
        section.max_contacts,
        amount_of(section.delay_min),
        section.talk_factor,
        section.patience_factor,
        section.after_broken_promise.probability,
        amount_of(section.after_broken_promise.delay_min),
        (cut.probability, amount_of(cut.delay_min)) if cut else None,
    )
