"""A form: a few fields to choose or type, in a dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Select, SelectionList, Static
from textual.widgets.selection_list import Selection

Answers = dict[str, str]
"""What was chosen or typed, by the field's name."""

CLOSE = Binding("escape", "close", "Close", id="form.close", tooltip="Leave it as it is")


@dataclass(frozen=True)
class Field:
    """One question of a form."""

    name: str
    label: str
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """What can be chosen: words and value; empty for a number to type."""


class FormDialog(ModalScreen[Answers | None]):
    """Asks several things at once; Escape gives none."""

    DEFAULT_CSS = """
    FormDialog {
        .form-row { height: 3; }
        .form-label { width: 26; padding: 1 1 0 0; }
        .form-field { width: 1fr; }
        .form-fields { height: auto; max-height: 16; }
    }
    """
    BINDINGS = [CLOSE]  # noqa: RUF012

    def __init__(
        self, title: str, fields: Sequence[Field], check: Callable[[Answers], str], words: str = ""
    ) -> None:
        """Ask these fields; ``check`` says what is wrong with the answers, if anything."""
        super().__init__(classes="dialog-screen")
        self._title, self._fields, self._check, self._words = title, fields, check, words

    def compose(self) -> ComposeResult:
        """A row for each field, what is wrong, the buttons."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(self._title)
            if self._words:
                yield Static(self._words, markup=False, classes="dialog-words muted")
            with VerticalScroll(classes="form-fields", can_focus=False):
                for field in self._fields:
                    with Horizontal(classes="form-row"):
                        yield Label(field.label, markup=False, classes="form-label")
                        yield self._widget(field)
            yield Label("", id="wrong", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("OK", variant="primary", id="ok")
                yield Button("Cancel", id="cancel")

    def _widget(self, field: Field) -> Select[str] | Input:
        name = f"field-{field.name}"
        if field.choices:
            return Select(
                [(Content(words), value) for words, value in field.choices],
                allow_blank=False,
                value=field.value or field.choices[0][1],
                id=name,
                classes="form-field",
            )
        return Input(field.value, type="number", id=name, classes="form-field")

    def on_mount(self) -> None:
        """Begin with the first field."""
        self.query(".form-field").first().focus()

    @on(Input.Submitted)
    @on(Button.Pressed, "#ok")
    def _take(self) -> None:
        answers: Answers = {}
        for field in self._fields:
            widget = self.query_one(f"#field-{field.name}")
            assert isinstance(widget, Select | Input)
            answers[field.name] = str(widget.value)
        wrong = self._check(answers)
        self.query_one("#wrong", Label).update(wrong)
        if not wrong:
            self.dismiss(answers)

    @on(Button.Pressed, "#cancel")
    def action_close(self) -> None:
        """Leave it as it is."""
        self.dismiss(None)


class PickDialog(ModalScreen[frozenset[str] | None]):
    """Any number of a few things; Space picks, Enter takes what is picked."""

    DEFAULT_CSS = """
    PickDialog {
        .choices { height: auto; max-height: 14; background: $surface; padding: 0; }
    }
    """
    BINDINGS = [  # noqa: RUF012
        CLOSE,
        Binding("a", "all", "All", id="pick.all", tooltip="Pick everything, or nothing"),
        Binding("enter", "take", "Take", id="pick.take", tooltip="Take it", priority=True),
    ]

    def __init__(
        self, title: str, choices: Sequence[tuple[str, str]], picked: frozenset[str]
    ) -> None:
        """Offer choices, each words and value, some of them picked already."""
        super().__init__(classes="dialog-screen")
        self._title, self._choices, self._picked = title, choices, picked

    def compose(self) -> ComposeResult:
        """The choices below each other."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(self._title)
            yield SelectionList[str](
                *(
                    Selection(Content(words), key, key in self._picked)
                    for words, key in self._choices
                ),
                id="picks",
                classes="choices",
                compact=True,
            )
            yield Static("Space picks · a all or none · Enter takes", classes="muted")

    def action_all(self) -> None:
        """Pick everything; when everything is picked, nothing."""
        picks = self.query_one("#picks", SelectionList)
        everything = len(picks.selected) == len(self._choices)
        (picks.deselect_all if everything else picks.select_all)()

    def action_take(self) -> None:
        """Take what is picked."""
        self.dismiss(frozenset(self.query_one("#picks", SelectionList).selected))

    def action_close(self) -> None:
        """Leave it as it is."""
        self.dismiss(None)
