"""Messages of the app: notifications, dialogs and questions, failures of work in the background."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.notifications import SeverityLevel
from textual.worker import Worker, WorkerState

from tui.parts.harmless import harmless
from tui.shell import scenario_file
from tui.shell.keys_in_turn import KeysInTurn
from tui.shell.scenario_file import ScenarioFile

if TYPE_CHECKING:
    from tui.parts.dialogs import Check
    from tui.terminal.run_files import RunFiles


class MessageApp(KeysInTurn):
    """An app with words for people."""

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,  # noqa: ARG002 - widgets hand on Textual's own True
    ) -> None:
        """Say something in passing; brackets in the user's names are no markup."""
        said = harmless(message)
        super().notify(said, title=title, severity=severity, timeout=timeout, markup=False)

    def action_help_quit(self) -> None:
        """Say how to leave, where somebody presses the key of other programs: plain words."""
        self.notify("Press Ctrl+Q to leave the app.", title="Do you want to leave?")

    def tell_missing(self, files: RunFiles) -> None:
        """Say what of a kept run could not be drawn, if anything; the answer itself is there."""
        if files.missing:
            words = "The run is kept; something in it could not be drawn:"
            self.show_words("Not everything could be drawn", words, "\n\n".join(files.missing))

    def show_error(self, title: str, words: str, detail: str = "") -> None:
        """Say what went wrong in plain words, with the detail to be copied below."""
        from tui.parts.dialogs import ErrorDialog

        self.push_screen(ErrorDialog(title, words, detail))

    def show_words(self, title: str, words: str, detail: str = "") -> None:
        """Say something that is no error, with more of it to be copied below."""
        from tui.parts.dialogs import WordsDialog

        self.push_screen(WordsDialog(title, words, detail))

    def show_failure(self, error: BaseException) -> None:
        """Say an error that was raised, in the words that it has for a person."""
        from tui.shell.failures import told

        self.show_error(*told(error))

    def show_problems(self, found: ScenarioFile, further: str = "") -> None:
        """Say what is wrong with a scenario file, and further words of what is done about it."""
        count = len(found.problems)
        problems = "a problem" if count == 1 else f"{count} problems"
        words = f"{scenario_file.shown(found.path)} has {problems}."
        detail = "\n\n".join(map(str, found.problems))
        self.show_error("This scenario cannot be used yet", f"{words} {further}".strip(), detail)

    async def ask_yes(self, question: str, yes: str = "Yes", no: str = "No") -> bool:
        """Ask a question; to be awaited in a worker (``@work``)."""
        from tui.parts.dialogs import YesNoDialog

        return await self.push_screen_wait(YesNoDialog(question, yes, no))

    async def ask_text(
        self, question: str, value: str = "", *, placeholder: str = "", check: Check | None = None
    ) -> str | None:
        """Ask for a name or a short text; to be awaited in a worker (``@work``).

        Returns:
            What was typed; None when it was cancelled.
        """
        from tui.parts.dialogs import TextDialog

        dialog = TextDialog(question, value, placeholder=placeholder, check=check)
        return await self.push_screen_wait(dialog)

    async def ask_choice(self, question: str, options: Mapping[str, str]) -> str | None:
        """Ask for one of a few things by name; to be awaited in a worker (``@work``).

        Args:
            question: what is asked.
            options: name of each with a line about it.
        """
        from tui.parts.choice import ChoiceDialog

        choices = {
            name: Content.assemble((name, "bold"), "\n  ", about) for name, about in options.items()
        }
        return await self.push_screen_wait(ChoiceDialog(question, choices))

    def _beside(self, what: Callable[[], None], group: str) -> None:
        """Do something in a thread; what keeps it from ending well is told in a dialog."""
        self.run_worker(what, thread=True, group=group, exit_on_error=False)

    @on(Worker.StateChanged)
    def _tell_failure(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.show_failure(event.worker.error)
