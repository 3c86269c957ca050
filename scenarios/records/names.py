"""Column names without their case, punctuation, accents and units."""

import re
import unicodedata

_UNITS = {
    "ms": r"ms|msec|msecs|milliseconds?|millis",
    "s": r"s|sec|secs|seconds?|segundos|sekunden",
    "min": r"min|mins|minutes?|minutos|minuten",
    "h": r"h|hr|hrs|hours?|horas|stunden",
    "": r"hh:mm:ss|h:mm:ss|mm:ss|hh:mm|hms|time",
}
_UNIT = re.compile(
    "|".join(
        rf"(?P<u{place}>\(\s*(?:in )?(?:{words})\s*\)|\bin (?:{words})\b|(?<=\w)_(?:{words})$)"
        for place, words in enumerate(list(_UNITS.values())[:4])
    )
    + rf"|(?P<u4>\(\s*(?:in )?(?:{_UNITS['']})\s*\))",
    re.IGNORECASE,
)
_MEAN = re.compile(
    r"\b(avg|average|mean|aht|asa|per|m[ée]dio|m[ée]dia)|^avg|average", re.IGNORECASE
)
_SUM = re.compile(r"\b(total|sum)\b|^total|^sum_", re.IGNORECASE)


def plain(name: str) -> str:
    """A name as names are compared: small letters and digits, accents gone, % as "pct"."""
    bare = unicodedata.normalize("NFKD", name.replace("%", " pct ")).lower()
    return "".join(sign for sign in bare if sign.isalnum() and sign.isascii())


def without_unit(name: str) -> tuple[str, str]:
    """A column's name without the unit it ends in, and the unit: "s", "ms", "min", "h" or ""."""
    found = _UNIT.search(name)
    if found is None:
        return name, ""
    place = int((found.lastgroup or "u4")[1:])
    rest = (name[: found.start()] + " " + name[found.end() :]).strip()
    return (rest or name), list(_UNITS)[place] if rest else ""


def says_mean(name: str) -> bool:
    """Whether a column's name says that its values are means."""
    return _MEAN.search(name) is not None


def says_sum(name: str) -> bool:
    """Whether a column's name says that its values are sums."""
    return _SUM.search(name) is not None
