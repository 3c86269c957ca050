"""What the report and its pictures say of a scenario besides what was found; it steers nothing."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.parts.part import Part

Picture = Literal[
    "cost-and-benefit",
    "scorecard",
    "waits-and-first-contact",
    "why-the-policy-differs",
    "which-change",
    "through-what",
    "path-of-a-complaint",
    "how-cases-end",
    "first-contact-resolution",
    "promises-and-resolution",
    "week-by-week",
    "where-failure-demand-comes-from",
    "staffing-and-load",
    "weekdays",
    "waits-over-the-day",
    "distribution-of-waits",
    "occupancy",
    "approvals-over-the-day",
    "approvals-and-coaching",
    "people-week-by-week",
    "cost",
    "by-part",
    "what-the-answer-depends-on",
]
"""Every picture by the name of its file."""


class Report(Part):
    """What stands in the report of a run and on its pictures besides the figures."""

    author: str = ""
    """Who made it, where that is to be read."""
    question: str = ""
    """What is asked of the scenario, in a sentence."""
    baseline_title: str = ""
    """What the unchanged scenario is called, for a reader; else its name in words."""
    policy: str | None = None
    """The policy that headlines speak of first; None is the one that the verdict favours."""
    pictures: Annotated[tuple[Picture, ...], Field(strict=False)] = ()
    """The pictures to draw, the most important first; empty is what the scenario's question asks
    for."""
