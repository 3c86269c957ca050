"""Questions of a scenario, each with the last answer that a run gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.binding import Binding, BindingType

from tui.parts.line_list import LineList

# The list is on the first screen and is there before anything heavy is loaded.
if TYPE_CHECKING:
    from tui.scenarios.last_answers import LastAnswer
    from tui.scenarios.questions import Question

NONE_YET = "–"
LEAST_FOR_ONE_ROW = 92
"""Width from which question and answer stand in one row."""


class QuestionList(LineList):
    """A question to a line; Enter begins there."""

    DEFAULT_CSS = """
    QuestionList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "choose",
            "Ask",
            id="ask.begin",
            tooltip="Begin the what-if of this question, its knob under the cursor",
        ),
        Binding(
            "left",
            "screen.to_scenarios",
            "Table",
            id="ask.scenarios",
            tooltip="Choose another scenario in the table",
            show=False,
        ),
    ]

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._questions: Sequence[Question] = ()
        self._answers: Mapping[str, LastAnswer] = {}

    def show_questions(
        self, questions: Sequence[Question], answers: Mapping[str, LastAnswer]
    ) -> None:
        """Show questions; the cursor stays where the questions are the same.

        Args:
            questions: in the order of the screen.
            answers: those known, by name of the question.
        """
        if list(questions) != list(self._questions):
            self.cursor = 0
        self._questions, self._answers = questions, answers
        self.renew()

    @property
    def current(self) -> Question | None:
        """The question under the cursor; None where there is none."""
        return self._questions[self.cursor] if self.cursor < len(self._questions) else None

    def action_choose(self) -> None:
        """Say that a question was asked."""
        self.choose()

    def count(self) -> int:
        """A line for each question."""
        return len(self._questions)

    def rows_of(self, width: int) -> int:
        """The answer stands below its question where there is no room beside it."""
        return 1 if width >= LEAST_FOR_ONE_ROW or not self._answers else 2

    def head(self, width: int) -> Text:
        """What the lines are."""
        title = Text(" Ask", self.style_of("head"))
        note = "last answer" if self._questions else ""
        title.append(" " * max(1, width - title.cell_len - len(note) - 1))
        return title.append(note, self.style_of("muted"))

    def line(self, index: int, width: int) -> Text:
        """A question and its answer."""
        question = self._questions[index]
        found = self._answers.get(question.name)
        words = found.words if found is not None else NONE_YET
        look = self.style_of("marked" if found is not None else "muted")
        if self.rows_of(width) == 2:
            asked = Text(f" {question.words}")
            asked.truncate(width - 1, overflow="ellipsis")
            return asked.append("\n   ").append(words, look)
        room = max(40, width - cell_len(words) - 2)
        asked = Text(f" {question.words}")
        asked.truncate(room, overflow="ellipsis", pad=True)
        return asked.append(words.rjust(max(0, width - room - 1)), look)
