"""Charts write names and signs letter by letter, in whatever script, and quietly."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from results import Experiment
from results.charts import lettering
from results.charts.catalogue import CHARTS
from results.charts.drawing import draw_all
from results.charts.lettering import as_written, mark
from results.charts.style import wrapped
from results.charts.titles import DEPENDS_ON
from results.charts.view import View
from results.errors import ExperimentError
from results.reading.by import By
from results.reading.names import name_in_words
from scenarios.files.characters import controls_in
from scenarios.schema import Costs
from tests.support.drawn_charts import drawn, texts, title_of, words_in
from tests.support.examples import examples
from tests.support.hostile_names import CURRENCIES, NAMES, TITLE
from tests.support.made_up_results import ALL, FREER, TODAY, pictured, sensitivity_of, two, why_of


def named(names: tuple[str, ...], currency: str = "$") -> Experiment:
    """An experiment whose policies are called so; the second is freer than today."""
    effects = [TODAY, FREER, *(replace(TODAY, wait_s=40.0 + n) for n in range(len(names)))]
    found = pictured(dict(zip(names, effects, strict=False)), replications=3)
    scenario = found.scenario.model_copy(
        update={"title": TITLE, "costs": Costs(currency=currency)},
    )
    return replace(found, scenario=scenario)


def letters_in(figure: Figure) -> str:
    """Everything that stands on a page, without blanks and line breaks."""
    return re.sub(r"\s", "", words_in(figure))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    nasty = named(NAMES[::2])
    folder = tmp_path_factory.mktemp("nasty")
    asked = {"sensitivity": sensitivity_of(nasty), "why": why_of(nasty), "by": By.GROUP}
    return draw_all(nasty, folder, ("svg",), names=ALL, **asked)


def test_every_chart_is_drawn_whatever_policies_are_called(files: list[Path]) -> None:
    assert {path.stem for path in files} == set(ALL), "warnings are errors here"


def test_every_chart_is_sound_xml_with_marks_that_xml_takes(files: list[Path]) -> None:
    for path in files:
        ids = [one.get("id") for one in ElementTree.parse(path).iter()]
        assert all(re.fullmatch(r"[A-Za-z_][\w.:\- ]*", one) for one in ids if one), path.name


@pytest.mark.parametrize("name", ALL)
def test_no_text_of_a_chart_is_read_as_mathematics(name: str) -> None:
    figure = drawn(name, named(("today $1", "$x$", "limit_$20", "_hidden")))
    texts = [one for one in figure.findobj(Text) if isinstance(one, Text)]
    found = [one for one in texts if one.get_text()]
    assert found
    assert not any(one.get_parse_math() or one.get_usetex() for one in found)


@pytest.mark.parametrize("currency", CURRENCIES)
def test_the_cost_chart_says_the_price_of_a_day_in_any_currency(currency: str) -> None:
    figure = drawn("cost", named(("baseline", "freer"), currency))
    amount = rf"{re.escape(currency)} ?[\d.,]+"
    assert re.fullmatch(
        rf"Try freer: what a day costs in cash rises from {amount} to {amount}( and .*)?",
        title_of(figure),
    )
    ticks = [label.get_text() for label in figure.axes[0].get_xticklabels()]
    assert ticks
    assert all(tick.startswith(currency) for tick in ticks)


def test_a_policy_whose_name_begins_with_an_underscore_is_in_the_keys() -> None:
    found = named(("_today", "_hidden", "_third", "_fourth"))
    for name in ("waits-over-the-day", "week-by-week", "people-week-by-week"):
        assert "_hidden" in words_in(drawn(name, found)), name


@pytest.mark.parametrize("name", ["cost", "how-cases-end", "first-contact-resolution"])
def test_rows_carry_the_whole_name_of_a_policy(name: str) -> None:
    short = tuple(one for one in NAMES if len(one) < 40)
    said = letters_in(drawn(name, named(short)))
    titles = [name_in_words(short[0]), *short[1:]]
    assert all(one.replace(" ", "") in said for one in titles)


def test_a_chart_drawn_later_by_somebody_else_is_still_written_as_it_stands() -> None:
    figure = CHARTS["cost"](View.of(named(("today", "$x$"), "$$")))
    assert figure is not None
    figure.canvas.draw()
    assert all(not label.get_parse_math() for label in figure.axes[0].get_xticklabels())


def test_long_names_stay_on_the_page_and_wide_letters_count_twice() -> None:
    assert wrapped("退" * 20, 24) == "\n".join(["退" * 12, "退" * 8])
    assert wrapped("limit-of-twenty", 10) == "limit-of-\ntwenty"
    cut = wrapped("a" * 50 + "b" * 50, 24, most=3)
    assert len(cut.split("\n")) == 3
    assert cut.startswith("aaa"), "the end tells names apart as well as the beginning"
    assert "…" in cut
    assert cut.endswith("bbb")
    for name in ("cost", "occupancy", "how-cases-end", "waits-and-first-contact"):
        figure = drawn(name, named(("today", "退" * 60, "x" * 200)))
        with as_written():
            boxes = [box for _, box in texts(figure)]
        assert boxes
        assert all(box.x0 > -1.0 and box.x1 < figure.bbox.width + 1.0 for box in boxes), name


def test_marks_tell_names_apart() -> None:
    marks = {mark("point", name) for name in NAMES}
    assert len(marks) == len(NAMES)
    assert mark("point", "ask-the-boss") == "point:ask-the-boss"


@settings(max_examples=examples(15), deadline=None)
@given(
    names=st.lists(
        st.text(min_size=1, max_size=12).filter(
            lambda text: text.strip() and not controls_in(text)
        ),
        min_size=2,
        max_size=3,
        unique=True,
    ),
    currency=st.text(max_size=3).filter(lambda text: not controls_in(text)),
)
def test_any_name_and_any_currency_can_be_drawn(names: list[str], currency: str) -> None:
    figure = CHARTS["cost"](View.of(named(tuple(names), currency)))
    assert figure is not None
    figure.canvas.draw()


def broken(_: View) -> Figure:
    raise ValueError("no money today")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Draw three charts instead of all, the cost in another way if one is given."""

    def leave(cost: Callable[[View], Figure | None] = CHARTS["cost"]) -> None:
        kept = {"how-cases-end": CHARTS["how-cases-end"], "cost": cost}
        monkeypatch.setattr(
            "results.charts.drawing.CHARTS", {**kept, "tornado": CHARTS[DEPENDS_ON]}
        )

    return leave


def test_settings_of_the_users_own_matplotlib_change_no_letter(
    tmp_path: Path, few: Callable[..., None]
) -> None:
    few()
    plain = draw_all(two(), tmp_path / "plain", ("svg",))
    theirs = {"text.usetex": True, "text.parse_math": True, "font.family": "cursive"}
    with matplotlib.rc_context(theirs):
        other = draw_all(two(), tmp_path / "other", ("svg",))
    assert [one.read_bytes() for one in plain] == [one.read_bytes() for one in other]


def test_a_chart_that_fails_costs_only_itself(tmp_path: Path, few: Callable[..., None]) -> None:
    few(broken)
    failed: dict[str, Exception] = {}
    there = draw_all(
        two(), tmp_path, ("svg",), sensitivity=sensitivity_of(two()), failed=failed.__setitem__
    )
    assert {path.stem for path in there} == {"how-cases-end", "tornado"}
    assert {name: str(error) for name, error in failed.items()} == {"cost": "no money today"}


def test_a_chart_that_fails_is_an_error_to_a_program_that_does_not_ask(
    tmp_path: Path, few: Callable[..., None]
) -> None:
    few(broken)
    with pytest.raises(ValueError, match="no money today"):
        draw_all(two(), tmp_path, ("svg",))


def test_half_a_picture_is_not_left_in_the_folder(tmp_path: Path, few: Callable[..., None]) -> None:
    few()
    (tmp_path / "cost.svg").mkdir()
    failed: dict[str, Exception] = {}
    draw_all(two(), tmp_path, failed=failed.__setitem__)
    assert list(failed) == ["cost"]
    assert not (tmp_path / "cost.png").exists(), "its other format was written before"
    with pytest.raises(ExperimentError, match="cannot be written"):
        draw_all(two(), tmp_path)


# A mathematical sign that DejaVu Sans lacks and STIXGeneral, which matplotlib brings, has.
RARE = "\u29b5"


def inked(monkeypatch: pytest.MonkeyPatch, *fonts: str) -> bytes:
    """The rare sign, drawn where these fonts are asked after the first one."""
    monkeypatch.setattr(lettering, "FALLBACKS", fonts)
    lettering._families.cache_clear()
    figure = lettering.figure(figsize=(1.0, 1.0))
    with as_written():
        figure.text(0.3, 0.3, RARE, size=30)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    lettering._families.cache_clear()
    return bytes(canvas.buffer_rgba())


def test_a_sign_that_one_font_lacks_is_drawn_in_the_next_that_is_there(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    found = inked(monkeypatch, "Nowhere Sans", "STIXGeneral")
    framed = inked(monkeypatch, "Nowhere Sans")
    assert found != framed, "without a font a frame stands for it"
    assert not caplog.records, "and nobody is told of fonts that are not there"
