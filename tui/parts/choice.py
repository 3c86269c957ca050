"""A dialog with a few things to choose from."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class ChoiceDialog(ModalScreen[str | None]):
    """Pick one; Escape picks none."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape", "cancel", "Cancel", id="choice.cancel", tooltip="Leave it as it is"),
    ]

    def __init__(
        self, question: str, choices: Mapping[str, str | Content], chosen: str = ""
    ) -> None:
        """Offer choices.

        Args:
            question: what is asked.
            choices: by name, the words that are shown.
            chosen: the name that has the cursor first.
        """
        super().__init__(classes="dialog-screen")
        self._question, self._choices, self._chosen = question, choices, chosen

    def compose(self) -> ComposeResult:
        """The question and the list."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(self._question)
            options = [Option(words, id=name) for name, words in self._choices.items()]
            yield OptionList(
                *options, id="choices", classes="dialog-options", markup=False, compact=True
            )

    def on_mount(self) -> None:
        """Begin where it stands."""
        names = list(self._choices)
        options = self.query_one("#choices", OptionList)
        options.highlighted = names.index(self._chosen) if self._chosen in names else 0
        options.focus()

    @on(OptionList.OptionSelected, "#choices")
    def _take(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)

    def action_cancel(self) -> None:
        """Pick none."""
        self.dismiss(None)
