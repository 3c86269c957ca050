"""Errors on the screen: the words that an error has for a person, and the detail for a report."""

from __future__ import annotations

import traceback

from results.errors import ExperimentError
from scenarios import ScenarioError


def told(error: BaseException) -> tuple[str, str, str]:
    """A title, the words and the detail of an error, for the error dialog."""
    if isinstance(error, ScenarioError):
        return (
            "This scenario cannot be run",
            "It has problems:",
            "\n\n".join(map(str, error.problems)),
        )
    if isinstance(error, ExperimentError):
        cause = f"{error.__cause__}" if error.__cause__ else ""
        return "This cannot be done", str(error), cause
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        return "This cannot be done", f"{where}{error.strerror}.", ""
    words = (
        "This is an error in firstline, not in your scenario. Please report it with the details."
    )
    detail = "".join(traceback.format_exception(error))
    return "Something went wrong", words, detail
