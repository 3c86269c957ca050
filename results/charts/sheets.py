"""The page around a picture: the message on top, the notes at the foot, and the file of it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from results.charts import lettering
from results.charts.style import INK, MUTED, SMALL_PT, TITLE_PT
from results.letters import counted, uncounted

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.gridspec import GridSpec

DPI = 150
_TITLE_LINE_IN, _SMALL_LINE_IN = 0.29, 0.165
_FONT = f"'{lettering.FONT}'"
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=%|(?:s|min|h|days|points|k|M)\b)|(?<=\bmin) (?=\d)")
_EDGE_IN = 0.3
_HEAD_GAP_IN, _FOOT_GAP_IN = 0.2, 0.2


@dataclass(frozen=True)
class Sheet:
    """A page: the message on top, the source at the foot, and the room between them."""

    figure: Figure
    width_in: float
    height_in: float
    head_in: float
    foot_in: float

    def grid(
        self,
        rows: int = 1,
        columns: int = 1,
        *,
        left_in: float = 0.95,
        right_in: float = 0.3,
        top_in: float = 0.0,
        bottom_in: float = 0.6,
        gap_in: tuple[float, float] = (0.35, 0.3),
        widths: Sequence[float] | None = None,
    ) -> GridSpec:
        """Divide the room into cells for axes; margins and gaps (across, down) in inches."""
        width = (self.width_in - left_in - right_in - gap_in[0] * (columns - 1)) / columns
        room = self.height_in - self.head_in - self.foot_in - top_in - bottom_in
        height = (room - gap_in[1] * (rows - 1)) / rows
        return self.figure.add_gridspec(
            rows,
            columns,
            left=left_in / self.width_in,
            right=1.0 - right_in / self.width_in,
            top=1.0 - (self.head_in + top_in) / self.height_in,
            bottom=(self.foot_in + bottom_in) / self.height_in,
            wspace=gap_in[0] / width,
            hspace=gap_in[1] / height,
            width_ratios=widths,
        )


def sheet(title: str, notes: Sequence[str], body_in: float, width_in: float = 10.0) -> Sheet:
    """Open a page for a picture of a given height.

    Args:
        title: the message in one sentence.
        notes: how to read the picture, then the source; a line or more each.
        body_in: height of the room for the picture in inches, axis labels included.
        width_in: of the page.
    """
    from results.charts.canvas import Canvas

    room = width_in - 2 * _EDGE_IN
    heading = _lines(title, _letters(room, TITLE_PT, bold=True))
    lines = [line for note in notes for line in _lines(note, _letters(room, SMALL_PT))]
    head = title_in(len(heading)) + _HEAD_GAP_IN
    foot = _EDGE_IN + len(lines) * _SMALL_LINE_IN + _FOOT_GAP_IN
    height = head + body_in + foot
    figure = lettering.figure(figsize=(width_in, height), dpi=DPI, facecolor="white")
    # Texts can be measured only on a canvas.
    Canvas(figure)
    left = _EDGE_IN / width_in
    figure.text(
        left,
        1.0 - _EDGE_IN / height,
        "\n".join(heading),
        size=TITLE_PT,
        weight="bold",
        color=INK,
        va="top",
        linespacing=1.2,
        gid="title",
    )
    figure.text(
        left,
        _EDGE_IN / height,
        "\n".join(lines),
        size=SMALL_PT,
        color=MUTED,
        va="bottom",
        linespacing=1.25,
        gid="notes",
    )
    return Sheet(figure, width_in, height, head, foot)


def title_in(lines: int) -> float:
    """Height of the title on top of a page in inches, with the edge above it."""
    return _EDGE_IN + lines * _TITLE_LINE_IN


def key(page: Sheet, handles: Sequence[Any], *, below_in: float = 0.12, **more: Any) -> None:
    """Write above the picture what its signs mean.

    Args:
        page: of the picture.
        handles: the signs, with their labels unless ``labels`` are given.
        below_in: from where the head of the page ends up to the key, in inches.
        more: as for a legend of matplotlib.
    """
    place = 0.22 / page.width_in, 1.0 - (page.head_in - below_in) / page.height_in
    looks = {"frameon": False, "borderpad": 0.0, "handlelength": 1.4, **more}
    page.figure.legend(handles=handles, loc="upper left", bbox_to_anchor=place, **looks)


def save(figure: Figure, folder: Path, stem: str, formats: Sequence[str]) -> list[Path]:
    """Write a figure in every format, the same bytes for the same numbers.

    Either format holds the message as its title and the notes as its description; in an SVG, text
    is text.
    """
    paths = [folder / f"{stem}.{format_}" for format_ in formats]
    title, notes = (_said(figure, gid) for gid in ("title", "notes"))
    try:
        for path, format_ in zip(paths, formats, strict=True):
            if format_ == "svg":
                path.write_text(_as_svg(figure, stem, title, notes), encoding="utf-8")
            else:
                said = {"Title": title, "Description": notes}
                with lettering.as_written():
                    figure.savefig(path, format=format_, metadata=said)
    except Exception:
        # Half a picture is none.
        with suppress(OSError):
            for path in paths:
                path.unlink(missing_ok=True)
        raise
    return paths


def _said(figure: Figure, gid: str) -> str:
    found = (text.get_text() for text in figure.texts if text.get_gid() == gid)
    return " ".join(next(found, "").split())


def _as_svg(figure: Figure, stem: str, title: str, notes: str) -> str:
    import matplotlib

    # The salt makes the marks inside an SVG the same each time; the date would not be.
    settings: Any = {"svg.hashsalt": stem, "svg.fonttype": "none"}
    drawn = StringIO()
    with lettering.as_written(), matplotlib.rc_context(settings):
        figure.savefig(drawn, format="svg", metadata={"Date": None})
    head, tag, rest = drawn.getvalue().partition("<svg ")
    attributes, end, body = rest.partition(">")
    named = f"<title>{escape(title)}</title>\n <desc>{escape(notes)}</desc>"
    # A reader without the font of the letters gets one as wide.
    body = body.replace(_FONT, f"{_FONT}, Verdana, sans-serif")
    return f'{head}{tag}role="img" {attributes}{end}\n {named}{body}'


def together(text: str) -> str:
    """A text in which no line ends between a number and its unit."""
    return _BEFORE_UNIT.sub("\N{NO-BREAK SPACE}", text)


def _lines(text: str, width: int) -> list[str]:
    """The text in lines; not broken at the hyphens of a name, nor between number and unit."""
    lines = textwrap.wrap(counted(together(text)), width, break_on_hyphens=False)
    return [uncounted(line) for line in lines]


def _letters(room_in: float, points: float, *, bold: bool = False) -> int:
    """How many letters of ordinary text fit; DejaVu Sans is as wide as 0.55 of its size."""
    return int(room_in * 72.0 / (points * (0.625 if bold else 0.535)))
