"""Cases: something is changed, a command is given, and it must end as commands end."""

import random
import re
import traceback
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from scenarios import ScenarioError, load
from tests.fuzz import texts
from tests.fuzz.changes import changes
from tests.fuzz.documents import scenario_file
from tests.fuzz.limits import GreedError, HangError, limits
from tests.fuzz.records import export
from tests.fuzz.simulating import simulated
from tests.fuzz.tables import SCENARIO, tables
from tests.support import hostile_names
from tui.cli import app
from tui.terminal.exits import ExitCode

PATIENCE_S = 30.0
"""Seconds after which a case hangs: most take a fiftieth of a second."""
PROPER = (ExitCode.OK, ExitCode.USAGE, ExitCode.BAD_SCENARIO)
"""How a command may end whatever is in a file: no input makes it fail."""
COMPARED = 0.1
"""The share of the scenarios that can be used of which a whole answer is asked as well."""


@dataclass(frozen=True)
class Finding:
    """A case that did not end as commands end."""

    kind: str
    seed: int
    number: int
    reason: str
    detail: str = ""

    def __str__(self) -> str:
        """Say what happened, and how to see it again."""
        again = f"python -m tests.fuzz --kind {self.kind} --seed {self.seed} --only {self.number}"
        return f"{self.reason}\n    {again}"

    @property
    def signature(self) -> str:
        """What findings of one cause have in common."""
        places = re.findall(r'File "[^"]*?([^/"]+\.py)", line (\d+)', self.detail)
        return f"{self.reason.partition(':')[0]} at {':'.join(places[-1]) if places else '?'}"


class WrongEndError(Exception):
    """A command that ended in a way that no input may bring about."""


def command(*arguments: str) -> tuple[int, str]:
    """Give a command; what it wrote, and its exit code if that is a proper one.

    Raises:
        WrongEndError: it is not, or the words speak of a fault.
        Exception: whatever the command let through.
    """
    done = CliRunner(env={"COLUMNS": "80"}).invoke(app, list(arguments))
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    if done.exit_code not in PROPER:
        raise WrongEndError(f"exit code {done.exit_code}: {done.stderr[-400:]}")
    if "Traceback" in done.output or re.search(r"fault of (firstline|the program)", done.output):
        raise WrongEndError(f"speaks of a fault: {done.output[-400:]}")
    if control := re.search(r"[\x00-\x08\x0b-\x1f\x7f]", done.output.replace("\r\n", "\n")):
        raise WrongEndError(f"writes the control character {control[0]!r}")
    return done.exit_code, done.output


def case(kind: str, seed: int, number: int, folder: Path) -> Finding | None:
    """Do one case in an empty folder; what went wrong, None when nothing did."""
    rng = random.Random(f"{kind} {seed} {number}")
    try:
        # A warning of a library on a user's screen is a fault as well.
        with limits(PATIENCE_S), warnings.catch_warnings():
            warnings.simplefilter("error")
            KINDS[kind](rng, folder)
    except (Exception, HangError) as error:  # noqa: BLE001 - whatever it is, it is a finding
        detail = "".join(traceback.format_exception(error))
        reason = f"{type(error).__name__}: {error}".splitlines()[0][:300]
        if isinstance(error, GreedError | HangError):
            detail = detail[-3000:]
        return Finding(kind, seed, number, reason, detail)
    return None


def _toml(rng: random.Random, folder: Path) -> None:
    path = folder / "centre.toml"
    path.write_bytes(scenario_file(rng))
    _used(rng, path)


def _csv(rng: random.Random, folder: Path) -> None:
    for name, content in tables(rng).items():
        (folder / name).write_bytes(content)
    path = folder / "centre.toml"
    path.write_text(SCENARIO, encoding="utf-8")
    _used(rng, path)


def _set(rng: random.Random, folder: Path) -> None:
    options = changes(rng)
    path = folder / "centre.toml"
    path.write_text(
        hostile_names.scenario() if rng.random() < 0.2 else _shipped(rng), encoding="utf-8"
    )
    command("check", str(path), *options)
    # A change that is wrong is refused before anything is run.
    command("assumptions", str(path), *options, "--format", rng.choice(_FORMATS))


def _names(rng: random.Random, folder: Path) -> None:
    path = folder / f"{_file_name(rng)}.toml"
    names = tuple(dict.fromkeys(texts.name(rng) for _ in range(rng.choice((1, 3, 12)))))
    currency = rng.choice((*hostile_names.CURRENCIES, texts.letters(rng, 3)))
    path.write_text(hostile_names.scenario(names, currency), "utf-8", errors="surrogatepass")
    code, _ = command("check", str(path), "--format", rng.choice(_FORMATS))
    if code != ExitCode.OK:
        return
    runs = folder / rng.choice(("runs", texts.letters(rng).replace("/", "_").replace("\0", "_")))
    asked = ("-n", "1", "--workers", "1", "--seed", str(rng.randrange(10**6)))
    charts = () if rng.random() < 0.1 else ("--no-charts",)
    form = ("--format", rng.choice(_FORMATS))
    command("compare", str(path), *asked, *charts, *form, "-o", str(runs), *_cut(rng))
    command("run", str(path), *asked, "--no-save", *form, "--policy", rng.choice(names), *_cut(rng))
    command("assumptions", str(path), *form)
    command("runs", "list", "-o", str(runs), *form)
    for kept in runs.iterdir():
        command("runs", "show", str(kept), *form, *_cut(rng))
    sql = "select policy, measure, mean from comparison order by all limit 20"
    command("runs", "query", sql, "-o", str(runs), *form)


def _records(rng: random.Random, folder: Path) -> None:
    path, mapping = export(rng, folder)
    own = () if mapping is None else ("--mapping", str(mapping))
    form = ("--format", rng.choice(("table", "json")))
    code, _ = command("fit", str(path), "--columns", *own, *form)
    written = ("-o", str(folder / "centre.toml"), "--workers", "1") if rng.random() < 0.3 else ()
    done, said = command("fit", str(path), "--yes", *own, *form, *written)
    if code != ExitCode.OK and done == ExitCode.OK:
        raise WrongEndError("fit reads a file whose columns it refuses")
    # A queue of the Avaya sample is called so, and a scenario names its reasons.
    said = re.sub(r'reasons\.\\?"Smith, Jane\\?"', "", said)
    if done == ExitCode.OK and re.search(r"Jane|John|Dana|Ann Lee|3519[123]{7}", said):
        raise WrongEndError("fit tells who somebody is")


_FORMATS = ("table", "json", "csv")


def _cut(rng: random.Random) -> Sequence[str]:
    return rng.choice(((), (), ("--by", "reason"), ("--by", "group"), ("--measures", "all")))


def _file_name(rng: random.Random) -> str:
    signs = texts.name(rng).replace("/", "_").replace("\0", "_")
    return signs.encode("utf-8", "replace")[:100].decode("utf-8", "ignore")


def _shipped(rng: random.Random) -> str:
    from tests.fuzz.documents import bases

    return rng.choice(bases())


def _used(rng: random.Random, path: Path) -> None:
    """Check a scenario; simulate a moment of it where it can be used, and ask for an answer."""
    form = rng.choice(_FORMATS)
    code, _ = command("check", str(path), "--format", form)
    try:
        scenario = load(path)
    except ScenarioError:
        if code != ExitCode.BAD_SCENARIO:
            raise WrongEndError("check lets a scenario pass that cannot be loaded") from None
        return
    if code != ExitCode.OK:
        raise WrongEndError("check refuses a scenario that can be loaded")
    simulated(scenario, rng)
    if rng.random() < COMPARED:
        _compared(rng, path)


def _compared(rng: random.Random, path: Path) -> None:
    from scenarios.save import dump
    from tests.fuzz.simulating import capped

    small = capped(load(path))
    if small is not None:
        path.write_text(dump(small), encoding="utf-8")
        form = ("--format", rng.choice(_FORMATS))
        asked = ("-n", "1", "--workers", "1", "--no-save", *_cut(rng))
        command("compare", str(path), *asked, *form)


KINDS: dict[str, Callable[[random.Random, Path], None]] = {
    "toml": _toml,
    "csv": _csv,
    "set": _set,
    "names": _names,
    "records": _records,
}

SHARES = {"toml": 0.5, "csv": 0.13, "set": 0.16, "names": 0.01, "records": 0.2}
"""Of all cases, when no kind is named: a name goes through every output and takes a second."""


def planned(cases: int, kind: str | None) -> Iterable[tuple[str, int]]:
    """The kind and number of so many cases."""
    counts = {kind: cases} if kind else {k: max(1, round(cases * s)) for k, s in SHARES.items()}
    return [(one, number) for one, count in counts.items() for number in range(count)]
