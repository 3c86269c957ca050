"""The measures so far, with their targets."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from results.measures.registry import MEASURES
from results.reading.format import money, value
from results.reading.within import within
from scenarios import Scenario
from scenarios.answer_targets import answer_targets
from scenarios.shares import percent_as_given
from tui.floor.frames import Frame
from tui.floor.lines import Line, Tone
from tui.floor.names import Names
from tui.floor.panel import Panel
from tui.parts.fitting import fitted

_SHORTEST = {
    "fcr": "First contact",
    "fcr_complaints": "Complaints, 1st",
    "approval_wait": "Approval wait",
}
"""Where both columns leave little room."""
_FULL_ROOM = 24

SHORT = {
    "service_level": "Service level",
    "asa": "Speed of answer",
    "abandonment": "Abandoned",
    "fcr": "First-contact resolution",
    "fcr_complaints": "Complaints, 1st contact",
    "approval_wait": "Wait for an approval",
    "promises_kept": "Promises kept",
    "occupancy": "Occupancy",
}


class MeasureBoard(Panel):
    """Today and the whole run so far, side by side."""

    HEADING = "So far"
    SCROLLS = True

    def lines(self, frame: Frame, names: Names) -> Sequence[Line]:
        """One line for each measure that says something."""
        snapshot, scenario = frame.snapshot, names.scenario
        width, column = self.scrollable_content_region.width, 9
        both = snapshot.horizon_s > 86_400.0
        room = width - column * (2 if both else 1)
        nobody_can_fail = all(reason.solve >= 1.0 for reason in scenario.reasons.values())
        found: list[Line] = []
        for name, title in SHORT.items():
            today, run = snapshot.today[name], snapshot.so_far[name]
            if (isnan(today) and isnan(run)) or (name == "fcr" and nobody_can_fail):
                continue
            target = scenario.targets.service_level if name == "service_level" else None
            words = title if room >= _FULL_ROOM else _SHORTEST.get(name, title)
            if name == "service_level":
                words = _level_title(scenario, room)
            cells = [_cell(name, today, target, column)]
            cells += [_cell(name, run, target, column)] if both else []
            found.append(((fitted(words, room), "plain"), *cells))
        paid = snapshot.today["remedies_paid"], snapshot.so_far["remedies_paid"]
        if paid[1]:
            texts = [f"{money(amount, names.currency):>{column}}" for amount in paid]
            text = "".join(texts if both else texts[:1])
            title = "Remedies paid a day" if room >= _FULL_ROOM else "Remedies a day"
            found.append(((fitted(title, room), "plain"), (text, "plain")))
        columns = f"{'today':>{column}}" + (f"{'run':>{column}}" if both else "")
        self.head(columns, right=True, rows=len(found))
        return found


def _level_title(scenario: Scenario, room: int) -> str:
    """The service level with its seconds and its target, as long as there is room."""
    time, target = within(answer_targets(scenario)), scenario.targets.service_level
    title = f"Service level, {percent_as_given(target)} in {time}"
    return title if len(title) <= room else f"In {time}"


def _cell(name: str, amount: float, target: float | None, column: int) -> tuple[str, Tone]:
    text = value(amount, MEASURES[name].unit)
    if target is None or isnan(amount):
        return f"{text:>{column}}", "plain"
    below = amount < target
    return f"{'!' if below else '✓'}{text}".rjust(column), "bad" if below else "good"
