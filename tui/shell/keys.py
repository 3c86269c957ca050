"""The keys that work on every screen."""

from __future__ import annotations

from textual.binding import Binding

MODES: dict[str, str] = {
    "scenarios": "Ask",
    "what_if": "What-if",
    "compare": "Compare",
    "floor": "Floor",
    "runs": "Runs",
}
"""The screens that lie next to each other, in the order of their keys 1 to 5."""

_TOOLTIPS = {
    "scenarios": "Choose the contact centre to work on",
    "what_if": "Turn a knob and see what it does to waits and to first contact",
    "compare": "Run several policies and lay them side by side",
    "floor": "Watch the simulated floor at work",
    "runs": "Open what was run before",
}


def _to_screens() -> list[Binding]:
    return [
        Binding(
            str(number),
            f"go('{mode}')",
            title,
            id=f"app.{mode}",
            tooltip=_TOOLTIPS[mode],
            show=False,
        )
        for number, (mode, title) in enumerate(MODES.items(), start=1)
    ]


APP: list[Binding] = [
    *_to_screens(),
    Binding(
        "question_mark,f1",
        "help",
        "Help",
        id="app.help",
        key_display="?",
        tooltip="Every key of this screen, every measure, every assumption",
        show=False,
    ),
    Binding(
        "ctrl+o",
        "jump",
        "Jump",
        id="app.jump",
        tooltip="Show a letter on everything that takes the keyboard; press one to go there",
        show=False,
    ),
    Binding(
        "ctrl+r",
        "read_anew",
        "Read anew",
        id="app.read_anew",
        tooltip="Read the open file anew after another program has changed it",
        show=False,
        priority=True,
    ),
    Binding(
        "ctrl+k",
        "keep_open",
        "Keep",
        id="app.keep_open",
        tooltip="Keep what is open, whatever another program has written into the file",
        show=False,
        priority=True,
    ),
    Binding(
        "f2",
        "light_or_dark",
        "Light or dark",
        id="app.theme",
        tooltip="Switch between the light and the dark theme; the choice is remembered",
        show=False,
    ),
    Binding(
        "ctrl+q",
        "quit",
        "Quit",
        id="app.quit",
        tooltip="Leave; asks when something is still running",
        show=False,
        priority=True,
    ),
]
