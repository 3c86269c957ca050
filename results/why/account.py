"""Accounts as data: the difference between two policies, in parts that add up to all of it.

They are made by ``accounting``; sentences, tables and pictures are made from them.
"""

from __future__ import annotations

from dataclasses import dataclass

from results.comparison.claims import Claim
from results.comparison.comparison import Difference
from results.why.counterfactual import Counterfactual
from results.why.parts import AccountName

WHOLE = "total"
"""The part that all others add up to."""


@dataclass(frozen=True)
class Line:
    """A part of an account under the policy and under the one it is set against."""

    part: str
    """By name; ``total`` is the whole account."""
    title: str
    base: float
    """Mean over the replications, as all amounts in the unit of the account, a week or a day."""
    policy: float
    difference: Difference
    """Policy minus base, with its paired interval."""
    claim: Claim | None
    """Whether the part is certain among all parts; None of the whole account."""

    @property
    def certain(self) -> bool:
        """Whether it differs for certain, and by as much as matters."""
        return self.claim is not None and self.claim.outcome == "differs"


@dataclass(frozen=True)
class Account:
    """One way to split the difference, into parts that add up to all of it."""

    name: AccountName
    title: str
    unit: str
    """``hours``, ``count`` or ``money``."""
    per: str
    """``a week`` or ``a day``."""
    lines: tuple[Line, ...]
    """The parts of which there is anything under either policy, in the order of reports."""
    total: Line


@dataclass(frozen=True)
class Accounting:
    """Why a policy differs from another one."""

    policy: str
    baseline: str
    """The policy that it is set against."""
    title: str
    """Of the policy, for a reader."""
    baseline_title: str
    accounts: tuple[Account, ...]
    replications: int
    claims: int
    """Parts times policies that are decided together."""
    currency: str
    values_differ: bool
    """The policy itself changes what customers are worth: its money cannot be compared."""
    sentence: str = ""
    """What the difference comes from, in a manager's words: only parts that are certain."""
    headline: str = ""
    """The same in the few words of a title."""
    counterfactual: Counterfactual | None = None
    """What the difference comes from when things are left out; None where nobody asked."""

    def __str__(self) -> str:
        """The sentence."""
        return self.sentence

    def account(self, name: AccountName) -> Account:
        """One account by name.

        Raises:
            KeyError: the scenario has none of that name.
        """
        for account in self.accounts:
            if account.name == name:
                return account
        raise KeyError(name)
