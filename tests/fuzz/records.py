"""Exports of a centre's records, and mapping files for them, with something wrong in them."""

import csv
import gzip
import io
import random
from pathlib import Path

from tests.fuzz import texts
from tests.support import record_samples

_SAMPLES = (
    *(record_samples.AVAYA_HSPLIT, record_samples.AVAYA_SKILLS, record_samples.GENESYS_INTERVALS),
    *(record_samples.GENESYS_AGENTS, record_samples.GENESYS_API, record_samples.FIVE9),
    *(record_samples.NICE, record_samples.WFM, record_samples.EMERGENCY, record_samples.QUEUE_LOG),
    *(record_samples.PORTUGUESE, record_samples.BANK, record_samples.ZENDESK),
    *(record_samples.SERVICENOW, record_samples.BANK, record_samples.PORTUGUESE),
)
_CELLS = (
    *("", " ", "-", "?", "NULL", "0", "-1", "1", "1,5", "1.000,5", "1e999", "nan", "inf", "٣"),
    *("0:00:00", "24:00", "25:61:00", "99:99:99", "17:00:00", "-0:05", "9:00 AM", "13:00 PM"),
    *("0000", "2400", "800", "960", "1.5", "86400000", "9" * 18, "9" * 400, "-99999999999"),
    *("1900-01-01", "0001-01-01", "9999-12-31 23:59:59", "2026-02-30", "31/02/2026", "1/1/1"),
    *("2026-01-05T08:00:00Z", "2026-01-05T08:00:00+99:99", "1767600000", "1767600000000"),
    *("300000-01-01", "46027.5", "Mon", "Total", "Totals:", "81%", "810%", "-5 %", "true", "N"),
    *('"', '""', '"a', "'", "a,b", "a;b", "a|b", "a\nb", "\x00", "\ufeff", "\u202e", "x" * 3000),
)
_MAPPINGS = (
    *('kind = "contacts"\n', 'kind = "intervals"\n', 'kind = "tickets"\n', "", "kind = 3\n"),
    *('kind = "contacts"\ncolumns.arrived = "date"\n', 'kind = "contacts"\ncolumns.date = ""\n'),
    *('kind = "contacts"\ntime_zone = "Europe/Lisbon"\nrecorded_in = "America/Chicago"\n',),
    *('kind = "intervals"\ninterval_min = 15\n[units]\naht = "ms"\n',),
    *('kind = "contacts"\ndates = "day-first"\n[outcomes]\nHANG = "menu"\nAGENT = "outbound"\n',),
    *('kind = "contacts"\n[only]\nreason = ["PS"]\n[rename]\nPS = "x"\n',),
    *('kind = "intervals"\nbands = ["911", ""]\nevents = "asterisk"\n',),
)


def export(rng: random.Random, folder: Path) -> tuple[Path, Path | None]:
    """A file of records, changed, and a mapping file for it or none."""
    text = _rows(rng, rng.choice(_SAMPLES))
    content = text.encode(rng.choice(("utf-8", "utf-8", "utf-8", "utf-16", "utf-8-sig")), "replace")
    if rng.random() < 0.25:
        content = texts.damaged(rng, content)
    if rng.random() < 0.15:
        content = gzip.compress(content)
        content = texts.damaged(rng, content) if rng.random() < 0.5 else content
        content = content[: rng.randrange(len(content) + 1)] if rng.random() < 0.3 else content
    if rng.random() < 0.05:
        content = (
            rng.choice((b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0", b"<html>", b"")) + content
        )
    path = folder / rng.choice(("calls.csv", "calls.txt", "calls.xlsx", "calls.parquet", "calls"))
    path.write_bytes(content)
    if rng.random() < 0.7:
        return path, None
    mapping = folder / "mapping.toml"
    body = rng.choice(_MAPPINGS).encode()
    mapping.write_bytes(texts.damaged(rng, body) if rng.random() < 0.3 else body)
    return path, mapping


def _rows(rng: random.Random, text: str) -> str:
    separator = next((sign for sign in ";|" if text.count(sign) > text.count(",")), ",")
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    if rng.random() < 0.3:
        rows += [list(row) for row in rows[1:]] * rng.choice((1, 8))
    for _ in range(rng.choice((0, 1, 2, 5, 30))):
        _change(rng, rows)
    if rng.random() < 0.2:
        separator = rng.choice(",;\t|")
    end = rng.choice(("\n", "\n", "\n", "\r\n", "\r"))
    if rng.random() < 0.5:
        return end.join(separator.join(row) for row in rows)
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(rows)
    return out.getvalue()


def _change(rng: random.Random, rows: list[list[str]]) -> None:
    if not rows:
        return
    row = rng.choice(rows)
    kind = rng.randrange(10)
    if kind < 4 and row:
        row[rng.randrange(len(row))] = rng.choice(_CELLS)
    elif kind == 4 and row:
        row[rng.randrange(len(row))] = texts.letters(rng)
    elif kind == 5:
        rows.insert(rng.randrange(len(rows) + 1), rng.choice(([], list(row), [""] * 3, ["a"] * 40)))
    elif kind == 6:
        rows.remove(row)
    elif kind == 7 and row:
        del row[rng.randrange(len(row))]
    elif kind == 8:
        place, cell = rng.randrange(max(map(len, rows)) or 1), rng.choice(_CELLS)
        for each in rows[rng.randrange(2) :]:
            if place < len(each):
                each[place] = cell
    else:
        _column(rng, rows)


def _column(rng: random.Random, rows: list[list[str]]) -> None:
    """Move, repeat or drop a whole column."""
    place, to = (rng.randrange(max(map(len, rows)) or 1) for _ in range(2))
    what = rng.randrange(3)
    for row in rows:
        if place < len(row):
            cell = row[place]
            if what < 2:
                del row[place]
            if what > 0:
                row.insert(min(to, len(row)), cell)
