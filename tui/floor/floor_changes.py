"""A floor that can be changed while the clock runs: the dialogs, the comparison, the policy."""

from __future__ import annotations

import asyncio

from textual import work
from textual.worker import WorkerFailed

from scenarios import Scenario
from sim.live import ChangeError, Made
from tui.floor.against import Against, set_against
from tui.floor.against_dialog import AgainstDialog
from tui.floor.forms import FORMS, offered
from tui.floor.frames import Driver, Frame
from tui.floor.made_policy import made_policy
from tui.floor.names import Names
from tui.parts.choice import ChoiceDialog
from tui.parts.form import FormDialog
from tui.shell.mode import ModeScreen
from tui.shell.saving import save_as_policy
from tui.shell.scenario_file import at_home

SEED = 1


class ChangedFloor(ModeScreen):
    """What is run, and what a person does to it."""

    def __init__(self) -> None:
        super().__init__()
        self.driver: Driver | None = None
        """Who drives the run that is seen."""
        self.names: Names | None = None
        self.base: Scenario | None = None
        """The scenario as it is open, without a policy."""
        self.policy = ""
        self.replication = 0
        self._saved: tuple[Made, ...] = ()
        """Changes that were saved as a policy."""
        self.seen: Frame | None = None
        """The frame that is shown."""

    @work(exit_on_error=False)
    async def action_change(self) -> None:
        """Change something on the floor."""
        if self.driver is None or self.names is None:
            return
        kind = await self.app.push_screen_wait(ChoiceDialog("Change what?", offered(self.names)))
        if kind is None:
            return
        form = FORMS[kind]
        dialog = FormDialog(form.title, form.fields(self.names), form.check, form.words)
        answers = await self.app.push_screen_wait(dialog)
        if answers is not None:
            await self._make(self.driver, kind, answers)

    async def _make(self, driver: Driver, kind: str, answers: dict[str, str]) -> None:
        try:
            made = await asyncio.wrap_future(driver.change(FORMS[kind].change(answers)))
        except ChangeError as error:
            self.app.show_error("That cannot be done now", str(error))
            return
        self.notify(f"Done: {made.words}. Press u to set it against the untouched run.")

    @property
    def _made(self) -> tuple[Made, ...]:
        return self.seen.snapshot.changes if self.seen else ()

    async def may_begin_again(self) -> bool:
        """Whether the run may be given up; asked where changes would be lost that are not saved."""
        if self._made in ((), self._saved):
            return True
        count = len(self._made)
        what = "your change is" if count == 1 else f"your {count} changes are"
        return await self.app.ask_yes(
            f"Begin another run? Then {what} lost; s saves a policy.", "Begin", "Stay"
        )

    @work(exit_on_error=False)
    async def action_against(self) -> None:
        """Set the changed run against the untouched one of the same customers."""
        if not self._made or self.names is None or self.seen is None or self.driver is None:
            self.notify("Change something first (i): until then this is the untouched run.")
            return
        names, made, now = self.names, self._made, self.seen.snapshot.now
        self.driver.pause()
        self.notify("Running the same customers with and without your changes …", timeout=3)
        found: list[Against] = []
        work = self.run_worker(
            lambda: found.append(set_against(names.scenario, SEED, self.replication, made, now)),
            thread=True,
            group="against",
            exit_on_error=False,
        )
        try:
            await work.wait()
        except WorkerFailed:  # told by the screen
            return
        if await self.app.push_screen_wait(AgainstDialog(found[0], names)):
            self.action_save()

    @work(exclusive=True, group="ask", exit_on_error=False)
    async def action_save(self) -> None:
        """Save the changes as a policy of the scenario file."""
        opened, base = self.app.opened, self.base
        made = self._made
        if opened is None or base is None or not made:
            self.notify("Change something first (i): there is nothing to save yet.")
            return
        policy, words = made_policy(base, self.policy, made)
        if policy is None:
            self.app.show_error("No policy can say this", words)
            return
        saved = await save_as_policy(self.app, opened, policy, words)
        if saved is not None:
            self._saved = made
            self.app.open_scenario(saved.path)
            self.notify(f"{saved.name} is saved in {at_home(saved.path)}. Compare it on screen 3.")
