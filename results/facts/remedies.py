"""What the remedies of the cases need, what was paid on them, and what became of the rest.

A remedy that is due is owed whether or not it is paid, so a policy that refuses, or makes customers
give up, saves nothing of it. Always: due = owed and paid + withheld + open.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.facts.rows import positions
from sim.trace.codes import CaseState

Columns = MutableMapping[str, NDArray[Any]]


def add_remedies(cases: Columns, decisions: Columns) -> None:
    """Add to the cases the money of their remedies, each of shape (cases,).

    due is what the remedy needs, whatever becomes of the case, 0 where none is needed; cash all
    that was paid; owed_paid the part of it that was due, given_away the part beyond; withheld what
    was due and not paid when the case ended, still_owed the same while it is open. refused is true
    where somebody who was asked said no. The voice menu pays in full what it settles: nobody
    decides there, and nobody is refused.

    Args:
        cases: state, money and paid of each case; money is NaN where no remedy is needed.
        decisions: case, asker_group and approved of each decision.
    """
    due = np.nan_to_num(cases["money"])
    cash = np.where(cases["state"] == CaseState.SELF_SERVED, due, cases["paid"])
    owed_paid = np.minimum(cash, due)
    still_open = cases["state"] == CaseState.OPEN
    cases["due"], cases["cash"] = due, cash
    cases["owed_paid"], cases["given_away"] = owed_paid, cash - owed_paid
    cases["withheld"] = np.where(still_open, 0.0, due - owed_paid)
    cases["still_owed"] = np.where(still_open, due - owed_paid, 0.0)
    said_no = (decisions["asker_group"] >= 0) & (decisions["approved"] == 0.0)
    row = positions(cases["case"], decisions["case"][said_no])
    cases["refused"] = np.bincount(row[row >= 0], minlength=len(due)) > 0
