"""The check for circles of imports in ``make lint`` sees every kind of import."""

import subprocess
import sys
from pathlib import Path

import pytest

CHECK = Path(__file__).parents[1] / ".ci" / "circles.py"


def checked(folder: Path, **modules: str) -> tuple[int, str]:
    """The exit code and the last line of the check for a package ``shop`` of some modules."""
    package = folder / "shop"
    package.mkdir()
    for name, text in {"__init__": "", **modules}.items():
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", CHECK, "shop"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


def test_modules_that_import_one_another_in_order_are_no_circle(tmp_path: Path) -> None:
    code, said = checked(
        tmp_path, a="import shop.b\nfrom shop import c", b="from shop.c import x", c="import os"
    )
    assert (code, said) == (0, "0 circles of imports among 4 modules\n")


@pytest.mark.parametrize(
    "back",
    [
        "import shop.a",
        "from shop import a",
        "from shop.a import thing",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop.a import Thing",
        "def later():\n    from shop.a import thing",
    ],
)
def test_a_circle_is_seen_however_it_is_imported(tmp_path: Path, back: str) -> None:
    code, said = checked(tmp_path, a="from shop.b import other", b="import shop.c", c=back)
    assert code == 1
    assert sorted(set(said.splitlines()[0].removeprefix("Circle of imports: ").split(" → "))) == [
        "shop.a",
        "shop.b",
        "shop.c",
    ]


def test_every_circle_is_named(tmp_path: Path) -> None:
    code, said = checked(
        tmp_path, a="import shop.b", b="import shop.a", c="import shop.d", d="import shop.c"
    )
    assert code == 1
    assert said.endswith("2 circles of imports among 5 modules\n")
