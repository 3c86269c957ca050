"""Words that systems use for how a contact ended and which way it went."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from scenarios.records.calls.state import UNTOLD
from scenarios.records.columns import Flags
from scenarios.records.contacts import Outcome
from scenarios.records.names import plain
from scenarios.records.sources.cells import Cells
from scenarios.records.values.misread import Notes, outline

OUTBOUND = 9
"""The outcome of a row that is no contact of a customer."""

_CODES = {
    "answered": int(Outcome.ANSWERED),
    "abandoned": int(Outcome.ABANDONED),
    "menu": int(Outcome.MENU),
    "other": int(Outcome.OTHER),
    "outbound": OUTBOUND,
}
_PATTERNS = {
    "outbound": ["outbound", "saida", "efetuada", "saliente", "ausgehend", "dialout", "outgoing"],
    "menu": ["ivr", "selfservice", "vru", "automenu", "^menu", "automated"],
    "other": [
        *("phantom", "busy", "voicemail", "full", "overflow", "timeout", "failed", "congest"),
        *("exitwith", "exitempty", "error", "short$", "shortcall", "rejected", "deflect"),
        *("forward", "dequeue", "callback", "ocupado", "noagents", "closed"),
    ],
    "abandoned": [
        *("aban", "hang", "hungup", "missed", "noanswer", "notanswered", "unanswered", "lost"),
        *("naoatend", "noatend", "perdid", "abgebr", "verpasst", "aufgelegt", "dropped"),
        *("disconnectbeforeanswer", "nicht", "rona", "desist"),
    ],
    "answered": [
        *("answer", "handled", "agent", "complete", "connect", "served", "success", "resolved"),
        *("atendid", "answd", "transfer", "angenommen", "beantwortet", "contestad", "normal"),
        *("spoke", "talk", "ok$"),
    ],
}
"""What words of an outcome have in them; the first that fits counts."""
_YES = frozenset(("y", "yes", "true", "t", "1", "sim", "si", "ja"))
_NO = frozenset(("n", "no", "false", "f", "0", "nao", "nein"))
_INBOUND = re.compile(r"^(in|inbound|incoming|entrada|entrante|recebida|eingehend)")
_OUTBOUND = re.compile(r"out|saida|efetuad|salient|ausgeh|retorno|devol|callback|return|dial|feita")


def outcomes(
    column: str, cells: Cells, own: Mapping[str, str], notes: Notes
) -> npt.NDArray[np.int8]:
    """How contacts ended by the words of a column; `UNTOLD` where a word is not known."""
    mine = {plain(word): _CODES[outcome] for word, outcome in own.items()}
    read = [_outcome(plain(text), mine) for text in cells.texts]
    counts = cells.counts()
    strange = [place for place, code in enumerate(read) if code is None]
    if strange:
        shown = ", ".join(f'"{outline(cells.texts[place])}"' for place in strange[:5])
        notes.add(
            f'"{column}" has words whose meaning is not known ({len(strange)}: {shown}).',
            sum(int(counts[place]) for place in strange),
            "How these contacts ended is taken from their times.",
            "Say what they mean in [outcomes] of a mapping file.",
        )
    values = np.array([UNTOLD if code is None else code for code in read], dtype=np.int8)
    return cells.each(values, UNTOLD)


def _outcome(word: str, own: Mapping[str, int]) -> int | None:
    if word in own:
        return own[word]
    for outcome, patterns in _PATTERNS.items():
        if any(re.search(pattern, word) for pattern in patterns):
            return _CODES[outcome]
    return None


def yes_or_no(cells: Cells) -> Flags | None:
    """Which rows say yes, where a column says only yes or no; None for other columns."""
    if len(cells.texts) > len(_YES | _NO):
        return None
    words = [plain(text) for text in cells.texts]
    if not words or not all(word in _YES or word in _NO for word in words):
        return None
    return cells.each(np.array([word in _YES for word in words], dtype=bool), False)


def outbound(cells: Cells) -> Flags:
    """Rows of calls that the centre made itself, by the words of a direction."""
    words = [plain(text) for text in cells.texts]
    found = [bool(_OUTBOUND.search(word)) and not _INBOUND.match(word) for word in words]
    return cells.each(np.array(found, dtype=bool), False)
