"""Saving a policy: a name for it, a file of the user to hold it, and nothing lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from scenarios.save import save_policy, text_with_policy, write_text
from scenarios.schema import Policy, Scenario
from tui.shell import new_files, scenario_file
from tui.shell.scenario_file import ScenarioFile
from tui.shell.shell import Shell


class Saved(NamedTuple):
    """Where a policy has been saved, and how it is called there."""

    name: str
    path: Path
    file: ScenarioFile
    """What is open with the policy in it; of what others have changed in the file there is nothing
    here, and all of it on disk."""


async def save_as_policy(
    app: Shell, opened: ScenarioFile, policy: Policy, words: str = ""
) -> Saved | None:
    """Save a policy into the open file, or into a copy of one that came with the program.

    To be awaited in a worker (``@work``).

    Args:
        app: asks for the name and the file.
        opened: the scenario file that is open.
        policy: what is saved.
        words: what a person should know about it before.

    Returns:
        What was saved; None when it was cancelled.

    Raises:
        ScenarioError: if the file would not be a scenario any more, or cannot be written.
    """
    assert opened.scenario is not None
    name = await _name(app, opened.scenario, words)
    if name is None:
        return None
    path = await _own_file(app, opened)
    if path is None:
        return None
    path = path.resolve()
    if not path.exists():
        write_text(path, opened.document)  # somebody has deleted what is open
    save_policy(path, name, policy.changes, remove=policy.remove, title=policy.title)
    text = text_with_policy(opened.document, name, policy, file=str(path))
    file = scenario_file.with_text(path, text)
    return Saved(name, path, replace(file, copy_of=opened.path) if opened.shipped else file)


async def _name(app: Shell, scenario: Scenario, words: str) -> str | None:
    """A name for the policy; one that is there may be replaced, when asked."""
    policies = scenario.policies

    def check(text: str) -> str:
        if not text:
            return "Type a name, or press Escape."
        return "That is what the base is called." if text == scenario.baseline else ""

    question = f"Save as a policy called\n\n{words}" if words else "Save as a policy called"
    name = await app.ask_text(question, placeholder="my-policy", check=check)
    if name is None or name not in policies:
        return name
    question = f"{name} is there already ({policies[name].title or 'no title'}). Replace it?"
    return name if await app.ask_yes(question, "Replace", "Keep it") else None


async def _own_file(app: Shell, opened: ScenarioFile) -> Path | None:
    """The file to save into: the open one, or a copy of what came with the program."""
    if not opened.shipped:
        return opened.path
    folder = Path.cwd()
    typed = await app.ask_text(
        f"{opened.name} came with firstline. Save into a copy of your own:",
        new_files.free_name(folder, opened.name),
        check=lambda text: new_files.refusal(folder, text),
    )
    return (
        None
        if typed is None
        else new_files.write(folder, typed, opened.document, opened.path.parent)
    )
