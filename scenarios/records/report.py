"""What was found in a centre's records, what was done about it, and what that does to figures."""

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Finding:
    """One kind of dirt: how many rows have it, what was done, as messages for people.

    Attributes:
        what: What was found ("calls that end before they are answered").
        rows: How many rows have it.
        done: What was done about it ("the end counts as not known; the calls stay").
        effect: What it does to figures, empty when it does nothing to any.
        examples: A few places, as "row 17: 25:61:00"; never a person's name or number.
    """

    what: str
    rows: int
    done: str
    effect: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A figure of the records as they came and as they are used.

    Attributes:
        name: What the figure is ("abandoned, of all who asked for an agent").
        unit: "share" (0 to 1) or "s".
        before: From the rows as they came, taken at their word; NaN where it cannot be told.
        after: From the cleaned table.
    """

    name: str
    unit: str
    before: float
    after: float


@dataclass(frozen=True)
class Outage:
    """A stretch in which the centre did not answer although somebody called (or fell silent).

    Attributes:
        start: The beginning, local clock, datetime64[ms].
        end: The end, local clock.
        contacts: How many came in between.
        reason: What shows it: "nobody answered" or "all agents gone" or "no contacts at all".
    """

    start: np.datetime64
    end: np.datetime64
    contacts: int
    reason: str


@dataclass(frozen=True)
class Day:
    """One date of the records: what there is of it.

    Attributes:
        date: datetime64[D].
        contacts: Rows that began on it.
        first: The first arrival, datetime64[ms].
        last: The last arrival.
        odd: Why the day is not like others of its weekday, or empty: "half a day", "missing",
            "opened 3 hours later than other Mondays", "40 % of a usual Monday".
    """

    date: np.datetime64
    contacts: int
    first: np.datetime64
    last: np.datetime64
    odd: str = ""


@dataclass(frozen=True)
class DataReport:
    """Everything a person should know about records before they trust a fit to them.

    Attributes:
        sources: Names of the files read, without their folders.
        kind: "call records", "interval reports" or "ticket logs".
        layout: Which shipped mapping recognised the columns ("Avaya CMS hsplit", "plain CSV").
        rows_read: Data rows in the files.
        rows_used: Rows of the clean table.
        columns: Field to the name of the column it was taken from.
        left: Columns that nothing was taken from.
        findings: What was found, the ones that change most first.
        figures: Figures before and after.
        days: Every date between the first and the last, in order, missing ones included.
        outages: In order of time.
    """

    sources: tuple[str, ...]
    kind: str
    layout: str
    rows_read: int
    rows_used: int
    columns: dict[str, str] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    figures: tuple[Figure, ...] = ()
    days: tuple[Day, ...] = ()
    outages: tuple[Outage, ...] = ()
