import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.stored_runs import stored


def modules_loaded_by(module: str) -> set[str]:
    """Names of the top-level modules in a fresh interpreter after it has imported `module`."""
    script = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"`import {module}` failed:\n{done.stderr}"
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("module", "strangers"),
    [
        ("scenarios", {"simpy", "matplotlib", "textual", "rich", "typer", "duckdb"}),
        ("sim", {"matplotlib", "textual", "rich", "typer", "duckdb"}),
        ("results", {"matplotlib", "textual", "typer", "simpy", "numpy"}),
        ("results.experiments.experiment", {"matplotlib", "textual", "typer", "simpy", "duckdb"}),
        ("sim.trace.trace", {"simpy", "scipy"}),
        ("tui.cli", {"matplotlib", "textual"}),
        ("firstline", {"simpy", "numpy", "matplotlib", "textual", "rich", "typer", "duckdb"}),
        ("firstline.api", {"matplotlib", "textual", "typer"}),
    ],
)
def test_a_layer_loads_nothing_that_belongs_above_it(module: str, strangers: set[str]) -> None:
    loaded = modules_loaded_by(module)
    assert module.partition(".")[0] in loaded, f"{module} was not imported at all"
    assert not loaded & strangers, f"importing {module} loads {sorted(loaded & strangers)}"


@pytest.mark.parametrize("package", ["results", "sim"])
def test_a_package_hands_out_everything_that_it_names_and_nothing_else(package: str) -> None:
    face = importlib.import_module(package)
    assert all(getattr(face, name).__name__ == name for name in face.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        face.nothing  # noqa: B018 - that it cannot be had is the point


@pytest.mark.parametrize(
    "command",
    [
        "--help",
        "check textbook",
        "scenarios list",
        "measures",
        "assumptions",
        "runs list",
        "schema",
    ],
)
def test_a_command_that_simulates_nothing_does_not_load_what_simulates(
    command: str, tmp_path: Path
) -> None:
    stored(tmp_path / "runs")
    script = (
        "import sys\nfrom tui.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('LOADED', *{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *command.split()],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    said, _, loaded = done.stderr.rpartition("LOADED ")
    assert done.stdout, said
    heavy = {"simpy", "scipy", "matplotlib", "duckdb", "textual"}
    heavy |= {"numpy", "pydantic"} if command == "--help" else set()
    assert not set(loaded.split()) & heavy
