"""Answers that were given in the app, remembered for the questions that they answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tui.shell.scenario_file import ScenarioFile

MOST_FILES = 50
"""Scenario files whose answers are remembered; those answered longest ago are forgotten."""


@dataclass(frozen=True)
class GivenAnswer:
    """What was said last to a question of a scenario file."""

    words: str
    """In few words, to stand beside the question."""
    moment: str
    """ISO 8601 in UTC."""
    about: str
    """A mark of the scenario that was asked; another one has not been answered."""


class GivenAnswers:
    """The last answers of what-ifs, sweeps and goals, written as soon as they are given.

    What cannot be read is as if it had never been written; where nothing can be written, the
    answers are remembered until the app is left.
    """

    def __init__(self, path: Path) -> None:
        """Read what was remembered.

        Args:
            path: of the file; made when the first answer is given.
        """
        self._path: Path | None = path
        self._found: dict[str, dict[str, GivenAnswer]] = {}

    def of(self, opened: ScenarioFile) -> dict[str, GivenAnswer]:
        """The last answers to the questions of a scenario as it is now, by name of the question."""
        self._read()
        known, mark = self._found.get(str(opened.path), {}), _mark(opened)
        return {name: one for name, one in known.items() if one.about == mark}

    def give(self, opened: ScenarioFile, questions: Iterable[str], words: str) -> None:
        """Remember an answer.

        Args:
            opened: the scenario file that was asked about.
            questions: that it answers, by name.
            words: what it says.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        answer = GivenAnswer(words, now, _mark(opened))
        new = dict.fromkeys(questions, answer)
        if not new:
            return
        self._read()  # another app may have written since
        before = self._found.pop(str(opened.path), {})
        self._found[str(opened.path)] = {**before, **new}
        self._found = dict([*self._found.items()][-MOST_FILES:])
        try:
            self._write()
        except OSError:
            self._path = None  # what the file says is older from now on

    def _read(self) -> None:
        if self._path is None:
            return
        try:
            found: Any = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return
        if isinstance(found, Mapping):
            self._found |= {str(file): _answers(said) for file, said in found.items()}

    def _write(self) -> None:
        if self._path is None:
            return
        said = {
            file: {name: asdict(one) for name, one in answers.items()}
            for file, answers in self._found.items()
        }
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        new.replace(self._path)


def _mark(opened: ScenarioFile) -> str:
    """Of the scenario without its policies: a policy that is saved changes no answer."""
    if opened.scenario is None:
        return ""
    text = opened.scenario.model_dump_json(exclude={"policies"})
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _answers(said: Any) -> dict[str, GivenAnswer]:
    found = said.items() if isinstance(said, Mapping) else ()
    return {
        str(name): GivenAnswer(one["words"], one["moment"], one["about"])
        for name, one in found
        if isinstance(one, Mapping)
        and all(isinstance(one.get(key), str) for key in ("words", "moment", "about"))
    }
