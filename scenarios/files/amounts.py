"""Amounts in a CSV file: numbers as programs and people of several countries write them.

``1.000`` is one where a decimal has a point and a thousand where it has a comma. The other numbers
of the column mostly show which; where they do not, nobody can know, and the file is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

POINT, COMMA = ".", ","

_GROUPED = re.compile(r"(\d{1,3})(?:([.,])(\d{3}))+")
_MIXED = re.compile(r"[+-]?\d{1,3}(?:([.,])\d{3})*([.,])\d+")
_SIGNED = re.compile(r"[+-]?(\d*)([.,])(\d*)")
_UNDERSCORES = re.compile(r"(?<=\d)_(?=\d)")
_SPACED = re.compile(r"\d{1,3}(?:[\s'’]\d{3})+")
_EXACT_DECIMALS = re.compile(r"\d+\.\d{3}")


class Amounts:
    """How the numbers of one column are written."""

    def __init__(self, cells: Iterable[str], separator: str) -> None:
        """Look at a column.

        Args:
            cells: of the column, as they stand in the file.
            separator: of the cells of the file.
        """
        filled = [_UNDERSCORES.sub("", cell) for cell in cells if cell]
        shown = {sign for cell in filled if (sign := _decimal_sign(cell))}
        if not shown and separator == COMMA and len(filled) > 1:
            # A program that writes three decimals writes them in every line, and a point.
            shown = {POINT} if all(map(_EXACT_DECIMALS.fullmatch, filled)) else shown
        self._decimal = shown.pop() if len(shown) == 1 else None
        self._both = bool(shown) and self._decimal is None

    def value(self, cell: str) -> float | None:
        """The number in a cell, at least 0; None when it is none or could be two."""
        text = _UNDERSCORES.sub("", cell)
        if _GROUPED.fullmatch(text) and self._decimal is None and _decimal_sign(text) is None:
            return None
        decimal = self._decimal or _decimal_sign(text) or POINT
        if self._both and COMMA in text:
            return None
        whole, sign, rest = text.partition(decimal)
        other = COMMA if decimal == POINT else POINT
        if other in rest or (other in whole and not _GROUPED.fullmatch(whole)):
            return None
        try:
            number = float(whole.replace(other, "") + (f".{rest}" if sign else ""))
        except ValueError:
            return None
        return number if 0.0 <= number < float("inf") else None

    def hint(self, cell: str) -> str:
        """What to do about a cell that is not read; empty where the rule says it."""
        text = _UNDERSCORES.sub("", cell)
        if _GROUPED.fullmatch(text) and _decimal_sign(text) is None:
            digits = re.sub(r"[.,]", "", text)
            head = re.split(r"[.,]", text)[0]
            return f"{cell} can be {head} or {digits}: write the one that is meant."
        if self._both:
            return "The column has decimals with a point and with a comma: write them alike."
        if _SPACED.fullmatch(text):
            return f"Write {re.sub(r'[^0-9]', '', text)}, without a sign between thousands."
        return ""


def _decimal_sign(text: str) -> str | None:
    """The sign before the decimals of a number; None when it has none, or could have none."""
    if mixed := _MIXED.fullmatch(text):
        thousands, decimal = mixed.groups()
        if thousands is not None and thousands != decimal:
            return decimal
    if (grouped := _GROUPED.fullmatch(text)) and not text.startswith("0"):
        # 1.234.567 has points between thousands, so that its decimals would have a comma.
        many = len(re.findall(r"[.,]", text)) > 1
        return (COMMA if grouped[2] == POINT else POINT) if many else None
    signed = _SIGNED.fullmatch(text)
    return signed[2] if signed and (signed[1] or signed[3]) else None
