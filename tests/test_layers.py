import subprocess
import sys

import pytest


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
        ("results", {"matplotlib", "textual", "typer"}),
        ("tui.cli", {"matplotlib", "textual"}),
        ("firstline", {"simpy", "numpy", "matplotlib", "textual", "rich", "typer", "duckdb"}),
        ("firstline.api", {"matplotlib", "textual", "typer"}),
    ],
)
def test_a_layer_loads_nothing_that_belongs_above_it(module: str, strangers: set[str]) -> None:
    loaded = modules_loaded_by(module)
    assert module.partition(".")[0] in loaded, f"{module} was not imported at all"
    assert not loaded & strangers, f"importing {module} loads {sorted(loaded & strangers)}"
