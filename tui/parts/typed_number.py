"""Numbers as people type them."""

from __future__ import annotations

import math
import re

_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")


def typed_number(text: str) -> float:
    """The number that was typed: 1500, 1,500, 7.5 or 7,5.

    A comma stands between thousands where three digits follow it, else it begins the decimals.

    Raises:
        ValueError: it cannot be counted with; the message says why.
    """
    plain = text.strip().replace("−", "-")
    if not plain:
        raise ValueError("A number is missing")
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    elif "." not in plain:
        plain = plain.replace(",", ".", 1)
    try:
        number = float(plain)
    except ValueError:
        raise ValueError(f"'{text.strip()}' is not a number") from None
    if not math.isfinite(number):
        raise ValueError(f"'{text.strip()}' is not a number that can be counted with")
    return number
