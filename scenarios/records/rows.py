"""Which rows of a file are read at all."""

from __future__ import annotations

import re

import numpy as np

from scenarios.records.columns import Flags
from scenarios.records.names import plain
from scenarios.records.sources.grid import Grid
from scenarios.records.taken import Taken
from scenarios.records.values.misread import Notes

_VOICE = re.compile(r"^(voice|calls?|phone|telephone|telephony|inboundvoice|voz|sprache|audio)$")


def wanted(grid: Grid, taken: Taken, notes: Notes) -> Flags:
    """Rows that have the values that the mapping asks for, and of several media those of voice."""
    kept = np.ones(len(grid), dtype=bool)
    for field, texts in taken.mapping.only.items():
        if field not in taken.columns:
            continue
        cells = grid.cells(taken.columns[field])
        known = {plain(text) for text in texts}
        fits = cells.each(np.array([plain(text) in known for text in cells.texts], bool), False)
        notes.add(
            f'Rows have another value in "{taken.columns[field]}" than the mapping asks for.',
            int((kept & ~fits).sum()),
            "They were left out.",
        )
        kept &= fits
    told = "channel" in taken.columns and "channel" not in taken.mapping.only
    if told and taken.kind != "tickets":
        kept &= _voice(grid, taken, notes)
    return kept


def _voice(grid: Grid, taken: Taken, notes: Notes) -> Flags:
    cells = grid.cells(taken.columns["channel"])
    voice = cells.each(np.array([bool(_VOICE.match(plain(t))) for t in cells.texts], bool), True)
    if not voice[cells.known].any():
        return np.ones(len(grid), dtype=bool)
    notes.add(
        "Rows are of other media than voice.",
        int((~voice).sum()),
        "They were left out.",
        'To read them instead, write only.channel = ["chat"] in a mapping file.',
    )
    return np.asarray(voice)
