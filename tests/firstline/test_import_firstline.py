"""``import firstline`` works wherever a script lies, whatever lies next to it."""

from __future__ import annotations

import doctest
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import firstline
from firstline import api
from firstline.own_packages import NAMES

ROOT = Path(__file__).parents[2]

MONDAY = """\
import firstline

centre = firstline.load("retail-complaints")
monday = firstline.with_changes(centre, {"horizon.days": 1, "horizon.part_of_days": 7})
"""
RUN = (
    MONDAY + "found = firstline.run(monday, policies=['guided'], replications=2, workers=WORKERS)\n"
)
TELL = "print(firstline.compare(found, ['asa']).findings['guided', 'asa'].mean.n)\n"

OWN_FILE = "raise SystemExit('this is not the package')\n"
"""A file of the user's, which reports when it is loaded."""


def put(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.py").write_text(textwrap.dedent(text), encoding="utf-8")


def run_in(folder: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder as a user does whose firstline is installed."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )


def put_own_files(folder: Path) -> None:
    put(folder, **dict.fromkeys(NAMES, OWN_FILE))


def test_a_script_next_to_files_of_our_names_meets_our_packages(tmp_path: Path) -> None:
    put_own_files(tmp_path)
    put(tmp_path, script=RUN.replace("WORKERS", "2") + TELL)
    done = run_in(tmp_path, "script.py")
    assert (done.stdout, done.returncode) == ("2\n", 0), done.stderr


def test_a_script_may_itself_be_called_results(tmp_path: Path) -> None:
    put(tmp_path, results=RUN.replace("WORKERS", "2") + TELL)
    done = run_in(tmp_path, "results.py")
    assert (done.stdout, done.returncode) == ("2\n", 0), done.stderr


def test_folders_of_our_names_with_a_users_data_are_no_packages(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / name).mkdir()
    put(
        tmp_path, script="import results\nimport firstline\nprint(firstline.load('textbook').title)"
    )
    done = run_in(tmp_path, "script.py")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_a_users_own_processes_meet_our_packages_too(tmp_path: Path, method: str) -> None:
    put_own_files(tmp_path)
    own_pool = f"""
if __name__ == "__main__":
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(2, multiprocessing.get_context("{method}")) as WORKERS:
        found = firstline.run(monday, policies=["guided"], replications=2, workers=WORKERS)
    {TELL}"""
    put(tmp_path, script=MONDAY + own_pool)
    done = run_in(tmp_path, "script.py")
    assert (done.stdout, done.returncode) == ("2\n", 0), done.stderr


def test_the_apps_warm_workers_meet_our_packages_in_a_folder_with_files_of_our_names(
    tmp_path: Path,
) -> None:
    put_own_files(tmp_path)
    warm = """
from results.experiments.starting import get_ready
from results.experiments.workers import warm_pool

get_ready()
pool = warm_pool(2)
found = firstline.run(monday, policies=["guided"], replications=2, workers=pool)
pool.end()
"""
    put(tmp_path, script=MONDAY + warm + TELL)
    done = run_in(tmp_path, "script.py")
    assert (done.stdout, done.returncode) == ("2\n", 0), done.stderr


def test_the_command_answers_in_a_folder_with_files_of_our_names(tmp_path: Path) -> None:
    put_own_files(tmp_path)
    asked = ("run", "textbook", "--measures", "asa", "-n", "1", "--no-save", "--set")
    hundredth = "reasons.enquiry.volume.per_day=700"
    paths = os.pathsep.join([".", str(ROOT)])
    done = run_in(tmp_path, "-m", "firstline", *asked, hundredth, PYTHONPATH=paths)
    assert done.returncode == 0, done.stderr
    assert "speed of answer" in done.stdout


def test_a_file_that_was_imported_under_our_name_before_is_named(tmp_path: Path) -> None:
    put(tmp_path, results="WAITS = [1, 2]\n", script="import results\nimport firstline\n")
    done = run_in(tmp_path, "script.py")
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last == (
        f"ImportError: firstline needs its own package 'results', but {tmp_path / 'results.py'} "
        "was imported under that name before. Rename that file, for example to my_results.py. "
        "The names that firstline needs are scenarios, sim, results, tui."
    )


@pytest.mark.parametrize(
    "line",
    [
        "from results import WAITS",
        "import results; results.WAITS",
        "from results import charts, WAITS",
    ],
)
def test_a_file_that_our_package_hides_is_named_where_it_is_expected(
    tmp_path: Path, line: str
) -> None:
    put(tmp_path, results="WAITS = [1, 2]\n", script=f"import firstline\n{line}\n")
    done = run_in(tmp_path, "script.py")
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last == (
        "ImportError: 'results' is a package of firstline here and has no 'WAITS'; it hides "
        f"{tmp_path / 'results.py'}. Rename that file, for example to my_results.py."
    )


def test_a_package_that_hides_a_file_works_as_before(tmp_path: Path) -> None:
    put(tmp_path, results="WAITS = [1, 2]\n")
    put(
        tmp_path,
        script="""\
        import firstline, results
        from results.charts import titles
        print(hasattr(results, "__wrapped__"), titles.COST, firstline.load("textbook").title)
        """,
    )
    done = run_in(tmp_path, "script.py")
    assert (done.stdout, done.returncode) == ("False cost Textbook queue (Erlang A)\n", 0), (
        done.stderr
    )


def test_importing_firstline_simulates_and_loads_nothing_yet(tmp_path: Path) -> None:
    script = "import sys, firstline; print({'numpy', 'results', 'simpy'} & set(sys.modules))"
    assert run_in(tmp_path, "-c", script).stdout == "set()\n"


def test_firstline_gives_every_name_that_it_promises() -> None:
    assert firstline.__all__ == api.__all__ == sorted(api.__all__)
    assert set(firstline.__all__) <= set(dir(firstline))
    for name in firstline.__all__:
        assert getattr(firstline, name) is getattr(api, name)


def test_a_name_that_firstline_does_not_have_is_refused() -> None:
    with pytest.raises(AttributeError, match="module 'firstline' has no attribute 'erlang'"):
        firstline.erlang  # noqa: B018


@pytest.mark.parametrize("module", [firstline, api], ids=lambda module: module.__name__)
def test_the_examples_in_the_documentation_of_firstline_are_right(
    module: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = doctest.testmod(module, raise_on_error=False)
    assert found.attempted > 1
    assert found.failed == 0


def test_a_report_never_writes_over_a_folder_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    centre = firstline.with_changes(
        firstline.load("textbook"), {"reasons.enquiry.volume.per_day": 700}
    )
    experiment = firstline.run(centre, policies=["baseline"], replications=1, workers=1)
    with pytest.raises(firstline.ExperimentError, match="is there already"):
        firstline.report(experiment, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
