"""The report of a stored run: of a comparison or of a study, from nothing but its folder."""

from __future__ import annotations

import csv
import shlex
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from results.charts.drawing import draw_all
from results.charts.study import draw_study
from results.charts.titles import TITLES
from results.comparison.compare import against, compare
from results.errors import ExperimentError
from results.experiments.experiment import Experiment
from results.measures.registry import MEASURES
from results.reading import format as words
from results.report.comparison import compared
from results.report.document import Document, write_html, write_markdown
from results.report.elements import Content, element, table
from results.report.provenance import Provenance
from results.report.study import studied
from results.runs import parquet, running
from results.runs.manifest import UNFINISHED, read_manifest
from results.runs.names import CHARTS, COUNTERFACTUAL_FILE, SCENARIO, STUDY_FILE, WHY_FILE
from results.runs.past import MEASURED, Run, open_run
from results.sensitivity.swings import Sensitivity
from results.sensitivity.table import SENSITIVITY, sensitivity_of
from results.sensitivity.table import TYPES as SENSITIVITY_TYPES
from results.studies.choice import PICTURES
from results.studies.columns import STUDY
from results.studies.kept import PastStudy, study_in
from results.uncertain.past import centres_in
from results.why.account import Accounting
from results.why.accounting import accounting
from results.why.counterfactual_words import LEGENDS
from results.why.counterfactual_words import TITLES as GAMES


class Reports(NamedTuple):
    """The files of a report, and what a reader must know of the run."""

    html: Path
    markdown: Path
    notes: tuple[str, ...]


def report_on(folder: Path, place: Path | None = None) -> Reports:
    """Write the report of a run folder, as one page of HTML and as Markdown.

    Pictures that the run has are taken as they are; where it has none they are drawn. Nothing is
    simulated, and nothing else in the run folder is changed.

    Args:
        folder: of the run.
        place: where the report is written; made when it is not there. The run folder when None.

    Raises:
        ExperimentError: it is no run, not finished, of a kind or version of which there is no
            report, or something cannot be read or written.
        ScenarioError: its scenario cannot be read.
    """
    _refuse_unfinished(folder)
    run = open_run(folder)
    if not run.experiment.replications:
        raise ExperimentError(
            f"{folder} has no replication that is finished under every policy. {_next_step(folder)}"
        )
    target = folder if place is None else place
    _made(target)
    past = _study_of(run)
    if past is not None:
        pictures = _pictures(run, target, past)
        made = Provenance.of(run.experiment, folder, tuple(run.notes))
        document = studied(past, made, pictures)
    else:
        made, document, pictures = _of_comparison(run, target)
    html, markdown = write_html(document, target), write_markdown(document, target, pictures)
    state = () if run.experiment.complete else (run.experiment.state,)
    return Reports(html, markdown, (*state, *made.notes))


def write_study_report(past: PastStudy, folder: Path) -> Path:
    """Write the page of a study into its run folder, with the pictures that are there.

    Raises:
        ExperimentError: a picture cannot be read, or the page not written.
    """
    made = Provenance.of(past.study.experiment, folder)
    return write_html(studied(past, made, _there(folder / CHARTS, past)), folder)


def _refuse_unfinished(folder: Path) -> None:
    manifest = read_manifest(folder)
    if running.by_another(folder):
        raise ExperimentError(
            f"{folder} is running right now: its report can be made when it is finished."
        )
    if manifest.complete or (folder / f"{MEASURED}.parquet").exists() or manifest.cannot_go_on:
        return
    raise ExperimentError(
        f"{folder} is not finished, so there is nothing to report yet. {_next_step(folder)}"
    )


def _next_step(folder: Path) -> str:
    command = read_manifest(folder).command
    if folder.suffix != UNFINISHED:
        return "Run it again."
    if not command.startswith("firstline ") or "(app)" in command:
        # Kept by the app or by a script: the command line continues what they began.
        command = shlex.join(["firstline", "compare", str(folder / SCENARIO)])
    resumed = command if "--resume" in command else f"{command} --resume {shlex.quote(str(folder))}"
    return f"To continue it: {resumed}"


def _study_of(run: Run) -> PastStudy | None:
    """The study of a run folder; None where policies were compared.

    Raises:
        ExperimentError: it is a study or a stress test that keeps too little for a report.
    """
    folder = run.folder
    if (folder / STUDY_FILE).exists():
        return study_in(run)
    if (folder / f"{STUDY}.parquet").exists():
        raise ExperimentError(
            f"{folder} is a study of an earlier version, which did not keep what was asked: there "
            f"is no {STUDY_FILE} in it. Its figures are in {STUDY}.csv, its pictures in {CHARTS}; "
            "run the study again to have a report."
        )
    if run.manifest.command.startswith("firstline stress "):
        raise ExperimentError(
            f"{folder} is a stress test, which has no report. Its answer: firstline stress, with "
            f"its picture in {folder / CHARTS}."
        )
    return None


def _of_comparison(run: Run, target: Path) -> tuple[Provenance, Document, list[Path]]:
    experiment, notes = run.experiment, list(run.notes)
    sensitivity = _sensitivity(run, notes)
    why = _why(run, notes)
    centres = centres_in(run, notes)
    pictures = _pictures(run, target, None, sensitivity, why, notes)
    parts = _counterfactual(run, notes)
    made = Provenance.of(experiment, run.folder, tuple(notes))
    document = compared(
        experiment, compare(experiment), made, pictures, sensitivity, why, parts, centres
    )
    return made, document, pictures


def _pictures(
    run: Run,
    target: Path,
    past: PastStudy | None,
    sensitivity: Sensitivity | None = None,
    why: Accounting | None = None,
    notes: list[str] | None = None,
) -> list[Path]:
    """The pictures of a run where its report is: those that it has, or drawn now."""
    there = _there(run.folder / CHARTS, past)
    folder = target / CHARTS
    if there and target.resolve() == run.folder.resolve():
        return there
    if there:
        return _copied(there, folder)
    if past is not None:
        asked, study = past.asked, past.study
        names = asked.pictures
        return draw_study(study, asked.shown(study), folder, goal=asked.goal, names=names)

    def failed(name: str, error: Exception) -> None:
        if notes is not None:
            notes.append(f"The picture {name} could not be drawn: {error}.")

    return draw_all(run.experiment, folder, sensitivity=sensitivity, why=why, failed=failed)


def _copied(pictures: Sequence[Path], folder: Path) -> list[Path]:
    _made(folder)
    try:
        return [Path(shutil.copyfile(path, folder / path.name)) for path in pictures]
    except OSError as error:
        raise ExperimentError(
            f"The pictures of the report cannot be written to {folder}: {error.strerror}. "
            "Choose another folder with --to, or make room."
        ) from error


def _made(folder: Path) -> None:
    """Make the folder of a report where it is not there.

    Raises:
        ExperimentError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExperimentError(
            f"{folder} cannot be made for the report: {error.strerror}. Choose another folder "
            "with --to."
        ) from error


def _there(folder: Path, past: PastStudy | None) -> list[Path]:
    """The pictures that are in a folder, the most telling first."""
    files = sorted(folder.glob("*.svg")) + sorted(folder.glob("*.png"))
    order = list(TITLES) if past is None else [*(past.asked.pictures or PICTURES)]

    def place(path: Path) -> int:
        found = (at for at, name in enumerate(order) if path.stem == name)
        kind = (at for at, name in enumerate(order) if path.stem.startswith(f"{name}-"))
        return next(found, next(kind, len(order)))

    return sorted(files, key=place)


def _sensitivity(run: Run, notes: list[str]) -> Sensitivity | None:
    path = run.folder / f"{SENSITIVITY}.parquet"
    if not path.exists():
        return None
    try:
        return sensitivity_of(parquet.read_as(path, SENSITIVITY_TYPES), run.experiment)
    except ExperimentError as error:
        notes.append(f"Left out, what the answer depends on: {error}")
        return None


def _why(run: Run, notes: list[str]) -> Accounting | None:
    """What the difference of the policy is made of that somebody asked for."""
    rows = _rows(run.folder / WHY_FILE)
    if not rows:
        return None
    try:
        policy, base = rows[0]["policy"], rows[0]["against"]
        return accounting(against(run.experiment, base), policy)
    except (ExperimentError, KeyError) as error:
        notes.append(f"Left out, {WHY_FILE}: {error}")
        return None


def _rows(path: Path) -> list[dict[str, str]]:
    with (
        suppress(OSError, UnicodeDecodeError, csv.Error),
        path.open(encoding="utf-8", newline="") as file,
    ):
        return list(csv.DictReader(file))
    return []


def _counterfactual(run: Run, notes: list[str]) -> list[Element]:
    """The parts by change and by mechanism, as they were stored."""
    rows = _rows(run.folder / COUNTERFACTUAL_FILE)
    found: list[Element] = []
    try:
        for game in dict.fromkeys(row["game"] for row in rows):
            of_game = [row for row in rows if row["game"] == game]
            found += _game(of_game, game, run.experiment)
    except (KeyError, ValueError) as error:
        notes.append(f"Left out, {COUNTERFACTUAL_FILE}: {error}")
        return []
    return found


def _game(rows: Sequence[dict[str, str]], game: str, experiment: Experiment) -> list[Element]:
    titles = {str(name): said for name, said in GAMES.items()}
    legends = {str(name): said for name, said in LEGENDS.items()}
    currency = experiment.scenario.costs.currency
    body: list[list[Content]] = []
    for row in rows:
        measure = MEASURES[row["measure"]]
        mean, high = float(row["difference"]), float(row["high"] or "nan")
        whole = row["part"] == "total"
        said = "in all" if whole else row["part"]
        body.append(
            [
                measure.title,
                element("strong", said) if whole else said,
                words.change(mean, measure.unit, currency),
                words.margin(high - mean, measure.unit, mean) if high == high else "",
            ]
        )
    policy, base = rows[0]["policy"], rows[0]["against"]
    return [
        element("h3", f"{titles[game]}: {policy} against {base}"),
        table(["Measure", "Part", "Difference", "±"], body, class_="figures"),
        element("p", legends[game], class_="note"),
    ]
