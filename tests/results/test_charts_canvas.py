"""Texts set once for all pictures lie where matplotlib lays them, and a PNG says what it shows."""

from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from numpy.typing import NDArray
from PIL import Image

from results.charts import lettering
from results.charts.canvas import Canvas, png
from results.charts.lettering import as_written
from results.charts.sheets import save
from results.report.pictures import pictures

TITLE = "Ferien: Wartezeit fällt um 30 % – für 退休 und €150"


def ink(canvas: type[FigureCanvasAgg], *texts: tuple[float, float, str], **looks: Any) -> Any:
    """How dark each pixel is, shape (rows, columns), from 0 to 1."""
    figure = lettering.figure(figsize=(3.0, 3.0), dpi=150)
    with as_written():
        for x, y, text in texts:
            figure.text(x, y, text, **looks)
    canvas(figure)
    figure.canvas.draw()
    pixels: NDArray[np.uint8] = np.asarray(figure.canvas.buffer_rgba())[..., 0]
    return 1.0 - pixels / 255.0


def box(dark: Any) -> Any:
    """Ends of what is inked: rows from and to, columns from and to."""
    rows, columns = (np.flatnonzero((dark > 0.3).any(axis=axis)) for axis in (1, 0))
    return np.array([rows[0], rows[-1], columns[0], columns[-1]])


@pytest.mark.parametrize("rotation", [0, 90])
@pytest.mark.parametrize("looks", [{"size": 10}, {"size": 15, "weight": "bold", "ha": "center"}])
@pytest.mark.parametrize("text", ["Wait, typed: 15 s", "77", "two\nlines, jg", "退 and ⦵"])
def test_a_text_lies_within_a_pixel_of_where_it_is_set_letter_by_letter(
    text: str, looks: dict[str, Any], rotation: int
) -> None:
    here = ink(Canvas, (0.4, 0.4, text), rotation=rotation, **looks)
    there = ink(FigureCanvasAgg, (0.4, 0.4, text), rotation=rotation, **looks)
    assert np.abs(box(here) - box(there)).max() <= 1
    assert here.sum() == pytest.approx(there.sum(), rel=0.02)


def test_numbers_beside_each_other_stand_on_the_same_line() -> None:
    feet = [box(ink(Canvas, (0.3, 0.407, text), size=9))[1] for text in ("77", "14", "41", "1")]
    assert len(set(feet)) == 1


def test_faint_ink_and_colours_are_kept() -> None:
    full = ink(Canvas, (0.3, 0.3, "Wait"), size=20)
    half = ink(Canvas, (0.3, 0.3, "Wait"), size=20, alpha=0.5)
    assert half.max() == pytest.approx(0.5 * full.max(), abs=0.01)
    assert ink(Canvas, (0.3, 0.3, "Wait"), size=20, color="#FF0000").max() == 0.0


def test_a_text_in_an_svg_stays_text_and_ends_where_it_is_to_end(tmp_path: Path) -> None:
    figure = lettering.figure(figsize=(3.0, 3.0))
    with as_written():
        figure.text(0.5, 0.5, TITLE, ha="right")
    Canvas(figure)
    (path,) = save(figure, tmp_path, "cost", ["svg"])
    (text,) = ElementTree.parse(path).iter("{http://www.w3.org/2000/svg}text")
    assert text.text == TITLE
    assert float(text.attrib["x"]) == pytest.approx(108.0)
    assert "text-anchor: end" in text.attrib["style"]


def test_a_png_holds_every_pixel_and_its_title_in_any_script(tmp_path: Path) -> None:
    pixels = np.random.default_rng(7).integers(0, 256, (40, 60, 4)).astype(np.uint8)
    written = png(pixels, 150, {"Title": TITLE, "Description": "Source: 退"})
    with Image.open(BytesIO(written)) as read:
        read.load()
        assert (np.asarray(read) == pixels[..., :3]).all()
        assert read.info["Title"] == TITLE
        assert read.info["Description"] == "Source: 退"
        assert read.info["dpi"] == pytest.approx((150, 150), rel=1e-3)
    path = tmp_path / "cost.png"
    path.write_bytes(written)
    assert pictures([path])["cost"].finding == TITLE, "the report says it in any script as well"
