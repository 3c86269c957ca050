"""A report as a document: written as one page of HTML, and as Markdown, from the same parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from xml.etree.ElementTree import Element

from results.errors import ExperimentError
from results.report.elements import contents, page
from results.report.markdown import markdown

REPORT, IN_MARKDOWN = "report.html", "report.md"
"""Names of the files in a run folder."""


@dataclass(frozen=True)
class Document:
    """A report before it is written."""

    title: str
    """Of the browser's window."""
    head: Element
    """The heading, with question and story."""
    sections: tuple[Element, ...]

    @property
    def html(self) -> str:
        """The page, which needs no other file."""
        style = files(__package__).joinpath("report.css").read_text(encoding="utf-8")
        return page(self.title, style, self.head, contents(self.sections), *self.sections)

    def markdown(self, pictures: Mapping[str, str]) -> str:
        """The same as Markdown.

        Args:
            pictures: where the file of each picture is, by its name; others are left out.
        """
        return markdown((self.head, *self.sections), pictures)


def write_html(document: Document, folder: Path) -> Path:
    """Write the page into a folder, whole or not at all.

    Raises:
        ExperimentError: it cannot be written.
    """
    return _written(document.html, folder / REPORT)


def write_markdown(document: Document, folder: Path, charts: Sequence[Path]) -> Path:
    """Write the Markdown into a folder; it shows the pictures that lie there or below.

    Args:
        document: to write.
        folder: where.
        charts: files of the pictures; of a picture in two formats the PNG is shown, which every
            reader of Markdown can.

    Raises:
        ExperimentError: it cannot be written.
    """
    shown = sorted(charts, key=lambda path: path.suffix, reverse=True)
    places = {path.stem: _relative(path, folder) for path in shown}
    return _written(document.markdown(places), folder / IN_MARKDOWN)


def _relative(path: Path, folder: Path) -> str:
    with suppress(ValueError):
        return path.resolve().relative_to(folder.resolve()).as_posix()
    return path.resolve().as_uri()


def _written(text: str, path: Path) -> Path:
    try:
        try:
            path.write_text(text, encoding="utf-8")
        except OSError:
            # Half a report is none.
            with suppress(OSError):
                path.unlink(missing_ok=True)
            raise
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        raise ExperimentError(
            f"The report cannot be written to {path.parent}: {error.strerror}{place}. "
            "firstline report RUN --to FOLDER writes it elsewhere."
        ) from error
    return path
