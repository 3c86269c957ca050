"""The keys of the live floor."""

from __future__ import annotations

from textual.binding import Binding

FLOOR: list[Binding] = [
    Binding("space", "pause", "Pause", id="floor.pause", tooltip="Stop the clock, or let it run"),
    Binding(
        "full_stop",
        "step",
        "Step",
        id="floor.step",
        key_display=".",
        tooltip="Go to the next thing that the log shows, and pause",
    ),
    Binding(
        "plus,equals_sign",
        "speed(1)",
        "Faster",
        id="floor.faster",
        key_display="+",
        tooltip="Faster: from ×1 to as fast as it goes",
    ),
    Binding("g", "go_to", "Go to", id="floor.go_to", tooltip="Go to a time, forward or back"),
    Binding(
        "f",
        "follow",
        "Follow",
        id="floor.follow",
        tooltip="Follow a customer by number; Enter on the log or a click does the same",
    ),
    Binding(
        "i",
        "change",
        "Intervene",
        id="floor.change",
        tooltip="Send agents, call somebody in, change a limit or the announcement",
    ),
    Binding(
        "minus",
        "speed(-1)",
        "Slower",
        id="floor.slower",
        key_display="-",
        tooltip="Slower",
        show=False,
    ),
    Binding(
        "m",
        "minute",
        "Minute",
        id="floor.minute",
        tooltip="Go to the next full minute, and pause",
        show=False,
    ),
    Binding(
        "o",
        "next_opening",
        "Opening",
        id="floor.opening",
        tooltip="Go to when customers can call next",
        show=False,
    ),
    Binding(
        "l",
        "filter",
        "Log",
        id="floor.filter",
        tooltip="Choose what the log shows and what a step stops at",
        show=False,
    ),
    Binding(
        "escape", "unfollow", "Unfollow", id="floor.unfollow", tooltip="Follow nobody", show=False
    ),
    Binding(
        "u",
        "against",
        "Untouched",
        id="floor.against",
        tooltip="Set the run with your changes against the untouched one of the same customers",
        show=False,
    ),
    Binding(
        "s",
        "save",
        "Save",
        id="floor.save",
        tooltip="Save your changes as a policy of the scenario",
        show=False,
    ),
    Binding("p", "policy", "Policy", id="floor.policy", tooltip="Watch another policy", show=False),
    Binding(
        "n",
        "other_customers",
        "Others",
        id="floor.others",
        tooltip="Begin again with other customers of the same kind",
        show=False,
    ),
]
