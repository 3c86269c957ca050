"""The frontier: what is left to choose from."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from matplotlib.lines import Line2D

from results.charts.frontier import draw, message
from results.charts.study import draw_study
from results.studies import study as studies
from results.studies.choice import FRONTIER
from results.studies.factor import Factor
from results.studies.frontier import frontier
from results.studies.study import Study, run_study
from tests.support.drawn_charts import overlaps, title_of, words_in
from tests.support.known_answers import CANNED, SCENARIO


def test_a_choice_is_beaten_where_another_is_nowhere_worse_and_somewhere_better() -> None:
    found = {
        "short": (10.0, 0.7, 50.0),
        "dear": (10.0, 0.7, 60.0),
        "resolved": (20.0, 0.9, 70.0),
        "beaten": (20.0, 0.6, 60.0),
        "cheap": (40.0, 0.5, 40.0),
    }
    better = ["lower", "higher", "lower"]
    assert frontier(found, better) == ["short", "resolved", "cheap"]


def test_choices_that_are_alike_do_not_beat_each_other() -> None:
    assert frontier({"a": (1.0, 2.0), "b": (1.0, 2.0)}, ["lower", "lower"]) == ["a", "b"]
    assert frontier({}, ["lower"]) == []


WAITS = np.array([[60.0, 30.0, 10.0], [50.0, 25.0, 12.0]])
FIRST = np.array([[0.60, 0.61, 0.62], [0.85, 0.86, 0.80]])
MONEY = np.array([[1000.0, 1100.0, 1300.0], [1050.0, 1150.0, 1350.0]])


@pytest.fixture
def study(monkeypatch: pytest.MonkeyPatch) -> Study:
    """Two policies with three, four or five agents; more agents wait less and cost more."""
    heads = Factor("groups.front_line.heads", (3, 4, 5))
    found = run_study(
        SCENARIO, [heads], policies=["today", "quick"], replications=2, workers=1, engine=CANNED
    )
    shown = {"wait_all": WAITS, "fcr_complaints": FIRST, "total_cost": MONEY}

    def values(_: Study, place: tuple[str, int], measure: str) -> np.ndarray:
        policy, at = place
        mean = shown[measure][("today", "quick").index(policy), at] if measure in shown else np.nan
        return np.array([0.99, 1.01]) * mean

    monkeypatch.setattr(studies.Study, "values", values)
    return found


def test_beaten_choices_are_grey_and_the_others_have_names_and_money(study: Study) -> None:
    figure = draw(study)
    assert figure is not None
    figure.canvas.draw()
    points = {line.get_gid(): line for line in figure.findobj(Line2D) if len(line.get_xdata()) == 1}
    ahead = {gid for gid in points if gid and gid.startswith("frontier")}
    beaten = {gid for gid in points if gid and gid.startswith("beaten")}
    assert len(ahead) == 6 - len(beaten) == 6, "money rises with what it buys"
    assert title_of(figure).startswith("Each of 6 choices is best in something")
    said = words_in(figure)
    assert "heads 3 €1,000" in said
    assert "better" in said
    assert overlaps(figure) == []


def test_who_is_beaten_is_told_in_the_title(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "MONEY", MONEY)
    before = studies.Study.values

    def cheaper(one: Study, place: tuple[str, int], measure: str) -> np.ndarray:
        found = before(one, place, measure)
        return found * 0.8 if (place[0], measure) == ("quick", "total_cost") else found

    monkeypatch.setattr(studies.Study, "values", cheaper)
    assert message(study) == (
        "2 of 6 choices are beaten by another in everything; of the other 4 the best in total "
        "cost a day is Quick, front_line.heads 3: €840"
    )
    figure = draw(study)
    assert figure is not None
    greys = [one for one in figure.findobj(Line2D) if str(one.get_gid()).startswith("beaten")]
    assert len(greys) == 2
    assert {one.get_color() for one in greys} == {"#BDBDBD"}
    dear = {str(one.get_gid()): one.get_markersize() for one in figure.findobj(Line2D)}
    sizes = [size for gid, size in dear.items() if gid.startswith(("beaten", "frontier"))]
    assert max(sizes) > 2 * min(sizes), "the sign grows with the money"


def test_a_study_of_what_waits_and_first_contact_do_not_depend_on_has_no_frontier(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(studies.Study, "values", lambda *_: np.array([1.0, 1.0]))
    assert draw(study) is None


def test_only_the_pictures_that_are_asked_for_are_drawn(study: Study, tmp_path: Path) -> None:
    files = draw_study(study, ["wait_all"], tmp_path, formats=("svg",), names=(FRONTIER,))
    assert [path.name for path in files] == ["frontier.svg"]
    assert re.search(r"<title>[^<]*6 choices", files[0].read_text("utf-8"))
    assert draw_study(replace(study), ["wait_all"], tmp_path, names=("map",)) == []
