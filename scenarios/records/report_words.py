"""The report of records in sentences, for every face alike."""

from __future__ import annotations

import math

from scenarios.records.report import Figure, Finding, Outage
from scenarios.shares import percent


def sentence(finding: Finding) -> str:
    """A finding as a person reads it."""
    noun = "row" if finding.rows == 1 else "rows"
    rows = f" ({finding.rows:,} {noun})" if finding.rows else ""
    parts = [f"{finding.what.removesuffix('.')}{rows}.", finding.done]
    if finding.examples:
        parts.append(f"As in {', '.join(finding.examples)}.")
    if finding.effect:
        effect = finding.effect[0].upper() + finding.effect[1:]
        parts.append(effect if effect.endswith(".") else f"{effect}.")
    return " ".join(parts)


def amount(figure: Figure, value: float) -> str:
    """A figure in its unit; empty where it is not known."""
    if math.isnan(value):
        return ""
    return percent(value, 1) if figure.unit == "share" else f"{value:,.1f} s"


def stretch(outage: Outage) -> str:
    """An outage as a person reads it."""
    start, end = (str(each.astype("datetime64[m]")) for each in (outage.start, outage.end))
    same = start[:10] == end[:10]
    until = end[11:] if same else end.replace("T", " ")
    came = f", {outage.contacts:,} contacts" if outage.contacts else ""
    return f"{start.replace('T', ' ')} to {until}: {outage.reason}{came}"
