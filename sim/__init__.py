"""The floor: one replication of a contact centre, from the first arrival to the last goodbye."""

from sim.centre import Centre, simulate
from sim.trace.trace import Trace

__all__ = ["Centre", "Trace", "simulate"]
