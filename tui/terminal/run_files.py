"""The files of a run folder that a person opens."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from results.charts.stress import STRESS
from results.charts.titles import TITLES
from results.report.document import REPORT
from results.runs.dictionary import DICTIONARY
from results.runs.names import CHARTS
from results.studies.choice import PICTURES


@dataclass(frozen=True)
class RunFiles:
    """A run folder, and what is in it to look at."""

    folder: Path
    missing: tuple[str, ...] = ()
    """What could not be drawn and why, a sentence each."""

    @property
    def charts(self) -> list[Path]:
        """The pictures, the most telling first."""
        found = {(path.stem, path.suffix): path for path in (self.folder / CHARTS).glob("*.*")}
        named = [*TITLES, STRESS, *PICTURES]
        # Pictures that are called after a measure, as the maps of a study, have no fixed place.
        others = sorted({stem for stem, _ in found} - {*named})
        order = [(name, suffix) for name in (*named, *others) for suffix in (".png", ".svg")]
        return [found[key] for key in order if key in found]

    @property
    def report(self) -> Path | None:
        """The report; None where none was written."""
        path = self.folder / REPORT
        return path if path.is_file() else None

    @property
    def dictionary(self) -> Path | None:
        """What the tables hold; None in a run of a version that wrote none."""
        path = self.folder / DICTIONARY
        return path if path.is_file() else None

    def in_words(self) -> str:
        """Where everything is, a path to a line."""
        lines = [f"Run     {self.folder}"]
        if self.dictionary is not None:
            lines.append(f"Data    {self.dictionary}")
        if self.report is not None:
            lines.append(f"Report  {self.report}")
        pictures = [path for path in self.charts if path.suffix == ".png"]
        lines += [f"{'Charts' if one == pictures[0] else '':<7} {one}" for one in pictures]
        if len(self.charts) > len(pictures):
            lines.append(f"{'':<7} and each as .svg")
        return "\n".join(lines)

    def as_data(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "folder": str(self.folder),
            "report": str(self.report) if self.report is not None else None,
            "charts": [str(path) for path in self.charts],
            "dictionary": str(self.dictionary) if self.dictionary is not None else None,
            "missing": list(self.missing),
        }


NOTHING_KEPT: dict[str, Any] = {
    "folder": None,
    "report": None,
    "charts": [],
    "dictionary": None,
    "missing": [],
}
"""What programs read of a run that was not kept."""
