"""Make the pictures of docs/gallery.md: `python docs/gallery_pictures.py [SCRIPT …]`.

All of them take about a quarter of an hour on two cores; what changed is written into the page.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "gallery.md"
PICTURES = ROOT / "docs" / "pictures"
SCRIPTS = (
    "heads_for_a_target",
    "agents_instead_of_authority",
    "what_an_approval_is_worth",
    "how_far_the_limit_should_go",
    "what_a_customer_must_be_worth",
    "when_training_pays",
)
"""In the order of the gallery."""
_COLOURS = 64


def make(script: str) -> Path:
    """Run a script of the gallery and keep its picture, small in size."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, ROOT / "examples" / f"{script}.py"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=True,
        )
        (drawn,) = Path(folder).glob("*.png")
        return shrunk(drawn, PICTURES / drawn.name)


def shrunk(drawn: Path, place: Path) -> Path:
    """Write a picture with few colours; what it says of itself stays."""
    with Image.open(drawn) as picture:
        said = PngInfo()
        for name in ("Title", "Description"):
            said.add_itxt(name, picture.info[name])
        few = picture.convert("RGB").quantize(_COLOURS)
        few.save(place, optimize=True, pnginfo=said)
    _say(place, picture.info["Title"])
    return place


def _say(place: Path, headline: str) -> None:
    """Write the headline of a picture under it in the page."""
    below = re.compile(rf"(\(pictures/{re.escape(place.name)}\)\n\n)\*\*.*?\.\*\*", re.DOTALL)
    text = below.sub(lambda found: f"{found[1]}**{headline}.**", PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:] or SCRIPTS:
        print(make(name))
