"""The report as people meet it: in a browser at three widths, and printed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from results import run
from results.charts.drawing import draw_all
from results.comparison.compare import compare
from results.report.comparison import write_report
from scenarios import load

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
WIDE = "<script>document.title = 'page ' + document.documentElement.scrollWidth</script></body>"
POLICIES = 5

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not BROWSER, reason="needs chromium"),
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a shipped scenario of five policies, with its pictures."""
    folder = tmp_path_factory.mktemp("report")
    found = run(load("retail-complaints"), replications=5, seed=1)
    assert len(found.policies) == POLICIES
    charts = draw_all(found, folder / "charts", ("svg",))
    return write_report(found, compare(found), folder, charts)


def browsed(*options: str) -> str:
    command = (BROWSER, "--headless", "--no-sandbox", "--disable-gpu", *options)
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def test_five_policies_take_at_most_eight_printed_pages(report: Path, tmp_path: Path) -> None:
    printed = tmp_path / "report.pdf"
    browsed("--no-pdf-header-footer", f"--print-to-pdf={printed}", report.as_uri())
    pages = re.findall(rb"/Type\s*/Page\b", printed.read_bytes())
    assert 1 <= len(pages) <= 8


@pytest.mark.parametrize("width", [500, 900, 1500])
def test_the_page_is_no_wider_than_the_window(report: Path, tmp_path: Path, width: int) -> None:
    # A window of chromium is at least 500 points wide; a frame may be narrower.
    page = tmp_path / "page.html"
    page.write_text(report.read_text(encoding="utf-8").replace("</body>", WIDE), encoding="utf-8")
    seen = browsed(f"--window-size={width},900", "--dump-dom", page.as_uri())
    (found,) = re.findall(r"<title>page (\d+)</title>", seen)
    assert int(found) <= width


def test_the_page_is_no_wider_than_a_telephone(report: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(report.read_text(encoding="utf-8"), encoding="utf-8")
    frame = tmp_path / "frame.html"
    frame.write_text(
        "<body><iframe src='page.html' style='width:390px;height:800px;border:0'></iframe>"
        "<script>onload = () => { document.title = 'page ' + "
        "document.querySelector('iframe').contentDocument.documentElement.scrollWidth }</script>",
        encoding="utf-8",
    )
    seen = browsed("--allow-file-access-from-files", "--dump-dom", frame.as_uri())
    (found,) = re.findall(r"<title>page (\d+)</title>", seen)
    assert int(found) <= 390
