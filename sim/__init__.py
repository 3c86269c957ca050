"""The floor: one replication of a contact centre, from the first arrival to the last goodbye.

What is named here is loaded when it is asked for: who reads a trace needs no SimPy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.compiled import use

if TYPE_CHECKING:
    from sim.day import close, open_centre
    from sim.replication import simulate
    from sim.trace.trace import Trace

CORE = use()
"""In what form the floor is run here."""

__all__ = ["Trace", "close", "open_centre", "simulate"]

_PLACES = {
    "Trace": "sim.trace.trace",
    "close": "sim.day",
    "open_centre": "sim.day",
    "simulate": "sim.replication",
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name not in _PLACES:
            raise AttributeError(f"module 'sim' has no attribute '{name}'", name=name)
        return getattr(import_module(_PLACES[name]), name)
