"""What of a past run can be sent on: its most telling picture and its report."""

from __future__ import annotations

from pathlib import Path

from results.errors import ExperimentError
from results.report.stored import report_on
from tui.terminal.run_files import RunFiles


def shareable(folder: Path) -> tuple[RunFiles, list[Path]]:
    """The files of a finished run and its first picture; what it has not, is made as by a report.

    Args:
        folder: of the run.

    Returns:
        Its files, and the picture in each form. A kind of run of which there is no report has what
        it has.

    Raises:
        ExperimentError: it has neither picture nor report, and they cannot be made.
        ScenarioError: its scenario cannot be read.
    """
    files = RunFiles(folder)
    if not files.charts or files.report is None:
        try:
            report_on(folder)
        except ExperimentError:
            if not files.charts:
                raise
    first = files.charts[:1]
    return files, [one for one in files.charts if first and one.stem == first[0].stem]
