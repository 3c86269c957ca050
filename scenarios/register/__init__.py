"""The register of assumptions: every default of a relation, with its source and how sure it is."""

from scenarios.register.customers import CUSTOMERS
from scenarios.register.entry import Assumption, Side, Strength
from scenarios.register.people import PEOPLE

REGISTER: tuple[Assumption, ...] = (*CUSTOMERS, *PEOPLE)
"""Every assumption, in the order of reports."""

__all__ = ["REGISTER", "Assumption", "Side", "Strength"]
