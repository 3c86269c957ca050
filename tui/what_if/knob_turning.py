"""Turning knobs: what keys, clicks and typing do to the bench."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from results.reading.names import titles_of
from tui.parts.choice import ChoiceDialog
from tui.parts.line_list import LineList
from tui.shell.mode import ModeScreen
from tui.what_if.bench import Bench, RefusedError
from tui.what_if.knob import Knob
from tui.what_if.knob_detail import KnobDetail
from tui.what_if.knob_list import KnobList


class KnobTurning(ModeScreen):
    """What the what-if screen does with its knobs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "Undo", id="what_if.undo", tooltip="Take the last turn back"),
        Binding("r", "reset", "Reset", id="what_if.reset", tooltip="This knob as in the base"),
        Binding(
            "R",
            "reset_all",
            "Reset all",
            id="what_if.reset_all",
            key_display="R",
            tooltip="Every knob as in the base; undo brings them back",
            show=False,
        ),
        Binding(
            "p",
            "start_from",
            "Policy",
            id="what_if.policy",
            tooltip="Turn the knobs as a policy of the file has them",
            show=False,
        ),
        Binding(
            "slash",
            "find",
            "Find",
            id="what_if.find",
            key_display="/",
            tooltip="Find a knob by a word for it: refund, limit, headcount",
            show=False,
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._bench: Bench | None = None

    @property
    def bench(self) -> Bench | None:
        """The bench as it stands; None until a scenario is open."""
        return self._bench

    @abstractmethod
    def take(self, bench: Bench) -> None:
        """Take a turned bench for the one that stands, and have it run."""

    # -- turning -------------------------------------------------------------------------------

    def _try(self, turn: Bench | RefusedError) -> None:
        """Take a turn, or say why not."""
        if isinstance(turn, RefusedError):
            self.query_one(KnobDetail).say_wrong(str(turn))
        elif turn is not self._bench:
            self.take(turn)

    def turn_knob(self, knob: Knob, value: object) -> None:
        """Turn a knob to a value, or say why it cannot stand there."""
        if self._bench is not None:
            self._try(_tried(self._bench, knob.key, value))

    def ask_for(self, knob: Knob) -> None:
        """Let a value be typed for a knob, or picked."""
        if knob.kind == "number":
            self.query_one(KnobDetail).edit(knob)
            return

        def take(choice: str | None) -> None:
            if choice is not None and self._bench is not None:
                self._try(_tried(self._bench, knob.key, choice))

        self.app.push_screen(ChoiceDialog(knob.title, knob.choices, str(knob.value)), take)

    @on(KnobDetail.Typing)
    def _typing(self, event: KnobDetail.Typing) -> None:
        if self._bench is None or not event.text.strip():
            return
        found = _typed(self._bench, event.knob.key, event.text)
        words = str(found) if isinstance(found, RefusedError) else ""
        self.query_one(KnobDetail).say_wrong(words)

    @on(KnobDetail.Typed)
    def _typed(self, event: KnobDetail.Typed) -> None:
        if self._bench is None:
            return
        found = _typed(self._bench, event.knob.key, event.text)
        if not isinstance(found, RefusedError):
            self.query_one(KnobDetail).leave()
        self._try(found)

    @on(KnobDetail.Left)
    def _left(self) -> None:
        self.query_one(KnobList).focus()
        self._show_detail()

    @on(LineList.Moved)
    def _moved(self, event: LineList.Moved) -> None:
        if isinstance(event.sender, KnobList) and not self.query_one(KnobDetail).editing:
            self._show_detail()

    def _show_detail(self) -> None:
        self.query_one(KnobDetail).show_knob(self.query_one(KnobList).current)

    def action_undo(self) -> None:
        """Take the last turn back."""
        if self._bench is not None:
            self._try(self._bench.undo())

    def action_reset(self) -> None:
        """Turn the knob under the cursor back."""
        knob = self.query_one(KnobList).current
        if self._bench is not None and knob is not None:
            try:
                self._try(self._bench.reset(knob.key))
            except RefusedError as error:
                self._try(error)

    def action_reset_all(self) -> None:
        """Turn everything back."""
        if self._bench is not None:
            self._try(self._bench.reset_all())

    def action_start_from(self) -> None:
        """Turn the knobs as a policy has them."""
        opened, bench = self._shown, self._bench
        if opened is None or opened.scenario is None or bench is None:
            return
        policies = opened.scenario.policies
        if not policies:
            self.notify(f"{opened.name} has no policies yet: s saves what is turned as one.")
            return

        def take(name: str | None) -> None:
            if name is not None:
                try:
                    self._try(bench.start_from(policies[name]))
                except RefusedError as error:
                    self._try(error)

        words = titles_of(opened.scenario, policies)
        self.app.push_screen(ChoiceDialog("Start from a policy", words), take)

    # -- finding -------------------------------------------------------------------------------

    def action_find(self) -> None:
        """Open the field to find a knob, next to the knobs."""
        self.remove_class("-full")
        field = self.query_one("#knob-find", Input)
        field.add_class("-open")
        field.focus()

    @on(Input.Changed, "#knob-find")
    def _find(self, event: Input.Changed) -> None:
        self.query_one(KnobList).find(event.value)

    @on(Input.Submitted, "#knob-find")
    def _found(self) -> None:
        field, knobs = self.query_one("#knob-find", Input), self.query_one(KnobList)
        key = knobs.current.key if knobs.current else ""
        field.value = ""
        field.remove_class("-open")
        knobs.find("")
        if key:
            knobs.go_to(key)
        knobs.focus()

    def key_escape(self) -> None:
        """Leave the field to find a knob."""
        if self.query_one("#knob-find", Input).has_class("-open"):
            self._found()


def _tried(bench: Bench, key: str, value: object) -> Bench | RefusedError:
    try:
        return bench.turn(key, value)
    except RefusedError as error:
        return error


def _typed(bench: Bench, key: str, text: str) -> Bench | RefusedError:
    try:
        return bench.typed(key, text)
    except RefusedError as error:
        return error
