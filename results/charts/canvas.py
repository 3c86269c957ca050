"""The canvas of every chart: its texts are set once for all pictures, as pixels and as SVG.

matplotlib sets a text anew for each figure and format and letter by letter, which took a third of
the time of a chart. Here a text is set once in a size, and measured and painted as a whole, where
it lies level or upright.
"""

# matplotlib's renderers have no types.
# mypy: disallow-untyped-calls=False, warn-return-any=False
from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import numpy as np
from matplotlib.backends.backend_agg import (  # noqa: TID253 - loaded with the first figure
    FigureCanvasAgg,
    RendererAgg,
)
from matplotlib.backends.backend_mixed import MixedModeRenderer  # noqa: TID253
from matplotlib.backends.backend_svg import RendererSVG  # noqa: TID253
from matplotlib.font_manager import FontProperties, findfont, get_font  # noqa: TID253
from matplotlib.ft2font import LoadFlags  # noqa: TID253
from numpy.typing import NDArray

_POINTS_PER_IN = 72.0
_TEXTS = 1024
"""Texts kept: those of all charts of a run."""


class _Setting(NamedTuple):
    """A text in one font and size, in pixels."""

    width: float
    height: float
    descent: float
    ink: NDArray[np.uint8]
    """How much of each pixel is covered, shape (rows, columns)."""
    left: float
    """Where the first column lies from where the text begins."""
    above: int
    """Rows above the line on which the letters stand: the same rows for every text of a line."""


@lru_cache
def _paths(font: FontProperties) -> tuple[Any, ...]:
    """The files of the families, the first that has a letter counts."""
    found = []
    for family in font.get_family():
        one = font.copy()
        one.set_family(family)
        found.append(findfont(one))
    return tuple(found)


@lru_cache(_TEXTS)
def _set(text: str, font: FontProperties, dpi: float) -> _Setting:
    face = get_font(_paths(font))
    face.clear()
    face.set_size(font.get_size_in_points(), dpi)
    face.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    width, height = face.get_width_height()
    face.draw_glyphs_to_bitmap(antialiased=True)
    left, _ = face.get_bitmap_offset()
    ink = np.array(face.get_image())
    descent = face.get_descent()
    above = int((height - descent) / 64.0 + 1.0)
    return _Setting(width / 64.0, height / 64.0, descent / 64.0, ink, left / 64.0, above)


@lru_cache
def _line(font: FontProperties) -> tuple[float, float, float]:
    """Ascent, descent and gap between lines of a font, as shares of its size."""
    face = get_font(_paths(font))
    own: Any = face.get_sfnt_table("OS/2")
    if own is not None:
        found = own["sTypoAscender"], -own["sTypoDescender"], own["sTypoLineGap"]
    else:
        found = face.ascender, -face.descender, face.height - face.ascender + face.descender
    return found[0] / face.units_per_EM, found[1] / face.units_per_EM, found[2] / face.units_per_EM


class _Pixels(RendererAgg):
    """Paints a text that lies level or upright in one stroke."""

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)
        return _set(s, prop.copy(), self.dpi)[:3]

    def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float, float, float]:
        return _line_in(prop, self.dpi)

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        if ismath or angle not in (0.0, 90.0):
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        text = _set(s, prop.copy(), self.dpi)
        ink = text.ink
        # From above.
        if angle:
            ink = np.rot90(ink)
            left, bottom = round(x) - text.above, round(y - text.left)
        else:
            left, bottom = round(x + text.left), round(y) - text.above + len(ink)
        painted = np.empty((*ink.shape, 4), dtype=np.uint8)
        red, green, blue, *alpha = gc.get_rgb()
        painted[..., :3] = np.round(255.0 * np.array((red, green, blue)))
        shown = gc.get_alpha() if gc.get_forced_alpha() or not alpha else alpha[0]
        painted[..., 3] = ink if shown == 1.0 else np.round(shown * ink)
        outer = self.new_gc()
        outer.copy_properties(gc)
        outer.set_alpha(1.0)
        self.draw_image(outer, left, self.height - bottom, painted[::-1])
        outer.restore()


class _Lines(RendererSVG):
    """Measures texts as they are measured in pixels."""

    def __init__(self, *size: Any, **more: Any) -> None:
        super().__init__(*size, **more)
        self._scale = _POINTS_PER_IN / self.image_dpi

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)
        width, height, descent = _set(s, prop.copy(), self.image_dpi)[:3]
        return width * self._scale, height * self._scale, descent * self._scale

    def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float, float, float]:
        return _line_in(prop, _POINTS_PER_IN)


def _line_in(font: FontProperties, dpi: float) -> tuple[float, float, float]:
    """Ascent, descent and gap between lines in pixels: matplotlib asks where it is offered."""
    size = font.get_size_in_points() * dpi / _POINTS_PER_IN
    ascent, descent, gap = _line(font.copy())
    return ascent * size, descent * size, gap * size


class Canvas(FigureCanvasAgg):
    """Draws a figure in memory: no screen, no state that another thread could see."""

    fixed_dpi = None

    def get_renderer(self) -> RendererAgg:
        """The pixels of the figure in its size."""
        width, height = self.get_width_height(physical=True)
        key = width, height, self.figure.dpi
        if self._lastKey != key:
            self.renderer = _Pixels(width, height, self.figure.dpi)
            self._lastKey = key
        return self.renderer

    def print_png(
        self,
        filename_or_obj: str | PathLike[str],
        *,
        metadata: Mapping[str, str] | None = None,
        **_: Any,
    ) -> None:
        """Write the figure as a PNG file that says of itself what ``metadata`` says."""
        self.draw()
        pixels = np.asarray(self.buffer_rgba())
        Path(filename_or_obj).write_bytes(png(pixels, self.figure.dpi, metadata or {}))
        # Megabytes, and the figure itself waits to be found in a circle of references.
        del self.renderer, self._lastKey

    def print_svg(self, filename: TextIO, *, metadata: Any = None, **_: Any) -> None:
        """Write the figure as SVG."""
        figure, dpi = self.figure, self.figure.dpi
        width, height = figure.get_size_inches()
        figure.dpi = _POINTS_PER_IN
        size = width * _POINTS_PER_IN, height * _POINTS_PER_IN
        lines = _Lines(*size, filename, image_dpi=dpi, metadata=metadata)
        renderer: Any = MixedModeRenderer(figure, width, height, dpi, lines)
        figure.draw(renderer)
        renderer.finalize()


def png(pixels: NDArray[np.uint8], dpi: float, said: Mapping[str, str]) -> bytes:
    """A picture as a PNG file.

    The rows are packed as they are: a chart is mostly paper, and the filters that suit photographs
    take half of the time and make it a sixth larger.

    Args:
        pixels: red, green and blue first, shape (rows, columns, 3 or more).
        dpi: pixels in an inch.
        said: texts that the file holds, by their keyword.
    """
    rows, columns, _ = pixels.shape
    lines = np.zeros((rows, 1 + 3 * columns), dtype=np.uint8)
    for colour in range(3):
        lines[:, 1 + colour :: 3] = pixels[..., colour]
    per_m = round(dpi / 0.0254)
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", columns, rows, 8, 2, 0, 0, 0)),
        (b"pHYs", struct.pack(">IIB", per_m, per_m, 1)),
        *(
            (b"iTXt", keyword.encode("latin-1") + bytes(5) + text.encode())
            for keyword, text in said.items()
        ),
        (b"IDAT", zlib.compress(lines.data, 3)),
        (b"IEND", b""),
    ]
    packed = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)
