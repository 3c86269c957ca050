"""A picture of a script: one question, answered in its headline, in the look of the others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from results.errors import ExperimentError, writing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH_IN = 8.0
_FORMATS = ("png", "svg")


@contextmanager
def picture(
    file: str | Path,
    headline: str,
    note: str = "",
    *,
    across: str = "",
    up: str = "",
    height_in: float = 3.3,
    left_in: float = 0.95,
) -> Iterator[Axes]:
    """Draw on axes of matplotlib; the picture is written when the block is left.

    Args:
        file: ``.png`` or ``.svg``; its folder is made when it is not there.
        headline: what the picture says, in one sentence with its uncertainty.
        note: how to read it, and what it is made from.
        across: what lies along the axis across, with its unit.
        up: the same of the axis upwards.
        height_in: of the room for the picture, in inches.
        left_in: room for the labels of the axis upwards, in inches.

    Yields:
        Axes without a frame; "C0" to "C4" are colours that everybody can tell apart.

    Raises:
        ExperimentError: the file is neither a PNG nor an SVG, or cannot be written.
    """
    # Drawing is slow to load, and many a script draws nothing.
    import matplotlib

    from results.charts import lettering, sheets, style

    path = Path(file)
    if path.suffix[1:] not in _FORMATS:
        raise ExperimentError(f"{path} is no picture that can be written: name a .png or an .svg.")
    colours = (style.BLUE, style.VERMILLION, style.GREEN, style.PURPLE, style.ORANGE)
    cycle: Any = {"axes.prop_cycle": f"cycler('color', {colours})"}
    with lettering.as_written(), matplotlib.rc_context(cycle):
        page = sheets.sheet(headline, [note], height_in, _WIDTH_IN)
        axes = page.figure.add_subplot(page.grid(left_in=left_in)[0])
        style.plain(axes, "y")
        yield axes
        axes.set_xlabel(across, color=style.INK)
        axes.set_ylabel(up, color=style.INK)
        with writing(path.parent, "picture"):
            path.parent.mkdir(parents=True, exist_ok=True)
            sheets.save(page.figure, path.parent, path.stem, [path.suffix[1:]])
