"""The compiled core: the same bits, and never the bits of other sources."""

import json
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim import CORE, compiled, simulate
from tests.test_properties import _digest, everything_at_once
from tui.cli import app

ROOT = Path(__file__).parents[2]

_COMPILED = """
from tests.sim.test_compiled_core import what_a_worker_runs
if __name__ == "__main__":
    print(*what_a_worker_runs())
"""


def floor_and_digest() -> tuple[str, str]:
    """What runs the floor in this process, and the bits of a centre with most sections."""
    import sim.floor.floor

    return type(sim.floor.floor.__loader__).__name__, _digest(simulate(everything_at_once(), 7, 2))


def what_a_worker_runs() -> tuple[str, str]:
    """The same of a worker process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as workers:
        return workers.submit(floor_and_digest).result()


@pytest.mark.skipif(not compiled.MANIFEST.is_file(), reason="built by `make compiled`, as CI does")
@pytest.mark.skipif(CORE == "compiled", reason="the sources are not run here")
def test_workers_run_the_compiled_core_and_give_the_bits_of_the_sources() -> None:
    told = json.loads(compiled.MANIFEST.read_text(encoding="utf-8"))
    if compiled.fingerprint(told["sources"]) != told["fingerprint"]:
        pytest.skip("built from other sources than these: make compiled")
    done = subprocess.run(
        [sys.executable, "-c", _COMPILED],
        env={**os.environ, compiled.SWITCH: "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    here = floor_and_digest()
    assert here[0] == "SourceFileLoader"
    assert done.stdout.split() == ["ExtensionFileLoader", here[1]]


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A core that was built from one source."""
    monkeypatch.setattr(compiled, "SIM", tmp_path)
    monkeypatch.setattr(compiled, "FOLDER", tmp_path)
    monkeypatch.setattr(compiled, "MANIFEST", tmp_path / "manifest.json")
    monkeypatch.setattr(sys, "meta_path", sys.meta_path.copy())
    monkeypatch.delenv(compiled.SWITCH, raising=False)
    (tmp_path / "floor.py").write_text("AGENTS = 1\n", encoding="utf-8")
    (tmp_path / "floor.so").touch()
    told = {
        "fingerprint": compiled.fingerprint(["floor.py"]),
        "modules": {"floor_of_a_test": "floor.so"},
        "sources": ["floor.py"],
    }
    compiled.MANIFEST.write_text(json.dumps(told), encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("built")
def test_a_core_of_these_very_sources_is_used() -> None:
    assert compiled.use() == "compiled"
    finder = sys.meta_path[0]
    assert finder.find_spec("floor_of_a_test", None).origin == str(compiled.FOLDER / "floor.so")
    assert finder.find_spec("sim.floor.clock", None) is None


def test_after_a_source_was_edited_or_deleted_the_sources_are_run(built: Path) -> None:
    finders = sys.meta_path.copy()
    (built / "floor.py").write_text("AGENTS = 2\n", encoding="utf-8")
    assert compiled.use().startswith("plain Python; the compiled core is of other sources")
    (built / "floor.py").unlink()
    assert compiled.use().startswith("plain Python; the compiled core is of other sources")
    assert sys.meta_path == finders


def test_a_build_that_is_not_whole_leaves_the_sources(built: Path) -> None:
    finders, whole = sys.meta_path.copy(), compiled.MANIFEST.read_text(encoding="utf-8")
    for broken in ("", whole[:20], "{}", "[]"):
        compiled.MANIFEST.write_text(broken, encoding="utf-8")
        assert compiled.use().startswith("plain Python; the compiled core is of other sources")
    compiled.MANIFEST.write_text(whole, encoding="utf-8")
    (built / "floor.so").unlink()
    assert compiled.use().startswith("plain Python; the compiled core is of other sources")
    assert sys.meta_path == finders


def test_the_switch_and_a_missing_core_leave_the_sources(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finders = sys.meta_path.copy()
    monkeypatch.setenv(compiled.SWITCH, "0")
    assert compiled.use() == "plain Python, as FIRSTLINE_COMPILED=0 asks for"
    monkeypatch.delenv(compiled.SWITCH)
    (built / "manifest.json").unlink()
    assert compiled.use() == "plain Python"
    assert sys.meta_path == finders


def test_the_version_says_in_what_form_the_floor_is_run() -> None:
    said = CliRunner().invoke(app, ["--version"]).output
    assert said.endswith(f"(simulation: {CORE})\n")
    assert CORE.startswith(("plain Python", "compiled"))
