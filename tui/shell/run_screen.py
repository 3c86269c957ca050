"""A screen that runs one question in the background while its answer is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from textual import getters, on
from textual.screen import ModalScreen
from textual.widgets import Static

from results.measures.summary import Key, Summary
from tui.shell.pace import Pace
from tui.shell.requests import Job, Request, Update
from tui.shell.run_state import run_words
from tui.shell.run_update import RunUpdate
from tui.shell.shell import Shell


class RunScreen(ModalScreen[None]):
    """Begins to run when it is opened; can be stopped, continued and closed."""

    BUSY: ClassVar[str]
    """What is running, as the app says it."""
    FAILED: ClassVar[str]
    """What a failure is called."""
    STATE: ClassVar[str]
    """Selector of the line that says how far the run is."""

    app = getters.app(Shell)

    def __init__(self, what: str) -> None:
        """Be ready to run.

        Args:
            what: is run, said after its state.
        """
        super().__init__()
        self._what = what
        self._job: Job | None = None
        self._request: Request | None = None
        self._update: Update | None = None
        self._pace = Pace(self.set_timer, lambda: self.app.pressed_at)

    def ask(self, known: Mapping[Key, Summary]) -> Request:
        """What is run, without the replications that are known."""
        raise NotImplementedError

    def show(self, update: Update) -> None:
        """Show what is known now."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Run it."""
        self._go()

    def on_unmount(self) -> None:
        """The screen is closed: stop what still runs."""
        self._stop()
        self.app.idle(self.BUSY)

    def action_stop_or_go(self) -> None:
        """Stop, or continue."""
        if self._job is not None:
            self._stop()
        elif self._update is None or self._update.state != "done":
            self._go()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()

    def _go(self) -> None:
        experiment = self._update.experiment if self._update is not None else None
        request = self._request = self.ask({} if experiment is None else dict(experiment.finished))
        self._say(f"▶ running 0 of {request.replications}")
        self._job = self.app.runner.submit(
            request, lambda update: self.post_message(RunUpdate(request, update))
        )
        self.app.busy(self.BUSY, self._stop)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    @on(RunUpdate)
    def _take_update(self, event: RunUpdate) -> None:
        if event.request is not self._request:
            return
        update = self._update = event.update
        self._say(run_words(update)[0])
        if update.over:
            self._job = None
            self.app.idle(self.BUSY)
        self._pace.draw(partial(self.show, update), now=update.over)
        if update.state == "failed":
            self.app.show_error(self.FAILED, update.words, update.detail)

    def _say(self, words: str) -> None:
        self.query_one(self.STATE, Static).update(f"{words} · {self._what}")
