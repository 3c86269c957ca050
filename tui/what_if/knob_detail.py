"""Below the knobs: what the knob under the cursor means, and the field to type a value in."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Label, Static

from tui.parts.saying import say
from tui.what_if.knob import Knob


class KnobDetail(Vertical):
    """The knob in full: name, base, meaning, what is wrong with what is typed."""

    DEFAULT_CSS = """
    KnobDetail {
        height: 9;

        #knob-title { height: auto; max-height: 2; text-style: bold; }
        #knob-field { height: 1; display: none; }
        #knob-input { width: 1fr; height: 1; border: none; padding: 0 1; background: $panel; }
        #knob-unit { width: auto; padding: 0 1; color: $text-muted; }
        #knob-stand { height: auto; max-height: 2; color: $accent; }
        #knob-note { height: auto; max-height: 3; color: $text-muted; }
        #knob-wrong { height: auto; max-height: 4; color: $error; display: none; }
        &.-editing #knob-field { display: block; }
        &.-editing #knob-note { display: none; }
        &.-wrong #knob-wrong { display: block; }
        &.-wrong #knob-note { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "leave",
            "Leave",
            id="knob.leave",
            tooltip="Leave the value as it was",
            show=False,
        ),
    ]

    class Typing(Message):
        """Something is being typed for a knob."""

        def __init__(self, knob: Knob, text: str) -> None:
            super().__init__()
            self.knob, self.text = knob, text

    class Typed(Typing):
        """A value was typed and is to be taken."""

    class Left(Message):
        """The field was left."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes="panel")
        self.border_title = "Under the cursor"
        self._knob: Knob | None = None

    def compose(self) -> ComposeResult:
        """Name, field, base, meaning, problem."""
        yield Static(id="knob-title", markup=False)
        with Horizontal(id="knob-field"):
            yield Input(id="knob-input", select_on_focus=True)
            yield Label(id="knob-unit", markup=False)
        yield Static(id="knob-stand", markup=False)
        yield Static(id="knob-note", markup=False)
        yield Static(id="knob-wrong", markup=False)

    @property
    def editing(self) -> bool:
        """Whether a value is being typed."""
        return self.has_class("-editing")

    def show_knob(self, knob: Knob | None) -> None:
        """Show a knob; nothing when None."""
        self._knob = knob
        self.say_wrong("")
        say(self.query_one("#knob-title", Static), knob.title if knob else "")
        stand = "" if knob is None else _stand(knob)
        say(self.query_one("#knob-stand", Static), stand)
        note = knob.note.replace("``", "") if knob else ""
        say(self.query_one("#knob-note", Static), note)

    def edit(self, knob: Knob) -> None:
        """Let a value be typed."""
        self.show_knob(knob)
        self.add_class("-editing")
        self.query_one("#knob-unit", Label).update(knob.unit.sign)
        field = self.query_one("#knob-input", Input)
        with field.prevent(Input.Changed):
            field.value = knob.unit.typed(float(knob.value))
        # Immediately and not after the keys that wait already: they are meant for the field.
        self.screen.set_focus(field)

    def leave(self) -> None:
        """Close the field."""
        if self.editing:
            self.remove_class("-editing")
            self.say_wrong("")
            self.post_message(self.Left())

    def say_wrong(self, words: str) -> None:
        """Say what is wrong with what was typed or turned; nothing when it is right."""
        self.set_class(bool(words), "-wrong")
        say(self.query_one("#knob-wrong", Static), f"✗ {words}" if words else "")

    def action_leave(self) -> None:
        """Close the field, the value as it was."""
        self.leave()

    @on(Input.Changed, "#knob-input")
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        if self._knob is not None:
            self.post_message(self.Typing(self._knob, event.value))

    @on(Input.Submitted, "#knob-input")
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        if self._knob is not None:
            self.post_message(self.Typed(self._knob, event.value))


def _stand(knob: Knob) -> str:
    if not knob.changed:
        return f"as in the base: {knob.shown}"
    before = "new here" if knob.base is None else f"base {knob.shown_base}"
    return f"● {knob.shown}, {before}"
