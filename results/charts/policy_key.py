"""A key above a picture: sign and colour of each policy, where no name stands next to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from results.charts import sheets, style
from results.charts.view import View
from results.letters import counted

if TYPE_CHECKING:
    from matplotlib.lines import Line2D

_LINE_IN, _LETTER_IN, _SIGN_IN = 0.22, 1.0 / 13.0, 0.5
_ROOM_IN = 9.4


def key_in(view: View, policies: Sequence[str]) -> float:
    """Height of the key in inches; 0 without policies."""
    if not policies:
        return 0.0
    lines = [1 + name.count("\n") for name in _names(view, policies)]
    # The key fills column by column; it is as high as the highest of them.
    columns = np.array_split(lines, _columns(view, policies))
    return 0.2 + _LINE_IN * max(int(one.sum()) for one in columns)


def draw_key(view: View, page: sheets.Sheet, policies: Sequence[str], down_in: float = 0.0) -> None:
    """Draw the key on top of the room for the picture, the baseline in bold.

    Args:
        view: what is drawn.
        page: with room of ``key_in``.
        policies: those to name, at least one.
        down_in: how far below the top of the room.
    """
    legend = page.figure.legend(
        handles=[sample(view, policy) for policy in policies],
        labels=_names(view, policies),
        loc="upper left",
        bbox_to_anchor=(
            0.22 / page.width_in,
            1.0 - (page.head_in + down_in - 0.12) / page.height_in,
        ),
        ncols=_columns(view, policies),
        frameon=False,
        borderpad=0.0,
        handlelength=1.6,
        columnspacing=1.6,
        fontsize=style.LETTER_PT,
    )
    for text, policy in zip(legend.get_texts(), policies, strict=True):
        text.set_color(style.for_letters(view.signs[policy].on_paper))
        text.set_fontweight("bold" if policy == view.baseline else "normal")


def sample(view: View, policy: str) -> Line2D:
    """Line and sign of a policy for a key."""
    from matplotlib.lines import Line2D

    sign = view.signs[policy]
    return Line2D([], [], color=sign.on_paper, marker=sign.marker, markersize=7, linewidth=1.8)


def _names(view: View, policies: Sequence[str]) -> list[str]:
    return [style.wrapped(view.titles[policy], 50) for policy in policies]


def _columns(view: View, policies: Sequence[str]) -> int:
    """How many names fit side by side."""
    names = _names(view, policies)
    longest = max(len(counted(line)) for name in names for line in name.split("\n"))
    return max(min(len(policies), int(_ROOM_IN / (_SIGN_IN + longest * _LETTER_IN))), 1)
