"""Quiet: whether a command was asked to leave out everything but its answer and its errors."""

from __future__ import annotations

from contextvars import ContextVar

_asked = ContextVar("quiet", default=False)


def be_quiet(wanted: bool) -> bool:
    """Remember for the rest of the command whether quiet was asked for."""
    _asked.set(wanted)
    return wanted


def is_quiet() -> bool:
    """Whether the command that is running is to be quiet."""
    return _asked.get()
