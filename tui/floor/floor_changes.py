"""What a person changes on the floor: asked for, made, taken back, compared, saved as a policy."""

from __future__ import annotations

import asyncio

from sim.live import ChangeError, Made
from tui.floor.forms import FORMS, offered
from tui.floor.made_policy import made_policy
from tui.floor.session import FloorSession
from tui.parts.choice import ChoiceDialog
from tui.parts.form import FormDialog
from tui.shell.saving import save_as_policy
from tui.shell.scenario_file import at_home
from tui.shell.shell import Shell


async def intervene(app: Shell, session: FloorSession) -> None:
    """Ask what is to be changed, and change it."""
    driver, names = session.driver, session.names
    if driver is None or names is None:
        return
    kind = await app.push_screen_wait(ChoiceDialog("Change what?", offered(names)))
    if kind is None:
        return
    form = FORMS[kind]
    dialog = FormDialog(form.title, form.fields(names), form.check, form.words)
    answers = await app.push_screen_wait(dialog)
    if answers is None:
        return
    try:
        made = await asyncio.wrap_future(driver.change(form.change(answers)))
    except ChangeError as error:
        app.show_error("That cannot be done now", str(error))
        return
    app.notify(
        f"Done: {made.words}. U takes it back, u sets it against the untouched run.", markup=False
    )


async def take_back(app: Shell, session: FloorSession) -> None:
    """Repeat the day up to now without one of the changes."""
    driver, names, changes = session.driver, session.names, session.changes
    if driver is None or names is None or not changes:
        app.notify("Nothing is changed in this run (i changes something).")
        return
    made: Made | None = changes[0]
    if len(changes) > 1:
        now = session.seen.snapshot.now if session.seen else 0.0
        choices = {
            str(place): f"{names.when(one.at, now)}  {one.words}"
            for place, one in enumerate(changes)
        }
        last = str(len(changes) - 1)
        chosen = await app.push_screen_wait(ChoiceDialog("Take back what?", choices, last))
        made = None if chosen is None else changes[int(chosen)]
    if made is not None:
        driver.take_back(made)
        app.notify(f"Taken back: {made.words}. The day is repeated without it.", markup=False)


async def may_begin_again(app: Shell, session: FloorSession) -> bool:
    """Whether the run may be given up; asked where changes would be lost that are not saved."""
    if session.changes in ((), session.saved):
        return True
    count = len(session.changes)
    what = "Your change" if count == 1 else f"Your {count} changes"
    return await app.ask_yes(
        f"Start a new run? {what} will be lost; s saves a policy.", "Start", "Stay"
    )


async def save_changes(app: Shell, session: FloorSession) -> None:
    """Save the changes as a policy of the scenario file."""
    opened, base, made = app.opened, session.base, session.changes
    if opened is None or base is None or not made:
        app.notify("Change something first (i): there is nothing to save yet.")
        return
    policy, words = made_policy(base, session.policy, made)
    if policy is None:
        app.show_error("This cannot be saved as a policy", words)
        return
    saved = await save_as_policy(app, opened, policy, words)
    if saved is not None:
        session.saved = made
        app.take_saved(saved.file)
        where = at_home(saved.path)
        app.notify(f"{saved.name} is saved in {where}. Compare it on screen 3.", markup=False)
