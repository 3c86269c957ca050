"""The replication store: what is finished is on disk as it comes, so that a killed run resumes.

    kept/
        origin.json              what the replications were made from
        <policy>/<n>.summary     what replication n found (``replication_file``)
        <policy>/<n>/traces/     everything that happened in it, only when asked for

The summary comes last and under its name only when it is whole: with it the replication is
finished. The tables of the run are written from all of them together at its end.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from urllib.parse import quote

from results.errors import ExperimentError, writing
from results.facts.traces import trace_tables
from results.measures.summary import Key, Summary
from results.runs import parquet
from results.runs import replication_file as file
from results.runs.manifest import START_AGAIN, read_manifest
from results.runs.origin import Origin
from results.runs.tables import named
from scenarios import Scenario
from sim import Trace

KEPT = "kept"
TRACES = "traces"
ORIGIN = "origin.json"
_LONGEST, _DIGITS = 200, 16
_OF_PARQUET = 1
"""The first format of a stored replication: a folder of tables."""


class ReplicationStore:
    """The finished replications in a folder, each there or not there as a whole.

    Two runs of the same experiment may share the folder: they write the same.
    """

    def __init__(self, folder: Path, scenario: Scenario, seed: int, *, traces: bool) -> None:
        """Open the folder for an experiment, or make it.

        Args:
            folder: the run folder.
            scenario: of the experiment.
            seed: of the experiment.
            traces: store the traces as well.

        Raises:
            ExperimentError: the folder has replications of another experiment.
        """
        self.traces = traces
        self._unreadable: list[str] = []
        self._of_other_formats: Counter[int] = Counter()
        self._folder = folder
        origin = Origin.of(scenario, seed)
        there = origin_of(folder)
        if there is None:
            with writing(folder):
                (folder / KEPT).mkdir(parents=True, exist_ok=True)
                _write(folder / KEPT / ORIGIN, origin)
        elif there.by_another_version:
            raise ExperimentError(begun_earlier(folder))
        elif differences := origin.differences(there):
            raise ExperimentError(
                f"{folder} keeps replications of another experiment: {', '.join(differences)}. "
                "Resume with what they were made with, or choose another folder."
            )

    @property
    def damaged(self) -> tuple[str, ...]:
        """What was there and has to be made again, in sentences."""
        others = (
            f"Made again: {count} replication{'s' if count > 1 else ''} in {self._folder} in "
            f"format {number}; this version reads format {file.FORMAT}."
            for number, count in sorted(self._of_other_formats.items())
        )
        return (*self._unreadable, *others)

    def read(self, policy: str, replication: int) -> Summary | None:
        """The summary that is stored; None when there is none, or none of the wanted traces.

        One that cannot be read is as if it were not there, and is named in ``damaged``.
        """
        place = self._place(policy, replication)
        summary = _summary_file(place)
        try:
            data = summary.read_bytes()
            if self.traces:
                if not (place / TRACES).is_dir():
                    return None
                parquet.refuse_damaged((place / TRACES).glob("*.parquet"))
            return file.unpacked(data, (policy, replication))
        except FileNotFoundError:
            if any(place.glob("*.parquet")):
                self._of_other_formats[_OF_PARQUET] += 1
        except file.OtherFormatError as error:
            self._of_other_formats[error.number] += 1
        except (OSError, file.DamagedError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            self._unreadable.append(f"Made again: {summary} cannot be read: {reason}.")
        except ExperimentError as error:
            self._unreadable.append(f"Made again: {error}")
        return None

    def holds(self, policy: str, replication: int) -> bool:
        """Whether the summary of a replication is there, whatever its state."""
        return _summary_file(self._place(policy, replication)).exists()

    def write(self, policy: str, replication: int, summary: Summary, trace: Trace | None) -> None:
        """Store a finished replication: written under another name, then renamed.

        Raises:
            ExperimentError: it cannot be written.
        """
        place = self._place(policy, replication)
        with writing(self._folder):
            try:
                _write_replication(place, (policy, replication), summary, trace)
            except FileNotFoundError:
                # Somebody deleted the folder in between: it is made anew.
                _write_replication(place, (policy, replication), summary, trace)

    def _place(self, policy: str, replication: int) -> Path:
        return self._folder / KEPT / _folder_name(policy) / str(replication)


def _write_replication(place: Path, key: Key, summary: Summary, trace: Trace | None) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    _clear(place)
    if trace is not None:
        with TemporaryDirectory(dir=place.parent, ignore_cleanup_errors=True) as new:
            whole = Path(new) / "whole"
            whole.mkdir()
            _write_trace(whole / TRACES, key, trace)
            whole.rename(place)
    target = _summary_file(place)
    if target.is_dir():
        _clear(target)
    new_file = NamedTemporaryFile(dir=place.parent, suffix=".new", delete=False)  # noqa: SIM115
    try:
        with new_file:
            new_file.write(file.packed(key, summary))
        Path(new_file.name).replace(target)
    except BaseException:
        Path(new_file.name).unlink(missing_ok=True)
        raise


def _summary_file(place: Path) -> Path:
    return place.with_name(f"{place.name}.summary")


def _folder_name(policy: str) -> str:
    """A folder for a policy: by its name where a file system takes it, and never above its place.

    A letter outside ASCII becomes up to twelve, and a file system takes 255.
    """
    name = quote(policy, safe="")
    if name.strip(".") and len(name) <= _LONGEST:
        return name
    digest = hashlib.sha256(policy.encode()).hexdigest()[:_DIGITS]
    return f"{name.strip('.')[: _LONGEST - _DIGITS - 1]}~{digest}"


def _clear(place: Path) -> None:
    """Make room, whatever is there."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def begun_earlier(folder: Path) -> str:
    """What is said of an unfinished run that this version cannot resume."""
    return (
        f"{folder} was {START_AGAIN}, without --resume. What is in it stays as it is; "
        "another version measures and simulates otherwise, and the two would be mixed."
    )


def origin_of(folder: Path) -> Origin | None:
    """What the replications kept in a folder were made from; None when it keeps none.

    Raises:
        ExperimentError: the file that says so cannot be read.
    """
    path = folder / KEPT / ORIGIN
    if not path.exists():
        return None
    try:
        return Origin.read(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError) as error:
        with suppress(ExperimentError):
            # The manifest says the same.
            return read_manifest(folder).origin
        raise ExperimentError(
            f"{path} does not say what was kept there: {error}. Delete {folder} and run again."
        ) from error


def holds_anything(folder: Path) -> bool:
    """Whether a replication was finished in a run folder."""
    return any((folder / KEPT).glob("*/*.summary"))


def numbers_in(folder: Path, policy: str) -> tuple[int, ...]:
    """The replications of a policy whose summaries a run folder keeps, ascending."""
    found = (folder / KEPT / _folder_name(policy)).glob("*.summary")
    return tuple(sorted(int(one.stem) for one in found if one.stem.isdecimal()))


def count_in(folder: Path, policies: Iterable[str]) -> int:
    """How many replications a run folder keeps of every one of these policies."""
    each = [set(numbers_in(folder, policy)) for policy in policies]
    return len(set.intersection(*each)) if each else 0


def drop(folder: Path) -> None:
    """Leave the traces where a reader looks for them, and nothing else of what was kept."""
    kept = folder / KEPT
    for path in sorted(kept.glob(f"*/*/{TRACES}/*.parquet")):
        policy, replication = path.parts[-4:-2]
        place = folder / TRACES / path.stem / f"{policy}-{replication}.parquet"
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)
    shutil.rmtree(kept, ignore_errors=True)


def _write_trace(folder: Path, key: Key, trace: Trace) -> None:
    folder.mkdir()
    tables = trace_tables(trace)
    parquet.write(folder, {name: named(key, columns) for name, columns in tables.items()})


def _write(path: Path, origin: Origin) -> None:
    new = path.with_suffix(".new")
    new.write_text(json.dumps(asdict(origin), indent=2), encoding="utf-8")
    new.replace(path)
