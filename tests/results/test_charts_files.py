import os
import struct
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest

from results.charts.catalogue import CHARTS
from results.charts.drawing import draw_all
from results.charts.labels import Name, name_points
from results.charts.sheets import save, sheet
from results.charts.style import wrapped
from results.charts.titles import TITLES
from results.charts.view import View
from results.errors import ExperimentError
from results.experiments.experiment import Experiment
from results.experiments.workers import ProcessPool
from results.reading.by import By
from results.reading.signs import signs_in, signs_of
from scenarios.parts.report import Picture, Report
from tests.support.drawn_charts import drawn, overlaps, texts, title_of
from tests.support.made_up_results import (
    ALL,
    FREER,
    TODAY,
    crowd,
    pictured,
    sensitivity_of,
    two,
    why_of,
)
from tests.support.seen_colours import EYES, distance, luminance

SVG = "{http://www.w3.org/2000/svg}"


def run_python(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


SOME = [*ALL[:4], "occupancy", *ALL[-3:]]
"""As many as show how the work is shared out."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every chart of an experiment in every format."""
    folder = tmp_path_factory.mktemp("run") / "charts"
    asked = {"sensitivity": sensitivity_of(two()), "why": why_of(two()), "by": By.GROUP}
    return draw_all(two(), folder, names=ALL, **asked)


def test_every_chart_is_written_as_png_and_svg(files: list[Path]) -> None:
    assert {path.name for path in files} == {
        f"{name}.{format_}" for name in ALL for format_ in ("png", "svg")
    }
    for path in files:
        if path.suffix == ".png":
            head = path.read_bytes()[:24]
            assert head[:8] == b"\x89PNG\r\n\x1a\n"
            width, height = struct.unpack(">II", head[16:24])
            assert width == 1500
            assert height > 400
        else:
            root = ElementTree.parse(path).getroot()
            assert root.tag == f"{SVG}svg"
            for kind in ("path", "text"):
                assert len(list(root.iter(f"{SVG}{kind}"))) > 9, f"{path.name} is nearly empty"


def test_only_the_formats_asked_for_are_written(tmp_path: Path) -> None:
    plain = pictured({"today": TODAY}, complaints=False)
    paths = draw_all(plain, tmp_path, formats=("svg",))
    assert {path.suffix for path in paths} == {".svg"}
    assert sorted(tmp_path.iterdir()) == sorted(paths)


def test_the_same_results_give_the_same_files(files: list[Path], tmp_path: Path) -> None:
    name = "waits-and-first-contact"
    again = save(drawn(name, two()), tmp_path, name, ("png", "svg"))
    before = {path.name: path for path in files}
    assert len(again) == 2
    for path in again:
        assert path.read_bytes() == before[path.name].read_bytes(), path.name


def test_workers_draw_the_same_files_and_one_that_fails_costs_only_itself(
    files: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "occupancy.png").mkdir()
    reasons: dict[str, Exception] = {}
    with ProcessPool(2) as pool:
        again = draw_all(
            two(),
            tmp_path,
            sensitivity=sensitivity_of(two()),
            why=why_of(two()),
            failed=reasons.__setitem__,
            workers=pool,
            names=SOME,
            by=By.GROUP,
        )
        assert "matplotlib" in pool.submit(repr, reasons["occupancy"].__notes__).result()
    assert set(reasons) == {"occupancy"}
    assert isinstance(reasons["occupancy"], IsADirectoryError)
    assert [path.name for path in again] == [
        path.name for path in files if path.stem in SOME and path.stem != "occupancy"
    ], "in the order of the charts"
    before = {path.name: path for path in files}
    for path in again:
        assert path.read_bytes() == before[path.name].read_bytes(), path.name


@pytest.mark.parametrize("end", [ProcessPool.end, ProcessPool.end_work, os._exit])
def test_when_the_workers_are_gone_everything_is_drawn_all_the_same(
    end: Callable[..., None], tmp_path: Path, files: list[Path]
) -> None:
    with ProcessPool(2) as pool:
        pool.submit(abs, 1).result()
        if end is os._exit:
            pool.submit(os._exit, 3)
        else:
            end(pool)
        asked = {"sensitivity": sensitivity_of(two()), "why": why_of(two()), "by": By.GROUP}
        drawn = draw_all(two(), tmp_path, ("svg",), workers=pool, names=SOME, **asked)
    expected = [path.name for path in files if path.suffix == ".svg" and path.stem in SOME]
    assert [path.name for path in drawn] == expected


def test_an_unknown_format_is_refused_with_the_nearest_known(tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match=r"no chart format 'pnk'. Did you mean 'png'"):
        draw_all(two(), tmp_path, formats=("pnk",))


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ExperimentError, match="charts cannot be written to"):
        draw_all(two(), tmp_path / "file" / "charts")


def test_an_experiment_without_a_finished_replication_is_told() -> None:
    nothing = replace(two(), finished={}, complete=False)
    with pytest.raises(ExperimentError, match="Nothing can be drawn yet"):
        View.of(nothing)


def test_an_interrupted_experiment_says_so_at_the_foot() -> None:
    whole = two()
    partly = replace(
        whole,
        finished={key: one for key, one in whole.finished.items() if key != ("freer", 4)},
        complete=False,
    )
    figure = drawn("cost", partly)
    foot = next(text.get_text() for text in figure.texts if text.get_gid() == "notes")
    assert "4 replications" in foot
    assert "Interrupted: of 5 planned replications" in " ".join(foot.split())


def test_importing_the_charts_does_not_load_matplotlib() -> None:
    script = "import sys, results.charts; print('matplotlib' in sys.modules)"
    assert run_python(script).strip() == "False"


def test_drawing_leaves_no_pyplot_behind(tmp_path: Path) -> None:
    script = f"""
import sys
from itertools import combinations
from pathlib import Path
from results.charts import cost, sheets, view
from tests.support.made_up_results import two
sheets.save(cost.draw(view.View.of(two())), Path({str(tmp_path)!r}), "cost", ["png", "svg"])
print("matplotlib.pyplot" in sys.modules)
"""
    assert run_python(script).strip() == "False"
    assert len(list(tmp_path.iterdir())) == 2


def test_every_chart_has_a_title_for_lists() -> None:
    assert list(TITLES) == list(CHARTS)


EXPERIMENTS = {
    "eight policies with long names": crowd,
    "six policies": lambda: pictured({f"policy-{n}": FREER for n in range(6)}),
    "one long word": lambda: pictured({"today": TODAY, "x" * 60: FREER}),
}


@pytest.mark.parametrize(
    "name",
    [
        "eight policies with long names",
        pytest.param("one long word", marks=pytest.mark.long),
        pytest.param("six policies", marks=pytest.mark.long),
    ],
)
def test_every_word_is_on_the_page_and_on_no_other_word(name: str) -> None:
    experiment: Experiment = EXPERIMENTS[name]()
    for chart in ALL:
        view = View.of(experiment, sensitivity=sensitivity_of(experiment), by=By.GROUP)
        figure = CHARTS[chart](view)
        if figure is None:
            continue  # nothing to show where policies do not differ
        figure.canvas.draw()
        assert overlaps(figure) == [], chart
        for text, box in texts(figure):
            assert 0 <= box.x0 < box.x1 <= figure.bbox.width, (chart, text.get_text())
            assert 0 <= box.y0 < box.y1 <= figure.bbox.height, (chart, text.get_text())


TWELVE = [str(number) for number in range(12)]


def test_twelve_policies_have_a_colour_each_and_a_pair_of_shape_and_colour_each() -> None:
    signs = list(signs_of(TWELVE).values())
    assert len({sign.on_paper for sign in signs}) == len({sign.on_screen for sign in signs}) == 12
    assert len({(sign.marker, sign.on_paper) for sign in signs}) == 12
    assert {sign.marker for sign in signs}.issuperset("os^DvP<*")
    assert len({sign.mark for sign in signs}) == len({sign.marker for sign in signs})


@pytest.mark.parametrize("eyes", EYES)
def test_policies_of_one_shape_differ_in_colour_for_every_eye(eyes: str) -> None:
    """By the distance of CIE 1976, of which 2.3 is just noticed; 15 is another colour.

    Eyes without the cones for red see least between the tones of a screen, where every colour has
    to be read on light and on dark and none can be much darker than another.
    """
    for one, other in combinations(signs_of(TWELVE).values(), 2):
        if one.marker == other.marker:
            assert distance(one.on_paper, other.on_paper, eyes) > 25.0, (one, other)
            assert distance(one.on_screen, other.on_screen, eyes) > 15.0, (one, other)


def test_every_sign_is_read_on_paper_and_on_a_light_and_a_dark_screen() -> None:
    def contrast(one: str, ground: str) -> float:
        light, dark = sorted((luminance(one), luminance(ground)), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    for sign in signs_of(TWELVE).values():
        assert contrast(sign.on_paper, "#FFFFFF") > 2.2
        assert contrast(sign.on_screen, "#FFFFFF") > 2.7
        assert contrast(sign.on_screen, "#1e1e1e") > 3.0


def test_a_policy_keeps_colour_and_sign_whichever_others_are_run() -> None:
    scenario = pictured(dict.fromkeys(("today", "a", "b", "c"), TODAY)).scenario
    alone, all_ = signs_in(scenario, ["today", "c"]), signs_in(scenario, ["today", "a", "b", "c"])
    assert alone["c"] == all_["c"]
    assert alone["today"] == all_["today"]
    assert all_["a"] != all_["c"]


def test_a_picture_says_its_message_as_title_and_holds_its_text_as_text(files: list[Path]) -> None:
    said = title_of(drawn("cost", two()))
    for path in files:
        if path.stem == "cost" and path.suffix == ".svg":
            root = ElementTree.parse(path).getroot()
            assert root.findtext(f"{SVG}title") == said
            assert "seed 7" in (root.findtext(f"{SVG}desc") or "")
            letters = " ".join("".join(one.itertext()) for one in root.iter(f"{SVG}text"))
            assert "Revenue at risk" in letters
        if path.stem == "cost" and path.suffix == ".png":
            assert said.split("€")[0].encode("latin-1") in path.read_bytes()


def test_an_unknown_chart_is_refused_with_the_nearest_known(tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match=r"no chart 'scorcard'. Did you mean 'scorecard'"):
        draw_all(two(), tmp_path, names=("scorcard",))


def test_the_scenario_may_name_its_pictures_and_a_command_others(tmp_path: Path) -> None:
    experiment = two()
    report = Report(pictures=("cost", "scorecard"))
    named = replace(experiment, scenario=experiment.scenario.model_copy(update={"report": report}))
    by_scenario = draw_all(named, tmp_path, ("svg",))
    assert [path.stem for path in by_scenario] == ["cost", "scorecard"]
    by_command = draw_all(named, tmp_path, ("svg",), names=("how-cases-end",))
    assert [path.stem for path in by_command] == ["how-cases-end"]


def test_the_pictures_that_a_scenario_can_name_are_those_there_are() -> None:
    assert set(get_args(Picture)) == set(CHARTS)


def test_a_long_name_is_broken_where_its_words_end() -> None:
    assert wrapped("empowered_and_owned-promises", 15).split("\n") == [
        "empowered_and_",
        "owned-promises",
    ]
    assert wrapped("short") == "short"


def test_a_name_far_from_its_point_is_led_to_it() -> None:
    page = sheet("Points", ["none"], body_in=3.0)
    axes = page.figure.add_subplot(page.grid()[0])
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(0.0, 1.0)
    alone = name_points(axes, [(0.5, 0.5)], [Name("alone")])
    assert alone[0].arrow_patch is None
    crowded = name_points(axes, [(0.5, 0.5)] * 9, [Name("one of nine points")] * 9)
    assert any(name.arrow_patch is not None for name in crowded)
