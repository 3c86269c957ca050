"""Why: a difference between two policies, split into parts that add up to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from results import Experiment
from results.charts.drawing import draw_one
from results.charts.titles import WHY
from results.charts.view import View
from results.charts.waterfall import steps_of
from results.runs.names import CHARTS
from results.why.account import Account, Accounting
from results.why.rows import CERTAIN, legend
from results.why.words import why_differs
from tui.parts.boxed import EDGES, beside, boxed
from tui.shell.sharing import shared
from tui.shell.shell import Shell
from tui.terminal.run_files import RunFiles
from tui.why.customers import asked_of
from tui.why.customers_screen import CustomersScreen
from tui.why.waterfall import Tones, waterfall

SIDE_BY_SIDE = ((170, 3), (110, 2), (0, 1))
"""From which width on so many accounts stand beside each other."""
GAP = 1
"""Columns between two accounts."""
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
        Binding(
            "y",
            "share",
            "Share",
            id="why.share",
            tooltip="Copy the sentence, save the waterfalls as a picture, open the report",
        ),
        Binding("down", "scroll(1)", "Down", id="why.down", tooltip="Further down", show=False),
        Binding("up", "scroll(-1)", "Up", id="why.up", tooltip="Further up", show=False),
    ]
    DEFAULT_CSS = """
    WhyScreen {
        background: $background;

        #why-title { height: auto; padding: 0 1; background: $panel; text-style: bold; }
        #why-sentence { height: auto; max-height: 6; padding: 0 1; margin: 1 0 0 0; }
        #why-scroll { height: 1fr; scrollbar-size-vertical: 1; padding: 1; }
        #why-accounts { height: auto; }
        #why-legend { height: auto; padding: 0 1; color: $text-muted; }
    }
    """

    app = getters.app(Shell)

    def __init__(
        self,
        found: Mapping[str, Accounting],
        first: str,
        experiment: Experiment,
        keep: Callable[[], RunFiles | None] = lambda: None,
    ) -> None:
        """Show why policies differ.

        Args:
            found: by policy.
            first: the policy that is shown first.
            experiment: what was run, to look for the customers behind a difference.
            keep: gives the files of the finished run; None where it is not finished.
        """
        super().__init__()
        self._found = found
        self._policy = first
        self._experiment = experiment
        self._keep = keep

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
        most = next(n for least, n in SIDE_BY_SIDE if self.app.size.width >= least)
        columns = _columns(found, most)
        room = (self.app.size.width - 3 - GAP * (len(columns) - 1)) // len(columns)
        drawn = [self._column(found, column, room) for column in columns]
        return Text("\n", no_wrap=True).join(beside(drawn, [room] * len(drawn), GAP))

    def _column(self, found: Accounting, accounts: Sequence[Account], room: int) -> list[Text]:
        """Accounts below each other, each in a box."""
        colours = self.app.theme_variables
        tones = Tones(
            less=colours["primary"],
            more=colours["secondary"],
            whole=f"bold {colours['foreground']}",
            muted=colours.get("muted", "dim"),
        )
        lines: list[Text] = []
        for account in accounts:
            _, *drawn = waterfall("", steps_of(found, account), room - EDGES, tones).split("\n")
            edge = colours["border-blurred"]
            lines += boxed(account.title, drawn, room, len(drawn) + 2, edge, "bold")
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
        asked = asked_of(self._experiment, self._policy)
        self.app.call_from_thread(self.app.push_screen, CustomersScreen(asked))

    def action_share(self) -> None:
        """Copy the sentence; draw the waterfalls, say where, and open the report."""
        self.app.copy_to_clipboard(self.shown.sentence)
        self.notify("The sentence is copied. Drawing the picture …")
        self._share(self.shown, WHY if len(self._found) == 1 else f"{WHY}-{self._place}")

    @work(thread=True, exit_on_error=False, group="share")
    def _share(self, shown: Accounting, stem: str) -> None:
        tell = self.app.call_from_thread
        files = self._keep() if self._experiment.complete else None
        if files is None:
            tell(
                self.notify,
                "There is no picture of a run that has not ended. Close this, and press w again "
                "when it has.",
            )
            return
        view = View.of(self._experiment, why=shown)
        pictures = draw_one(view, WHY, files.folder / CHARTS, stem)
        found = shared(files, pictures, show=not self.app.is_web)
        tell(self.notify, found.in_words(), title="Shared", timeout=20)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()


def _how_to_read(found: Accounting) -> str:
    """The legend without the sign that stands in tables: here the bars say it."""
    said, sign, _ = legend(found).partition(f" {CERTAIN} differs")
    certain = f" Certain: beyond chance even among all {found.claims} differences looked at."
    return f"{said}{certain}" if sign else said


def _columns(found: Accounting, most: int) -> list[list[Account]]:
    """The accounts in at most so many columns of about the same height."""
    columns: list[list[Account]] = [[] for _ in range(most)]
    heights = [0] * most
    for account in found.accounts:
        at = heights.index(min(heights))
        columns[at].append(account)
        heights[at] += len(steps_of(found, account)) + 2
    return [column for column in columns if column]
