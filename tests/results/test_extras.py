"""What an extra needs can be installed where this firstline runs."""

import sys
from pathlib import Path

import pytest

from results.errors import ExperimentError
from results.experiments.cluster import connected
from results.extras import how_to_install, packages_of


def test_the_extra_of_the_browser_names_its_packages_and_no_others() -> None:
    names = {package.partition("<")[0].partition(">")[0] for package in packages_of("browser")}
    assert names == {"textual-serve", "aiohttp"}


def test_what_pipx_installed_is_completed_by_pipx(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", str(Path("/home/ada/.local/pipx/venvs/firstline")))
    assert "pipx inject firstline" in how_to_install("browser")


def test_anything_else_is_completed_by_its_own_python() -> None:
    assert f"{sys.executable} -m pip install" in how_to_install("browser")


def test_a_cluster_without_its_extra_is_said_with_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ExperimentError, match=r"pip install.*distributed"), connected("tcp://no:1"):
        pass
