"""Saving what was turned as a policy into the user's own scenario file."""

from __future__ import annotations

import shutil
from pathlib import Path

from textual import work

from scenarios.save import save_policy
from tui.bench.bench import Bench, Turned
from tui.opened import Opened
from tui.screens.knob_turning import KnobTurning


class PolicySaving(KnobTurning):
    """What the what-if screen does to save: a name, a file of one's own, and nothing lost."""

    def carry(self, turned: Turned) -> None:
        """Keep what is turned while the file is read again."""
        raise NotImplementedError

    @work(exclusive=True, group="save", exit_on_error=False)
    async def action_save(self) -> None:
        """Save what is turned as a policy."""
        opened, bench = self.app.opened, self.bench
        if opened is None or opened.scenario is None or bench is None:
            return
        if bench.turned.nothing:
            self.notify("Nothing is turned yet: there is nothing to save.")
            return
        name = await self._policy_name(opened, bench)
        if name is None:
            return
        path = await self._own_file(opened)
        if path is None:
            return
        title = "; ".join(f"{knob.title}: {knob.shown}" for knob in bench.changed[:3])
        save_policy(path, name, bench.turned.changes, remove=bench.turned.remove, title=title)
        self.carry(bench.turned)
        self.app.open_scenario(path)
        self.notify(f"{name} is saved in {path}. Compare it with the others on screen 3.")

    async def _policy_name(self, opened: Opened, bench: Bench) -> str | None:
        """A name for the policy; one that is there may be replaced, when asked."""
        assert opened.scenario is not None
        policies = opened.scenario.policies

        def check(text: str) -> str:
            if not text:
                return "Type a name, or press Escape."
            return "That is what the base is called." if text == bench.base.baseline else ""

        name = await self.app.ask_text("Save as a policy called", placeholder="name", check=check)
        if name is None or name not in policies:
            return name
        question = f"{name} is there already ({policies[name].title or 'no title'}). Replace it?"
        return name if await self.app.ask_yes(question, "Replace", "Keep it") else None

    async def _own_file(self, opened: Opened) -> Path | None:
        """The file to save into: the open one, or a copy of what came with the program."""
        if not opened.shipped:
            return opened.path

        def check(text: str) -> str:
            if not text.endswith(".toml"):
                return "The name of a scenario file ends in .toml."
            if Path(text).exists():
                return f"{text} is there already. Choose another name, or open it on screen 1."
            return "" if Path(text).parent.is_dir() else f"There is no folder {Path(text).parent}."

        question = f"{opened.name} came with firstline. Save into a copy of your own:"
        text = await self.app.ask_text(question, f"{opened.name}.toml", check=check)
        if text is None:
            return None
        path = Path(text)
        shutil.copyfile(opened.path, path)
        for table in opened.path.parent.glob("*.csv"):
            if table.name in opened.document:
                shutil.copyfile(table, path.parent / table.name)
        return path
