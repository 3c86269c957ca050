"""Stages: which groups may take a contact, in which order, and when."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from scenarios.parts.meta import Meta
from scenarios.parts.part import NotNegative, Part


class StageRules(Part):
    """When the groups of a stage may take a contact."""

    after_s: NotNegative = 0.0
    """Seconds in the queue from which they may take it; 0 immediately."""
    reserve: Annotated[int, Field(ge=0), Meta(unit="agents")] = 0
    """They take it only while more than so many of their agents are idle; these are kept free for
    contacts that may take them without this rule, until the channel closes."""
    when_waiting_over: Annotated[Annotated[int, Field(ge=0)] | None, Meta(unit="customers")] = None
    """They help only while more than so many customers wait in the queue (that of the group tried
    first, for the same channel), and then take who comes first in their order; always when left
    out."""
    when_longest_over_s: Annotated[NotNegative | None, Meta(unit="s")] = None
    """They help only while somebody there has waited longer than this; where
    ``when_waiting_over`` is given too, either is enough."""

    @property
    def helps_out(self) -> bool:
        """Whether the groups take contacts only while many wait, or somebody waits long."""
        return self.when_waiting_over is not None or self.when_longest_over_s is not None


class Stage(StageRules):
    """Groups that may take a contact, and from when on."""

    groups: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
    """Groups of equal rank; among them the agent choice rule decides."""


class StageOfOne(StageRules):
    """How a stage of a single group may be written."""

    group: str
    """The group that may take the contact."""


def _stages(value: Any) -> Any:
    """Let a stage be written as a group's name, or as {group = "x", after_s = 60}."""
    if not isinstance(value, list | tuple):
        return value
    return tuple(
        {"groups": [stage]}
        if isinstance(stage, str)
        else {"groups": [stage["group"]], **{k: v for k, v in stage.items() if k != "group"}}
        if isinstance(stage, dict) and "group" in stage and "groups" not in stage
        else stage
        for stage in value
    )


Stages = Annotated[
    tuple[Stage, ...],
    Field(strict=False, min_length=1),
    BeforeValidator(_stages, json_schema_input_type=list[str | StageOfOne | Stage]),
]
"""Groups in the order in which they are tried: "name", or {group = "name", after_s = 60}."""
