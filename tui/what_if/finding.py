"""Finding what a manager means: synonyms, words that say nothing, and texts of help as well."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "refund": ("remedy", "money needed", "decide", "limit", "gives"),
    "goodwill": ("remedy", "gives", "decide"),
    "compensation": ("remedy", "gives", "decide"),
    "limit": ("decide", "up to"),
    "authority": ("decide", "up to"),
    "empower": ("decide",),
    "approval": ("ask", "approved", "decide"),
    "boss": ("supervisor", "manager", "approval"),
    "manager": ("boss", "supervisor"),
    "headcount": ("roster", "how many agents", "heads"),
    "heads": ("roster", "how many agents"),
    "staff": ("roster", "how many agents", "heads"),
    "staffing": ("roster", "how many agents", "heads"),
    "fte": ("roster", "how many agents", "heads"),
    "people": ("roster", "how many agents"),
    "agents": ("roster", "heads"),
    "volume": ("customers a day", "all customers", "get in touch", "people call"),
    "demand": ("customers a day", "all customers", "get in touch", "people call"),
    "calls": ("customers a day", "all customers", "people call"),
    "growth": ("all customers", "get in touch", "people call"),
    "wages": ("wage", "cost"),
    "salary": ("wage",),
    "pay": ("wage",),
    "sick": ("absent", "absence"),
    "sickness": ("absent", "absence"),
    "aht": ("talk", "wrap-up", "handle"),
    "duration": ("talk", "wrap-up", "takes"),
    "promise": ("callback", "call back", "due within"),
    "callback": ("call back", "promise", "called back"),
    "sla": ("goal", "service level"),
    "target": ("goal",),
    "churn": ("worth of a customer", "loyalty"),
    "training": ("knowledge", "learn"),
    "skill": ("knowledge", "empathy"),
    "announcement": ("announce", "told"),
    "repeat": ("call again", "returning", "redial"),
    "attrition": ("vacancies", "engagement", "hiring"),
    "turnover": ("vacancies", "engagement", "hiring"),
}
"""What a word may mean here."""

_SAY_NOTHING = frozenset(
    (
        *("a", "an", "and", "are", "can", "do", "does", "for", "how", "i", "if", "in", "is", "it"),
        *("many", "may", "more", "much", "my", "of", "on", "our", "should", "the", "to", "us"),
        *("we", "what", "who", "with", "would"),
    )
)
_BY_NAME, _MEANT, _HELP = 1.0, 0.7, 0.3
"""What a word found in the name, a synonym found there, and a word of the help text count."""


def told_words(text: str) -> tuple[str, ...]:
    """The words of a text that say what is sought; all of them where none does."""
    words = tuple(re.findall(r"[^\s?,;:]+", text.lower()))
    return tuple(word for word in words if word not in _SAY_NOTHING) or words


def likeness(sought: Sequence[str], name: str, about: str = "") -> float:
    """How well a thing fits words that are sought, from 0 (not at all) to 1.

    Args:
        sought: of ``told_words``; every one of them has to be found.
        name: what the thing is called.
        about: its help text.
    """
    name, about = name.lower(), about.lower()
    found = [_of_word(word, name, about) for word in sought]
    return 0.0 if not all(found) else sum(found) / max(1, len(found))


def _of_word(word: str, name: str, about: str) -> float:
    if word in name:
        return _BY_NAME
    meanings = SYNONYMS.get(word) or SYNONYMS.get(word.removesuffix("s"), ())
    if any(meaning in name for meaning in meanings):
        return _MEANT
    return _HELP if len(word) > 2 and word in about else 0.0
