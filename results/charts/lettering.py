"""Letters in charts: every text as it is written, in fonts that have its characters.

matplotlib reads a text between two dollar signs as mathematics unless told not to, and warns
of every character that its font lacks. A name, a title and a currency are neither: they are
written letter by letter, in the first font of a list that has them.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import RLock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FONT = "DejaVu Sans"
"""Comes with matplotlib; has Latin, Greek, Cyrillic, Arabic, Hebrew and many signs."""

FALLBACKS = (
    *("Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Source Han Sans SC"),
    *("PingFang SC", "Hiragino Sans GB", "Hiragino Sans", "Apple SD Gothic Neo"),
    *("Microsoft YaHei", "Yu Gothic", "Malgun Gothic", "SimHei", "MS Gothic"),
    *("WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback", "Arial Unicode MS"),
    *("Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans Tamil", "Nirmala UI"),
    *("Noto Sans Thai", "Leelawadee UI", "Thonburi", "Noto Sans Hebrew", "Noto Sans Arabic"),
    *("Noto Emoji", "Segoe UI Emoji", "Segoe UI Symbol", "Noto Sans Symbols 2", "Symbola"),
)
"""Fonts for what the first one lacks, where the machine has them.

Without any of them a character is drawn as the frame of its script (Unicode's Last Resort font).
"""

# matplotlib keeps its settings, and Python its warnings, for the whole process.
_SETTINGS = RLock()


@contextmanager
def as_written() -> Iterator[None]:
    """Draw texts as they are written, whatever the settings of the user's matplotlib."""
    import matplotlib

    settings: Any = {
        "text.parse_math": False,
        "text.usetex": False,
        "axes.formatter.use_mathtext": False,
        "font.family": list(_families()),
        "text.hinting": "no_hinting",
        # Where it is anyway: to look for it, all ticks of all axes are measured each time.
        "axes.titley": 1.0,
    }
    with _SETTINGS, matplotlib.rc_context(settings), warnings.catch_warnings():
        # Nobody who reads the picture can install a font for it.
        warnings.filterwarnings("ignore", r"Glyph \d+", UserWarning)
        yield


def figure(**page: Any) -> Figure:
    """An empty figure that draws its texts as they are written.

    Args:
        page: size and looks, as matplotlib takes them.
    """
    made: Figure = _figure_class()(**page)
    return made


def mark(kind: str, name: str) -> str:
    """The mark of an artist inside an SVG, with only the letters that XML takes in a name."""
    return f"{kind}:{re.sub(r'[^A-Za-z0-9._-]', _by_number, name)}"


@cache
def _families() -> tuple[str, ...]:
    """The fonts of the list that are there: matplotlib grumbles about others."""
    from matplotlib.font_manager import fontManager

    there = set(fontManager.get_font_names())
    return (FONT, *(name for name in FALLBACKS if name in there))


@cache
def _figure_class() -> Any:
    # A class can be made only when matplotlib is loaded, which takes a quarter of a second.
    from matplotlib.figure import Figure

    class Written(Figure):
        """A figure whose ticks, made while it is drawn, are written like all other texts."""

        def draw(self, renderer: Any) -> None:
            with as_written():
                super().draw(renderer)

    return Written


def _by_number(found: re.Match[str]) -> str:
    return f"_{ord(found[0]):x}_"
