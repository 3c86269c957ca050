"""Keeping a comparison: its run folder, the charts in it, a copy of it elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path

from textual import work
from textual.widgets import Static

from results.comparison.reported import deciding
from results.errors import writing
from results.runs.store import UNFINISHED
from results.uncertain.centres import compare_centres
from results.uncertain.words import sentences
from tui.compare.plan_setting import PlanSetting
from tui.parts.harmless import harmless
from tui.shell.requests import Update
from tui.shell.run_keeping import kept
from tui.shell.sharing import screen_picture, shared
from tui.terminal.run_files import RunFiles


class ComparisonKeeping(PlanSetting):
    """What the compare screen does with run folders."""

    def __init__(self) -> None:
        super().__init__()
        self._folder: Path | None = None
        """Of the run that is shown; unfinished as long as it runs."""

    @work(thread=True, group="keep", exit_on_error=False)
    def _keep(self, folder: Path, update: Update) -> None:
        """Draw charts, write report and tables: the run folder gets its name."""
        # An update is handed over: a worker is named after its arguments, and an experiment in
        # words is a minute's reading.
        experiment = update.experiment
        assert experiment is not None
        tell = self.app.call_from_thread
        tell(self._say_of, folder, "Drawing charts and writing the report …")
        try:
            files = kept(folder, experiment, update.centres)
        except Exception:
            tell(self._say_of, folder, "")
            raise
        finally:
            self.app.in_use.discard(folder)
        words = f"Kept with report and {len(files.charts)} charts in {files.folder}"
        if update.centres is not None and update.comparison is not None:
            said = sentences(compare_centres(update.centres), deciding(update.comparison))
            words = "\n".join((words, *said))
        tell(self._say_of, folder, words, files.folder)
        tell(self.app.tell_missing, files)

    def _say_of(self, folder: Path, words: str, named: Path | None = None) -> None:
        """Say how a run is kept, unless another one is shown meanwhile.

        Args:
            folder: of the run that this is about.
            words: what is said.
            named: what the folder is called now; as before when None.
        """
        if self._folder == folder:
            self._folder = named or folder
            self._say_kept(words)

    def _say_kept(self, words: str) -> None:
        self.query_one("#compare-kept", Static).update(harmless(words))

    def _drop(self, folder: Path) -> None:
        """Remove the folder of a run in which nothing was finished."""
        if folder.suffix == UNFINISHED:
            shutil.rmtree(folder, ignore_errors=True)
        if self._folder == folder:
            self._folder = None
            self._say_kept("")

    @work(exclusive=True, group="ask", exit_on_error=False)
    async def action_export(self) -> None:
        """Copy the run folder to a place that the user names."""
        folder = self._folder
        if folder is None or folder.suffix == UNFINISHED or not folder.is_dir():
            self.notify("There is no finished run to copy yet: x runs the picked policies.")
            return
        text = await self.app.ask_text(
            "Copy the run with its charts to", folder.name, check=_check_place
        )
        if text is not None:
            self.notify("Copying …")
            self._copy(folder, Path(text).expanduser())

    def share(self, sentence: str) -> None:
        """Copy a sentence; save a picture with the report, say where, and open the report.

        Args:
            sentence: the answer.
        """
        files = self.finished_files()
        if files is None:
            self.notify("There is no finished run to share yet: x runs the picked policies.")
            return
        self.app.copy_to_clipboard(sentence)
        self._share(files.folder, self.app.export_screenshot())

    def finished_files(self) -> RunFiles | None:
        """The files of the run that is shown; None where it is not finished."""
        folder = self._folder
        unfinished = folder is None or folder.suffix == UNFINISHED or not folder.is_dir()
        return None if folder is None or unfinished else RunFiles(folder)

    @work(thread=True, group="share", exit_on_error=False)
    def _share(self, folder: Path, picture: str) -> None:
        files = RunFiles(folder)
        found = shared(files, [screen_picture(files, picture)], show=not self.app.is_web)
        self.app.call_from_thread(self.notify, found.in_words(), title="Shared", timeout=20)

    @work(thread=True, group="copy", exit_on_error=False)
    def _copy(self, folder: Path, to: Path) -> None:
        with writing(to):
            shutil.copytree(folder, to)
        self.app.call_from_thread(self.notify, f"Copied to {to}", timeout=10)


def _check_place(text: str) -> str:
    """Why a run cannot be copied to a place; nothing when it can."""
    if not text.strip():
        return "Give the folder a name."
    return f"{text} is there already." if Path(text).expanduser().exists() else ""
