"""CSV files next to a scenario with something wrong in them."""

import random

from tests.fuzz import texts
from tests.support.scenario_texts import SMALLEST

COUNTS, VALUES = "counts.csv", "values.csv"
SCENARIO = SMALLEST.replace("volume.per_day = 100", f'volume.csv = "{COUNTS}"').replace(
    "talk_s = 60", f'talk_s = {{ distribution = "empirical", csv = "{VALUES}" }}'
)
_CELLS = (
    *(
        "",
        " ",
        "-",
        "0",
        "1",
        "1.5",
        "1,5",
        "1_000",
        "1.000",
        "1 000",
        "1.234,5",
        "-3",
        "+3",
        "1e3",
    ),
    *(
        "1e999",
        "nan",
        "inf",
        "-inf",
        "0x10",
        "٣",
        "1" * 400,
        "1e-400",
        "monday",
        "Every_Day",
        "mon",
    ),
    *(
        "08:00",
        "8:00",
        "24:00",
        "00:00",
        "08:15",
        "08:07",
        "8",
        "08:00:00",
        '"',
        '""',
        '"a',
        "'",
        "=",
    ),
    *("\x00", "\ufeff", "\u202e", "退", "a;b", "a,b", "a\tb", "a\nb", "x" * 3000),
)


def tables(rng: random.Random) -> dict[str, bytes]:
    """Two CSV files by name, one of them changed."""
    files = {COUNTS: _counts(rng), VALUES: [["day", "talk"], *_values(rng)]}
    victim = rng.choice(list(files))
    made = {}
    for name, rows in files.items():
        if name == victim:
            for _ in range(rng.choice((0, 1, 1, 2, 5))):
                _change(rng, rows)
        separator = rng.choice((",", ",", ";")) if name == victim else ","
        end = rng.choice(("\n", "\n", "\r\n", "\r")) if name == victim else "\n"
        text = end.join(separator.join(row) for row in rows).encode("utf-8", "surrogatepass")
        if name == victim and rng.random() < 0.3:
            text = texts.damaged(rng, text)
        if name == victim and rng.random() < 0.05:
            text = text.decode("utf-8", "replace").encode(rng.choice(("utf-16", "utf-8-sig")))
        made[name] = text
    return made


def _counts(rng: random.Random) -> list[list[str]]:
    minutes = rng.choice((15, 30, 60, 60, 120))
    starts = range(8 * 60, 12 * 60, minutes)
    days = rng.choice((["every_day"], ["monday", "tuesday"]))
    rows = [
        [day, f"{at // 60:02d}:{at % 60:02d}", str(rng.choice((3, 0, 2.5, 7)))]
        for day in days
        for at in starts
    ]
    return [["weekday", "start", "count"], *rows]


def _values(rng: random.Random) -> list[list[str]]:
    return [[str(day), str(rng.choice((60, 90.5, 120, 0)))] for day in range(1, 6)]


def _change(rng: random.Random, rows: list[list[str]]) -> None:
    row = rng.choice(rows)
    kind = rng.randrange(8)
    if kind < 3 and row:
        row[rng.randrange(len(row))] = rng.choice(_CELLS)
    elif kind == 3 and row:
        row[rng.randrange(len(row))] = texts.letters(rng)
    elif kind == 4:
        rows.insert(rng.randrange(len(rows) + 1), rng.choice(([], list(row), [""] * 3, ["a"] * 9)))
    elif kind == 5 and len(rows) > 1:
        rows.remove(row)
    elif kind == 6 and row:
        del row[rng.randrange(len(row))]
    else:
        rng.shuffle(rows)
