"""What is said next to the figures of a queueing formula: why there is none, or why it is close."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from results.formulas.cross_check import CrossCheck
from results.reading.names import in_a_sentence

MOST_REASONS = 4


def formula_sentences(checks: Mapping[str, CrossCheck], titles: Mapping[str, str]) -> list[str]:
    """A sentence for each policy about which there is something to say; once where all are alike.

    Args:
        checks: by policy.
        titles: what each policy is called.
    """
    if not any(check.formula for check in checks.values()):
        first, *_ = checks.values()
        return [f"No cross-check with Erlang C or A: {_listed(first.notes)}."]
    return list(dict.fromkeys(_sentences(checks, titles)))


def _sentences(checks: Mapping[str, CrossCheck], titles: Mapping[str, str]) -> Iterator[str]:
    for policy, check in checks.items():
        alike = all(other.notes == check.notes for other in checks.values())
        where = "" if alike else f" under {in_a_sentence(titles[policy])}"
        if not check.formula:
            yield f"No cross-check with Erlang C or A{where}: {_listed(check.notes)}."
        elif check.notes:
            yield f"{check.formula} is close{where}, not exact: {_listed(check.notes)}."


def _listed(clauses: Sequence[str]) -> str:
    """The clauses as a sentence lists them, the weightiest when there are many."""
    if len(clauses) > MOST_REASONS:
        return f"{', '.join(clauses[:MOST_REASONS])}, and more"
    *first, last = clauses
    return f"{', '.join(first)} and {last}" if first else last
