"""Kept replications: what is finished is on disk as it comes, so that a killed run resumes."""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from results.errors import ExperimentError, writing
from results.facts.traces import trace_tables
from results.measures.summary import Summary
from results.runs import parquet
from results.runs.manifest import START_AGAIN, read_manifest
from results.runs.origin import Origin
from results.runs.tables import TABLES, TYPES, Key, named, summaries_of, tables_of
from scenarios import Scenario
from sim import Trace

KEPT = "kept"
TRACES = "traces"
ORIGIN = "origin.json"
_LONGEST, _DIGITS = 200, 16


class Kept:
    """The finished replications in a folder, a folder for each, there or not there as a whole.

    Two runs of the same experiment may share the folder: they write the same.
    """

    def __init__(self, folder: Path, scenario: Scenario, seed: int, *, traces: bool) -> None:
        """Open the folder for an experiment, or make it.

        Args:
            folder: the run folder.
            scenario: of the experiment.
            seed: of the experiment.
            traces: keep the traces as well.

        Raises:
            ExperimentError: the folder keeps replications of another experiment.
        """
        self.traces = traces
        self.damaged: list[str] = []
        """What could not be read, a sentence for each replication."""
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

    def read(self, policy: str, replication: int) -> Summary | None:
        """The summary that is kept; None when there is none, or none of the wanted traces.

        One that cannot be read is as if it were not there, and is named in ``damaged``.
        """
        place = self._place(policy, replication)
        if not place.is_dir() or (self.traces and not (place / TRACES).is_dir()):
            return None
        try:
            tables = {
                name: parquet.read_as(place / f"{name}.parquet", TYPES[name]) for name in TABLES
            }
            if self.traces:
                parquet.refuse_damaged((place / TRACES).glob("*.parquet"))
            return summaries_of(tables)[policy, replication]
        except (ExperimentError, KeyError, ValueError, TypeError) as error:
            reason = f"{error}" if isinstance(error, ExperimentError) else f"{place} is damaged."
            self.damaged.append(f"Made again: {reason}")
            return None

    def write(self, policy: str, replication: int, summary: Summary, trace: Trace | None) -> None:
        """Keep a finished replication: written under another name, then renamed.

        Raises:
            ExperimentError: it cannot be written.
        """
        place = self._place(policy, replication)
        with writing(self._folder):
            try:
                self._write(place, (policy, replication), summary, trace)
            except FileNotFoundError:
                # Somebody deleted the folder in between: it is made anew.
                self._write(place, (policy, replication), summary, trace)

    def _write(self, place: Path, key: Key, summary: Summary, trace: Trace | None) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=place.parent, ignore_cleanup_errors=True) as new:
            whole = Path(new) / "whole"
            whole.mkdir()
            parquet.write(whole, tables_of({key: summary}))
            if trace is not None:
                _write_trace(whole / TRACES, key, trace)
            _clear(place)
            whole.rename(place)

    def _place(self, policy: str, replication: int) -> Path:
        return self._folder / KEPT / _folder_name(policy) / str(replication)


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
    """What is said of an unfinished run that this version cannot go on with."""
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
    return any((folder / KEPT).glob("*/*/*.parquet"))


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
