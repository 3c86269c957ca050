"""The command line as a test uses it: a command in, its exit code, data and words out."""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

from typer.testing import CliRunner

from tui.cli import app

SHOP = """\
title = "Corner shop"
baseline = "ask"
opening.hours = "09:00-13:00"

[reasons.order]
title = "Order enquiry"
volume.per_day = 120
groups = ["front_line"]
patience_s.voice = { distribution = "exponential", mean = 90 }
handling.voice.talk_s = { distribution = "lognormal", mean = 240, cv = 0.9 }

[reasons.damaged]
title = "Damaged item"
complaint = true
volume.per_day = 60
groups = ["front_line"]
patience_s.voice = { distribution = "exponential", mean = 90 }
handling.voice.talk_s = { distribution = "lognormal", mean = 300, cv = 0.9 }
remedy.money = { distribution = "lognormal", median = 40, sigma = 0.8 }

[groups.front_line]
title = "Front line"
heads = 4
authority = "nothing"
cost_per_hour = 24

[groups.supervisors]
title = "Supervisors"
tier = 2
heads = 1
authority = "everything"
own_work.hours_per_day = 2
cost_per_hour = 36

[authority.nothing]
limit = 0

[authority.everything]
limit = 10_000

[escalation.beyond_authority]
steps = [{ step = "ask_approver", group = "supervisors", decision_s = 120, approval = 0.9 }]

[policies.empowered]
title = "Decide alone"
changes = { "groups.front_line.authority" = "everything" }
"""
"""A morning in a small shop, a twentieth of a second to simulate."""

CROWDED = re.sub("patience_s.*\n", "", SHOP).replace("heads = 4", "heads = 1")
"""The same with more work than one agent can do, and customers who wait for ever: a doubt."""

QUICK = ("--workers", "1", "--no-charts")


class Answer(NamedTuple):
    """How a command ended and what it wrote."""

    code: int
    data: str
    words: str

    @property
    def json(self) -> Any:
        """The data as a program reads it, strictly."""
        return json.loads(self.data, parse_constant=_refuse)


def firstline(*arguments: str | Path) -> Answer:
    """Give a command; whatever it does, it must not end in a traceback."""
    done = CliRunner(env={"COLUMNS": "80"}).invoke(app, [str(one) for one in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert "Traceback" not in done.output
    assert "\x1b" not in done.output, "escape codes in a pipe"
    return Answer(done.exit_code, done.stdout, done.stderr)


def shop(folder: Path, more: str = "", text: str = SHOP) -> Path:
    """The scenario file of the shop in a folder, with more text at its end."""
    path = folder / "shop.toml"
    path.write_text(text + more, encoding="utf-8")
    return path


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")
