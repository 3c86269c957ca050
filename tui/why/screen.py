"""Why: a difference between two policies, split into parts that add up to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from results import Experiment
from results.charts.waterfall import steps_of
from results.why.account import Account, Accounting
from results.why.rows import CERTAIN, legend
from results.why.words import why_differs
from tui.shell.shell import Shell
from tui.why.customers import asked_of
from tui.why.customers_screen import CustomersScreen
from tui.why.waterfall import Tones, waterfall

TWO_COLUMNS = 110
"""Width from which two accounts stand beside each other."""
_SIGNS = "█ differs for certain, by as much as matters   ░ may be chance, or too small to matter"


class WhyScreen(ModalScreen[None]):
    """The accounts of a difference as waterfalls, and the sentence that they come to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,w,q", "close", "Close", id="why.close", tooltip="Back to the difference"),
        Binding("right,v", "turn(1)", "Next policy", id="why.next", tooltip="Why another differs"),
        Binding(
            "left", "turn(-1)", "Before", id="why.before", tooltip="The one before", show=False
        ),
        Binding(
            "c",
            "customers",
            "Customers",
            id="why.customers",
            tooltip="Some customers behind the difference, and what happened to them",
        ),
        Binding("y", "copy", "Copy", id="why.copy", tooltip="Copy the sentence"),
        Binding("down", "scroll(1)", "Down", id="why.down", tooltip="Further down", show=False),
        Binding("up", "scroll(-1)", "Up", id="why.up", tooltip="Further up", show=False),
    ]
    DEFAULT_CSS = """
    WhyScreen {
        background: $background;

        #why-title { height: auto; padding: 0 1; background: $panel; text-style: bold; }
        #why-sentence { height: auto; max-height: 6; padding: 1 1 0 1; }
        #why-scroll { height: 1fr; scrollbar-size-vertical: 1; padding: 1; }
        #why-accounts { height: auto; }
        #why-legend { height: auto; padding: 0 1; color: $text-muted; }
    }
    """

    app = getters.app(Shell)

    def __init__(
        self, found: Mapping[str, Accounting], first: str, experiment: Experiment | None = None
    ) -> None:
        """Show why policies differ.

        Args:
            found: by policy.
            first: the policy that is shown first.
            experiment: what was run, to look for the customers behind a difference.
        """
        super().__init__()
        self._found = found
        self._policy = first
        self._experiment = experiment

    @property
    def shown(self) -> Accounting:
        """The accounting that is seen."""
        return self._found[self._policy]

    def compose(self) -> ComposeResult:
        """Question, sentence, accounts, how they are read."""
        yield Static(id="why-title", markup=False)
        yield Static(id="why-sentence", markup=False)
        with VerticalScroll(id="why-scroll"):
            yield Static(id="why-accounts", markup=False)
        yield Static(id="why-legend", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Show it at the width that there is."""
        self._draw()

    def on_resize(self) -> None:
        """Lay the accounts out anew."""
        self._draw()

    def _draw(self) -> None:
        found = self.shown
        several = f"   {self._place} of {len(self._found)}" if len(self._found) > 1 else ""
        self.query_one("#why-title", Static).update(f"{why_differs(found)}{several}")
        self.query_one("#why-sentence", Static).update(found.sentence)
        self.query_one("#why-legend", Static).update(f"{_SIGNS}\n{_how_to_read(found)}")
        self.query_one("#why-accounts", Static).update(self._accounts(found))

    @property
    def _place(self) -> int:
        return list(self._found).index(self._policy) + 1

    def _accounts(self, found: Accounting) -> Text:
        width = self.app.size.width - 4
        columns = _columns(found) if self.app.size.width >= TWO_COLUMNS else [found.accounts]
        room = (width - 4 * (len(columns) - 1)) // len(columns)
        colours = self.app.theme_variables
        tones = Tones(colours["primary"], colours["accent"], f"bold {colours['foreground']}", "dim")
        drawn = [self._column(found, column, room, tones) for column in columns]
        return _beside(drawn, room)

    @staticmethod
    def _column(
        found: Accounting, accounts: Sequence[Account], room: int, tones: Tones
    ) -> list[Text]:
        lines: list[Text] = []
        for account in accounts:
            lines += waterfall(account.title, steps_of(found, account), room, tones).split("\n")
            lines.append(Text())
        return lines

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no other policy to go to where only one differs."""
        if action == "turn":
            return len(self._found) > 1
        return super().check_action(action, parameters)

    def action_turn(self, by: int) -> None:
        """Go to another policy."""
        names = list(self._found)
        self._policy = names[(names.index(self._policy) + by) % len(names)]
        self._draw()

    def action_scroll(self, by: int) -> None:
        """Move the accounts up or down."""
        self.query_one("#why-scroll", VerticalScroll).scroll_relative(y=3 * by, animate=False)

    @work(thread=True, exit_on_error=False, group="customers")
    def action_customers(self) -> None:
        """Show some of the customers behind the difference."""
        if self._experiment is not None:
            asked = asked_of(self._experiment, self._policy)
            self.app.call_from_thread(self.app.push_screen, CustomersScreen(asked))

    def action_copy(self) -> None:
        """Copy the sentence to the clipboard."""
        self.app.copy_to_clipboard(self.shown.sentence)
        self.notify("Copied.")

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()


def _how_to_read(found: Accounting) -> str:
    """The legend without the sign that stands in tables: here the bars say it."""
    said, sign, certain = legend(found).partition(f" {CERTAIN} differs")
    return f"{said} Certain means{certain.removeprefix(' for certain')}" if sign else said


def _columns(found: Accounting) -> list[list[Account]]:
    """The accounts in two columns of about the same height."""
    columns: list[list[Account]] = [[], []]
    heights = [0, 0]
    for account in found.accounts:
        at = heights.index(min(heights))
        columns[at].append(account)
        heights[at] += len(steps_of(found, account)) + 2
    return [column for column in columns if column]


def _beside(columns: Sequence[Sequence[Text]], room: int) -> Text:
    """Columns of lines next to each other."""
    text = Text(no_wrap=True)
    for at in range(max(map(len, columns), default=0)):
        for number, column in enumerate(columns):
            line = column[at].copy() if at < len(column) else Text()
            if number + 1 < len(columns):
                line.pad_right(max(0, room + 4 - line.cell_len))
            text.append_text(line)
        text.append("\n")
    return text
