"""The palette's questions, policies and knobs of the open scenario, by a manager's words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from textual.command import Hit, Hits, Provider

from tui.scenarios.questions import questions_of
from tui.shell.scenario_file import ScenarioFile
from tui.shell.shell import Beginning, Shell
from tui.what_if.bench import Bench
from tui.what_if.finding import likeness, told_words

MOST = 12
"""Those that fit best; a palette with more is a list again."""


class _Offered(NamedTuple):
    name: str
    about: str
    beginning: Beginning
    weight: float


class AskingCommands(Provider):
    """What a what-if can begin with."""

    async def startup(self) -> None:
        """Gather what there is in the open scenario."""
        app = self.app
        assert isinstance(app, Shell)
        self._opened = app.opened
        self._offered = [] if app.opened is None else list(_offered(app.opened))

    async def search(self, query: str) -> Hits:
        """What fits the words typed, in its name, a synonym or its help text."""
        app, opened, sought = self.app, self._opened, told_words(query)
        assert isinstance(app, Shell)
        if opened is None or not sought:
            return
        fits = [(one.weight * likeness(sought, one.name, one.about), one) for one in self._offered]
        fits = sorted((fit for fit in fits if fit[0] > 0.0), key=lambda fit: -fit[0])
        for score, one in fits[:MOST]:
            begin = partial(app.begin_what_if, opened.path, one.beginning)
            yield Hit(score, one.name, begin, text=one.name, help=one.about)


def _offered(opened: ScenarioFile) -> Iterator[_Offered]:
    scenario = opened.scenario
    if scenario is None:
        return
    for one in questions_of(scenario):
        about = (
            f"Ask {opened.name}" if not one.policy else f"What this policy of {opened.name} does"
        )
        yield _Offered(one.words, about, Beginning(one.knob, one.policy), 1.0)
    for knob in Bench.of(scenario).knobs:
        about = knob.note.replace("``", "").partition("\n")[0]
        yield _Offered(knob.title, about, Beginning(knob.key, afresh=False), 0.9)
