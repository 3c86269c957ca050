"""Examples: each runs as it is, and its picture in the gallery says what it found."""

import os
import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
GALLERY = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
SCRIPTS = re.findall(r"\(\.\./examples/(\w+\.py)\)", GALLERY)
FEW = {"when_training_pays.py": ("2", "3")}
"""Two replications of so many weeks; of the others, of a day."""
QUICK = "what_an_approval_is_worth.py"


def output_of(script: str, folder: Path, *given: str) -> list[str]:
    """The lines that an example prints when it is started in a folder."""
    done = subprocess.run(
        [sys.executable, EXAMPLES / script, *given],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def title_of(picture: Path) -> str:
    """The headline of a PNG, as it is written into it for those who cannot see it."""
    data, at = picture.read_bytes(), 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if kind == b"iTXt" and body.startswith(b"Title\0"):
            packed, _, _, text = body[6], *body[8:].split(b"\0", 2)
            return (zlib.decompress(text) if packed else text).decode()
        if kind == b"tEXt" and body.startswith(b"Title\0"):
            return body[6:].decode("latin-1")
        at += 12 + length
    raise AssertionError(f"{picture} has no title")


@pytest.mark.long
def test_two_policies_are_compared_in_six_lines(tmp_path: Path) -> None:
    verdict, unseen, *charts = output_of("compare_two_policies.py", tmp_path)
    assert verdict.startswith("Let agents settle up to €150: ")
    assert "complaints resolved at first contact rise from" in verdict
    assert "in all" not in verdict, "a Monday that cases outlast says nothing of lost customers"
    assert "still open tonight" in unseen
    assert charts
    assert all((tmp_path / chart).is_file() for chart in charts)


@pytest.mark.parametrize(
    "script",
    [one if one == QUICK else pytest.param(one, marks=pytest.mark.long) for one in SCRIPTS],
)
def test_a_script_of_the_gallery_draws_a_picture_whose_headline_is_its_answer(
    script: str, tmp_path: Path
) -> None:
    (headline,) = output_of(script, tmp_path, *FEW.get(script, ("2", "1")))
    assert re.search(r"\d", headline), "an answer has a number"
    assert re.search(r"±|\(.* (to|or more)\b|not reached", headline), "and its uncertainty"
    (drawn,) = tmp_path.iterdir()
    assert drawn.name == script.replace("_", "-").replace(".py", ".png")
    assert title_of(drawn) == headline


def test_the_gallery_says_under_each_picture_what_its_headline_says() -> None:
    parts = GALLERY.split("\n## ")[1:]
    assert len(parts) == len(SCRIPTS) == 6
    for part, script in zip(parts, SCRIPTS, strict=True):
        question, picture, finding, *_ = part.split("\n\n")
        name = script.replace("_", "-").replace(".py", ".png")
        assert picture == f"![{question}](pictures/{name})"
        place = ROOT / "docs" / "pictures" / name
        assert finding.startswith(f"**{title_of(place)}.** ")
        assert place.stat().st_size < 40_000, "small in size"


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_of_the_gallery_is_short_and_begins_with_its_question(script: str) -> None:
    lines = (EXAMPLES / script).read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 40
    assert lines[0].endswith("?")


@pytest.mark.parametrize("script", sorted(path.name for path in EXAMPLES.glob("*.py")))
def test_an_example_says_at_its_top_what_it_shows(script: str) -> None:
    first = (EXAMPLES / script).read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith('"""')
    assert len(first) > 30
