"""The plan of a comparison: which policies, how often, and how far each has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from results.reading.signs import Face
from tui.compare.plan import Setting
from tui.parts.fitting import shortened
from tui.parts.line_list import LineList
from tui.parts.looks import policy_colour

_BAR = 8
_LEAST_FOR_BAR = 30
"""Width from which a bar has room next to the name and the number."""


class PlanList(LineList):
    """Policies with a mark and a bar of progress, then the settings of the run."""

    DEFAULT_CSS = """
    PlanList { height: auto; max-height: 60%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space,enter",
            "choose",
            "Pick/set",
            id="plan.choose",
            key_display="⏎",
            tooltip="Take the policy in or leave it out; set replications, precision, seed",
        ),
    ]

    def __init__(
        self,
        take: Callable[[str | Setting], None],
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """Make the list.

        Args:
            take: takes a policy in or leaves it out, or has a setting set; called immediately, so
                that no later key finds the plan as it was before.
            id: of the widget.
        """
        super().__init__(id=id)
        self._take = take
        self._policies: Sequence[str] = ()
        self._faces: Mapping[str, Face] = {}
        self._picked: frozenset[str] = frozenset()
        self._settings: Sequence[Setting] = ()
        self._done: Mapping[str, int] = {}
        self._planned = 0

    def show_plan(
        self, faces: Mapping[str, Face], picked: Sequence[str], settings: Sequence[Setting]
    ) -> None:
        """Show what may be run.

        Args:
            faces: title and sign of every policy of the scenario, the baseline first.
            picked: those to run.
            settings: of the run.
        """
        self._policies, self._faces = tuple(faces), faces
        self._picked, self._settings = frozenset(picked), settings
        self.renew()

    def show_progress(self, done: Mapping[str, int], planned: int) -> None:
        """Show how many replications are finished under each policy."""
        self._done, self._planned = done, planned
        self.refresh()

    @property
    def current(self) -> str | Setting | None:
        """The policy or the setting that has the cursor."""
        number = self.cursor
        if number < len(self._policies):
            return self._policies[number]
        number -= len(self._policies)
        return self._settings[number] if number < len(self._settings) else None

    @property
    def in_full(self) -> str:
        """What is under the cursor: the whole title of a policy, or what a setting is for."""
        current = self.current
        if current is None:
            return ""
        return self._faces[current].title if isinstance(current, str) else current.about

    def count(self) -> int:
        """A line for each policy and each setting."""
        return len(self._policies) + len(self._settings)

    def line(self, index: int, width: int) -> Text:
        """A policy with its bar, or a setting."""
        if index < len(self._policies):
            return self._policy(self._policies[index], width)
        one = self._settings[index - len(self._policies)]
        text = Text(f" {one.label}")
        gap = max(1, width - text.cell_len - len(one.value) - 1)
        return text.append(" " * gap).append(one.value, self.style_of("marked"))

    def _policy(self, name: str, width: int) -> Text:
        picked = name in self._picked
        title, sign = self._faces[name]
        text = Text(" ").append("✓ " if picked else "  ", self.style_of("better"))
        text.append(
            f"{sign.mark} ", policy_colour(self, sign) if picked else self.style_of("muted")
        )
        tail = self._progress(name, width) if picked and name in self._done else Text()
        room = max(4, width - text.cell_len - tail.cell_len - 1)
        return text.append(
            shortened(title, room), "" if picked else self.style_of("muted")
        ).append_text(tail)

    def _progress(self, name: str, width: int) -> Text:
        done, planned = self._done[name], max(1, self._planned)
        bar = _BAR if width >= _LEAST_FOR_BAR and done < planned else 0
        full = round(bar * min(1.0, done / planned))
        text = Text(" " * bool(bar)).append("━" * full, self.style_of("marked"))
        text.append("┄" * (bar - full), self.style_of("muted"))
        return text.append(f" {done:>3}")

    def action_choose(self) -> None:
        """Take in or leave out, or set."""
        self.choose()

    def choose(self) -> None:
        """Take in or leave out, or set, what is under the cursor."""
        if (current := self.current) is not None:
            self._take(current)
