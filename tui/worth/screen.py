"""What a policy is worth in agents, run in the background while it is looked at."""

from __future__ import annotations

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from results.studies.words import READ_OFF
from tui.shell.pace import Pace
from tui.shell.run_state import run_words
from tui.shell.run_update import RunUpdate
from tui.shell.runner import Job, Request, Update
from tui.shell.shell import Shell
from tui.what_if.memory import SHOWN as KINDS
from tui.worth.worth import REPLICATIONS, Worth

BUSY = "what a policy is worth"


class WorthScreen(ModalScreen[None]):
    """Agents more that do as well as a policy, and what its money would buy instead."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,a,q", "close", "Close", id="worth.close", tooltip="Back to the policies"),
        Binding("x", "stop_or_go", "Stop/go", id="worth.stop", tooltip="Stop; again to continue"),
        Binding("y", "copy", "Copy", id="worth.copy", tooltip="Copy what it says"),
    ]
    DEFAULT_CSS = """
    WorthScreen {
        background: $background;

        #worth-title { height: auto; padding: 0 1; background: $panel; text-style: bold; }
        #worth-state { height: 1; padding: 0 1; color: $text-muted; }
        #worth-scroll { height: 1fr; scrollbar-size-vertical: 1; padding: 1; }
        #worth-said { height: auto; }
        #worth-note { height: auto; padding: 0 1; color: $text-muted; }
    }
    """

    app = getters.app(Shell)

    def __init__(self, asked: Worth, seed: int = 1) -> None:
        """Ask what a policy is worth.

        Args:
            asked: what is run.
            seed: of the customers.
        """
        super().__init__()
        self._asked, self._seed = asked, seed
        self._job: Job | None = None
        self._request: Request | None = None
        self._update: Update | None = None
        self._pace = Pace(self.set_timer, lambda: self.app.pressed_at)

    def compose(self) -> ComposeResult:
        """Question, state, sentences, how they are found."""
        plan = self._asked.plan
        yield Static(
            f"What is “{plan.called(self._asked.policy)}” worth, in agents of {self._asked.group}?",
            id="worth-title",
            markup=False,
        )
        yield Static(id="worth-state", markup=False)
        with VerticalScroll(id="worth-scroll"):
            yield Static(id="worth-said", markup=False)
        days = plan.scenario.horizon.days
        most = self._asked.levels[-1]
        yield Static(
            f"{plan.called(plan.policies[0])} with up to {most} agents more, against the policy as "
            f"it is: the same customers, {days} {'day' if days == 1 else 'days'}. {READ_OFF}",
            id="worth-note",
            markup=False,
        )
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Run it."""
        self._go()

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        self._stop()
        self.app.idle(BUSY)

    def _go(self) -> None:
        known = {}
        if self._update is not None and self._update.experiment is not None:
            known = dict(self._update.experiment.finished)
        request = self._request = Request(
            scenario=self._asked.plan.combined.scenario,
            policies=self._asked.policies,
            replications=REPLICATIONS,
            seed=self._seed,
            measures=("asa",),
            details=False,
            kinds=KINDS,
            known=known,
        )
        self._say(f"▶ running 0 of {REPLICATIONS}")
        self._job = self.app.runner.submit(
            request, lambda update: self.post_message(RunUpdate(request, update))
        )
        self.app.busy(BUSY, self._stop)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def action_stop_or_go(self) -> None:
        """Stop, or continue."""
        if self._job is not None:
            self._stop()
        elif self._update is None or self._update.state != "done":
            self._go()

    @on(RunUpdate)
    def _told(self, event: RunUpdate) -> None:
        if event.request is not self._request:
            return
        update = self._update = event.update
        words, _ = run_words(update)
        self._say(f"{words} · {len(self._asked.levels)} numbers of agents")
        self._pace.draw(self._show_sentences, now=update.over)
        if update.over:
            self._job = None
            self.app.idle(BUSY)
        if update.state == "failed":
            self.app.show_error("It could not be run", update.words, update.detail)

    def _show_sentences(self) -> None:
        self.query_one("#worth-said", Static).update("\n\n".join(self.sentences))

    def _say(self, words: str) -> None:
        self.query_one("#worth-state", Static).update(words)

    @property
    def sentences(self) -> list[str]:
        """What is known so far; nothing before there are two replications."""
        experiment = self._update.experiment if self._update is not None else None
        if experiment is None or len(experiment.replications) < 2:
            return ["Two replications are needed before anything can be said."]
        return [f"• {one}" for one in self._asked.sentences(self._asked.study(experiment))]

    def action_copy(self) -> None:
        """Copy what it says."""
        said = str(self.query_one("#worth-title", Static).content)
        self.app.copy_to_clipboard("\n".join((said, *self.sentences)))
        self.notify("Copied.")

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()
