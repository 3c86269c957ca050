"""Dialogs: something went wrong, yes or no, a name please."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Static, TextArea

from tui.parts.harmless import harmless

Check = Callable[[str], str]
"""Given what was typed: why it cannot be taken, as a readable message; nothing when it can."""


class WordsDialog(ModalScreen[None]):
    """Plain words; the detail below, to be copied."""

    SIGN = ""

    BINDINGS = [  # noqa: RUF012
        Binding("escape,enter", "close", "Close", id="words.close", tooltip="Close the dialog"),
        Binding(
            "c", "copy", "Copy", id="words.copy", tooltip="Copy words and detail to the clipboard"
        ),
    ]

    def __init__(self, title: str, words: str, detail: str = "") -> None:
        super().__init__(classes="dialog-screen")
        # An error may quote a file, and a path may hold anything.
        self._title, self._words, self._detail = map(harmless, (title, words, detail))

    def compose(self) -> ComposeResult:
        """Title, words, detail, buttons."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(f"{self.SIGN}{self._title}")
            dialog.set_class(bool(self.SIGN), "-error")
            with VerticalScroll(classes="dialog-words", can_focus=False):
                yield Static(self._words, markup=False)
            if self._detail:
                yield TextArea(
                    self._detail, read_only=True, show_cursor=False, classes="dialog-detail"
                )
            with Horizontal(classes="dialog-buttons"):
                yield Button("Close", id="close", classes="dialog-button")
                yield Button("Copy", id="copy", classes="dialog-button")

    def on_mount(self) -> None:
        """Enter closes."""
        self.query_one("#close").focus()

    @on(Button.Pressed, "#close")
    def action_close(self) -> None:
        """Go back to where it happened."""
        self.dismiss()

    @on(Button.Pressed, "#copy")
    def action_copy(self) -> None:
        """Copy everything, for a message to somebody who can help."""
        parts = (self._title, self._words, self._detail)
        self.app.copy_to_clipboard("\n\n".join(part for part in parts if part))
        self.notify("Copied.")


class ErrorDialog(WordsDialog):
    """What went wrong and what to do."""

    SIGN = "✗ "


class YesNoDialog(ModalScreen[bool]):
    """A question that is answered with yes or no; Escape is no."""

    BINDINGS = [  # noqa: RUF012
        Binding("y", "answer(True)", "Yes", id="ask.yes", tooltip="Yes"),
        Binding("n,escape", "answer(False)", "No", id="ask.no", tooltip="No, leave it as it is"),
        Binding(
            "left,right", "other", "Other", id="ask.other", tooltip="The other button", show=False
        ),
    ]

    def __init__(self, question: str, yes: str = "Yes", no: str = "No") -> None:
        super().__init__(classes="dialog-screen")
        self._question, self._yes, self._no = harmless(question), yes, no

    def compose(self) -> ComposeResult:
        """The question and two buttons."""
        with Vertical(classes="dialog"):
            yield Static(self._question, markup=False, classes="dialog-words")
            with Horizontal(classes="dialog-buttons"):
                yield Button(Content(f"{self._yes} (y)"), id="yes", classes="dialog-button")
                yield Button(Content(f"{self._no} (n)"), id="no", classes="dialog-button")

    def on_mount(self) -> None:
        """The harmless answer is at hand."""
        self.query_one("#no").focus()

    def action_other(self) -> None:
        """Move to the other button."""
        self.focus_next()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_answer(self, answer: bool) -> None:
        """Answer by a key."""
        self.dismiss(answer)


class TextDialog(ModalScreen[str | None]):
    """Ask for a name or another short text; Escape gives none."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape", "cancel", "Cancel", id="text.cancel", tooltip="Leave it as it is"),
    ]

    def __init__(
        self, question: str, value: str = "", *, placeholder: str = "", check: Check | None = None
    ) -> None:
        super().__init__(classes="dialog-screen")
        self._question, self._value, self._placeholder = harmless(question), value, placeholder
        self._check = check or (lambda text: "" if text else "Type something, or press Escape.")

    def compose(self) -> ComposeResult:
        """The question, the field, what is wrong with it."""
        with Vertical(classes="dialog"):
            yield Static(self._question, markup=False, classes="dialog-words")
            yield Input(self._value, placeholder=self._placeholder, id="text")
            yield Label("", id="wrong", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("OK", id="ok", classes="dialog-button")
                yield Button("Cancel", id="cancel", classes="dialog-button")

    @on(Input.Changed, "#text")
    def _show_wrong(self, event: Input.Changed) -> None:
        wrong = self._check(event.value.strip()) if event.value.strip() else ""
        self.query_one("#wrong", Label).update(wrong)

    @on(Input.Submitted, "#text")
    @on(Button.Pressed, "#ok")
    def _take(self) -> None:
        text = self.query_one("#text", Input).value.strip()
        wrong = self._check(text)
        self.query_one("#wrong", Label).update(wrong)
        if not wrong:
            self.dismiss(text)

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        """Leave it as it is."""
        self.dismiss(None)
