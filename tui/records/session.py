"""From files of records to a scenario: what was chosen, found, fitted and predicted so far."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace
from pathlib import Path

from results.backtest.backtest import Backtest, backtest, split
from results.charts.backtest import draw_backtest
from results.fitting import Fitted, Written, fit_records, in_the_way
from scenarios.fit.calls import Calls
from scenarios.fit.errors import FitError
from scenarios.records.contacts import Contacts
from scenarios.records.field_words import FIELDS, Missing, missing, title_of
from scenarios.records.mapping import Mapping, load_mapping
from scenarios.records.problems import RecordsError
from scenarios.records.read import Looked, Records, look, read_records
from scenarios.records.taken import PERSONS
from tui.records.paths import is_there, path_of, paths_in
from tui.records.work import Task

NO_CALLS = (
    "Days can be predicted from call records only, a row for each call: these do not say when "
    "each customer came and who answered. The scenario can still be saved."
)
UNITS = {
    "": "as the file shows",
    "s": "seconds",
    "ms": "milliseconds",
    "min": "minutes",
    "h": "hours",
}
DATES = {"": "as the file shows", "day-first": "day first", "month-first": "month first"}


@dataclass(frozen=True)
class ColumnRow:
    """A column of the files, and what it is taken for."""

    column: str
    field: str
    """Empty when nothing is taken from it."""
    title: str
    """The field in words."""
    unit: str
    values: tuple[str, ...]
    """Some; none of persons."""


@dataclass(frozen=True)
class Chosen:
    """How the files are to be read, where somebody said so."""

    base: Mapping | None = None
    fields: MappingOf[str, tuple[str, ...]] = field(default_factory=dict)
    """By field its column; none to take it from no column."""
    units: MappingOf[str, str] = field(default_factory=dict)
    dates: str | None = None


class Session:
    """What was chosen and found, step by step; a step begins anew what comes after it.

    What takes long is asked for with a task and is to be called in a thread.
    """

    def __init__(self, folder: Path) -> None:
        """Begin with nothing.

        Args:
            folder: where names without a folder are looked for and written.
        """
        self.folder = folder
        self.files: tuple[Path, ...] = ()
        self.looked: Looked | None = None
        self.records: Records | None = None
        self.fitted: Fitted | None = None
        self.test: Backtest | None = None
        self.chosen = Chosen()
        """How the files are to be read."""

    # -- files -------------------------------------------------------------------------------

    def refusal(self, typed: str) -> str:
        """Why what was typed cannot be the files, as a readable message; empty when it can."""
        paths = paths_in(typed, self.folder)
        if not paths and not self.files:
            return "Type the path of a file, or choose one below."
        for path in paths:
            if not is_there(path):
                return f"There is no file {path}."
            if path.is_dir():
                return f"{path} is a folder: choose a file in it."
        return ""

    def take(self, typed: str) -> None:
        """Add what was typed to the files; those that are there already stay."""
        self._set_files((*self.files, *paths_in(typed, self.folder)))

    def toggle(self, path: Path) -> None:
        """Take a file in, or leave it out."""
        there = path in self.files
        self._set_files(
            tuple(one for one in self.files if one != path) if there else (*self.files, path)
        )

    def clear(self) -> None:
        """Leave out every file."""
        self._set_files(())

    def _set_files(self, files: tuple[Path, ...]) -> None:
        files = tuple(dict.fromkeys(files))
        if files != self.files:
            self.files, self.looked = files, None
            self.chosen = Chosen()
            self._forget()

    def _forget(self) -> None:
        self.records = self.fitted = self.test = None

    # -- columns -----------------------------------------------------------------------------

    def look(self, task: Task) -> Looked:
        """Look at the columns of the files; what was read otherwise is forgotten.

        Raises:
            RecordsError: a file cannot be read.
            StoppedError: nobody waits any longer.
        """
        task.tell("Looking at the columns", 0.0)
        looked = task.done(look, self.files, self.mapping)
        if self.looked is None or looked.columns.mapping != self.looked.columns.mapping:
            self._forget()
        self.looked = looked
        return looked

    @property
    def mapping(self) -> Mapping | None:
        """How the files are read; None where they show it by themselves."""
        chosen = self.chosen
        base = chosen.base or (self.looked.columns.mapping if self.looked else None)
        if base is None or chosen == Chosen():
            return None
        return replace(
            base,
            columns={**base.columns, **chosen.fields},
            units={**base.units, **chosen.units},
            dates=base.dates if chosen.dates is None else chosen.dates,
        )

    @property
    def kind(self) -> str:
        """The kind of records: "contacts", "intervals" or "tickets"."""
        return self.looked.columns.mapping.kind if self.looked else "contacts"

    @property
    def rows(self) -> list[ColumnRow]:
        """The columns of the files, in their order."""
        if self.looked is None:
            return []
        columns = self.looked.columns
        taken = {each.column: each for each in columns.taken}
        return [
            ColumnRow(name, "", "not used", "", columns.hints.get(name, ()))
            if (one := taken.get(name)) is None
            else ColumnRow(name, one.field, title_of(self.kind, one.field), one.unit, one.values)
            for name in columns.names
        ]

    @property
    def choices(self) -> MappingOf[str, str]:
        """What a column can be taken for, by field: its words."""
        return {"": "not used", **FIELDS[self.kind]}

    @property
    def lacking(self) -> list[str]:
        """What the files cannot be read without and no column says."""
        return [one.rule for one in self.looked.lacking] if self.looked else []

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What the files do not say, and what that costs."""
        if self.looked is None:
            return ()
        return missing(
            self.looked.columns.mapping, {each.field for each in self.looked.columns.taken}
        )

    def take_as(self, column: str, taken_for: str) -> None:
        """Take a column for a field, or for none; it is to be looked at again."""
        before = next(row.field for row in self.rows if row.column == column)
        fields = dict(self.chosen.fields)
        if before:
            fields[before] = ()
        if taken_for:
            fields[taken_for] = (column,)
        self.chosen = replace(self.chosen, fields=fields)

    def read_in(self, of_field: str, unit: str) -> None:
        """Read the numbers of a field in a unit."""
        self.chosen = replace(self.chosen, units={**self.chosen.units, of_field: unit})

    def read_dates(self, order: str) -> None:
        """Read dates with the day or the month first."""
        self.chosen = replace(self.chosen, dates=order)

    def read_kind(self, kind: str) -> None:
        """Read the files as another kind of records, whatever was chosen before."""
        self.chosen = Chosen(Mapping("plain CSV", kind))

    def read_by(self, name: str) -> None:
        """Read the files by a mapping: a shipped one by its name, or a file.

        Raises:
            ScenarioError: there is none, or it cannot be read.
        """
        paths = paths_in(name, self.folder)
        is_file = len(paths) == 1 and paths[0].is_file()
        self.chosen = Chosen(load_mapping(paths[0] if is_file else name))

    def mapping_refusal(self, typed: str) -> str:
        """Why a mapping file cannot be written under a name; empty when it can."""
        if not typed.strip():
            return "Type a name, or press Escape."
        there = is_there(path_of(typed.strip(), self.folder))
        return f"{typed} is there already. Choose another name." if there else ""

    def save_mapping(self, path: Path) -> None:
        """Write what was chosen as a mapping file.

        Raises:
            FileExistsError: there is one of that name.
            OSError: it cannot be written.
        """
        assert self.looked is not None
        with path.open("x", encoding="utf-8") as file:
            file.write(self.looked.columns.toml())

    # -- reading, fitting, predicting --------------------------------------------------------

    def read(self, task: Task) -> Records:
        """Read and clean every row.

        Raises:
            RecordsError: none can be used.
            StoppedError: nobody waits any longer.
        """
        task.tell("Reading the records", 0.0)
        self._forget()
        self.records = task.done(read_records, self.files, self.mapping)
        return self.records

    def fit(self, task: Task) -> Fitted:
        """Fit a centre to the records.

        Raises:
            FitError: they are too few, or lack what a fit needs.
            StoppedError: nobody waits any longer.
        """
        assert self.records is not None
        task.tell("Fitting", 0.0)
        self.fitted = task.here(fit_records, self.records, workers=task.pool, told=task.tell)
        return self.fitted

    @property
    def can_predict(self) -> bool:
        """Whether days can be predicted from these records."""
        return isinstance(self.records, Contacts)

    def backtest(self, task: Task, replications: int) -> Backtest:
        """Fit the first two thirds of the days and predict the others.

        Raises:
            FitError: there are too few records, or too few days.
            StoppedError: nobody waits any longer.
        """
        if not isinstance(self.records, Contacts):
            raise FitError(NO_CALLS)
        calls = Calls(self.records)
        if len(calls.dates) < 2:
            raise FitError("A backtest needs two days at least: some to fit, others to predict.")
        task.tell("Predicting days", 0.0)
        self.test = task.here(
            backtest,
            calls,
            *split(calls.dates),
            replications=replications,
            workers=task.pool,
            told=task.tell,
        )
        return self.test

    def pictures_refusal(self, typed: str) -> str:
        """Why the pictures cannot be drawn into a folder; empty when they can."""
        if not typed.strip():
            return "Type the name of a folder, or press Escape."
        folder = path_of(typed.strip(), self.folder)
        if not is_there(folder):
            return ""
        if not folder.is_dir():
            return f"{typed} is a file. Choose another name."
        taken = any(folder.glob("backtest-*"))
        return f"{typed} has pictures already. Choose another folder." if taken else ""

    def draw(self, task: Task, folder: Path) -> list[Path]:
        """Draw the pictures of the backtest into a folder, as the command line does.

        Raises:
            OSError: the folder cannot be written to.
        """
        assert self.test is not None
        return task.done(draw_backtest, self.test, folder)

    # -- saving ------------------------------------------------------------------------------

    def target(self, typed: str) -> Path:
        """The scenario file of a name."""
        path = path_of(typed.strip(), self.folder)
        return (
            path if path.suffix == ".toml" or not path.name else path.with_name(f"{path.name}.toml")
        )

    def free_name(self) -> str:
        """A name that nothing is in the way of."""
        name, number = "from-records", 2
        while in_the_way(self.target(name)) is not None:
            name, number = f"from-records-{number}", number + 1
        return name

    def target_refusal(self, typed: str) -> str:
        """Why a scenario cannot be saved under a name; empty when it can."""
        if not typed.strip():
            return "Type a name, or press Escape."
        target = self.target(typed)
        try:
            if not target.name or target.is_dir():
                return "Type a name for a file."
            if not target.parent.is_dir():
                return f"There is no folder {target.parent}."
            there = in_the_way(target)
        except OSError as error:
            return f"{error.strerror}."
        return "" if there is None else f"{there.name} is there already. Choose another name."

    def save(self, typed: str) -> Written:
        """Write the scenario with its tables; nothing that is there is overwritten.

        Raises:
            FileExistsError: something is there meanwhile.
            OSError: it cannot be written.
        """
        assert self.fitted is not None
        return self.fitted.write(self.target(typed))


def is_person(name: str) -> bool:
    """Whether the values of a field are persons, who are shown nowhere."""
    return name in PERSONS


def error_words(error: BaseException) -> str:
    """What keeps records from being read or fitted, for a person; empty for a fault of ours."""
    if isinstance(error, RecordsError):
        return "\n\n".join(map(str, error.problems))
    if isinstance(error, FitError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}."
    return ""
