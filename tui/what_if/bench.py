"""The bench: a base, what was turned on it, and the what-if that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from scenarios import Policy, Problem, Scenario, ScenarioError, with_changes
from scenarios.files.toml_text import parse_key
from scenarios.policies.changes import combined
from scenarios.policies.relative_changes import place_of
from tui.what_if.knob import Knob
from tui.what_if.knobs import knobs_of
from tui.what_if.together import changes_together, turns_several

WHAT_IF = "what-if"
MOST_NAMED = 3
"""Knobs that are named in a title."""


@dataclass(frozen=True)
class Turned:
    """What was turned: the contents of a policy."""

    changes: Mapping[str, Any] = field(default_factory=dict)
    remove: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether everything stands as in the base."""
        return not self.changes and not self.remove


class RefusedError(Exception):
    """A change that is refused, as a readable message."""


@dataclass(frozen=True)
class Bench:
    """The base with its knobs; each turn gives another bench."""

    base: Scenario
    what_if: Scenario
    """The base with what was turned; its policies left out."""
    turned: Turned
    knobs: tuple[Knob, ...]
    before: tuple[Turned, ...] = field(default=(), repr=False)
    """What was turned at each earlier time, for undo."""

    @classmethod
    def of(cls, scenario: Scenario) -> Self:
        """The bench without a change."""
        base = scenario.model_copy(update={"policies": {}})
        return cls(base, base, Turned(), tuple(knobs_of(base, base)))

    def knob(self, key: str) -> Knob:
        """The knob with a key.

        Raises:
            KeyError: there is none (any more).
        """
        for knob in self.knobs:
            if knob.key == key:
                return knob
        raise KeyError(key)

    @property
    def changed(self) -> tuple[Knob, ...]:
        """The knobs that stand elsewhere than in the base; those turned together are one."""
        there = [knob for knob in self.knobs if knob.changed]
        covered = {
            pair
            for knob in there
            if turns_several(knob.key)
            for pair in changes_together(self.base, knob.key, knob.value).items()
        }
        return tuple(knob for knob in there if (knob.key, knob.value) not in covered)

    def typed(self, key: str, text: str) -> Self:
        """Turn a knob to what was typed.

        Raises:
            RefusedError: it cannot be read, or the scenario would not work; the message says why.
        """
        try:
            value = self.knob(key).read(text)
        except ValueError as error:
            words = str(error)
            raise RefusedError(
                f"It {words}." if words.startswith("must") else f"{words}."
            ) from None
        return self.turn(key, value)

    def turn(self, key: str, value: Any) -> Self:
        """Turn a knob to a value.

        Raises:
            RefusedError: the scenario would not work; the message says why.
        """
        knob = self.knob(key)
        if value == knob.value:
            return self
        if knob.kind == "switch" and knob.on is not True:
            return self._taken(self._switched(knob, value))
        new = changes_together(self.base, key, value) if turns_several(key) else {key: value}
        turned = replace(self.turned, changes=combined(self.turned.changes, new))
        return self._taken(self._without_idle(turned))

    def _switched(self, knob: Knob, on: bool) -> Turned:
        changes = {key: v for key, v in self.turned.changes.items() if not _under(key, knob.key)}
        remove = tuple(key for key in self.turned.remove if key != knob.key)
        if on and not knob.base:
            changes[knob.key] = knob.on
        if not on and knob.base:
            remove = (*remove, knob.key)
        return Turned(changes, remove)

    def _without_idle(self, turned: Turned) -> Turned:
        """Without single values that are as in the base anyway."""
        sections = [key for key, value in turned.changes.items() if isinstance(value, dict | list)]
        base = {knob.key: knob.base for knob in self.knobs}
        kept = {
            key: value
            for key, value in turned.changes.items()
            if key not in base or value != base[key] or any(_under(key, one) for one in sections)
        }
        factors = self._factors()
        return replace(turned, changes={k: v for k, v in kept.items() if factors.get(k) != v})

    def _factors(self) -> dict[str, Any]:
        """What the knobs that turn several keys would write to leave all as it is."""
        several = (knob for knob in self.knobs if turns_several(knob.key))
        return {
            key: value
            for knob in several
            for key, value in changes_together(self.base, knob.key, knob.base).items()
        }

    def reset(self, key: str) -> Self:
        """Turn one knob back to the base.

        Raises:
            RefusedError: the others do not work without it.
        """
        knob = self.knob(key)
        if not knob.changed:
            return self
        if knob.base is None:
            changes = {k: v for k, v in self.turned.changes.items() if k != key}
            return self._taken(replace(self.turned, changes=changes))
        return self.turn(key, knob.base)

    def reset_all(self) -> Self:
        """Turn everything back to the base; undo brings it back."""
        return self if self.turned.nothing else self._taken(Turned())

    def start_from(self, policy: Policy) -> Self:
        """Turn everything as a policy has it.

        Raises:
            RefusedError: the policy does not work.
        """
        return self._taken(Turned(dict(policy.changes), policy.remove))

    def with_turned(self, turned: Turned) -> Self:
        """Turn everything as it was on another bench of the same scenario.

        Raises:
            RefusedError: it does not work here.
        """
        return self._taken(turned)

    def with_what_works(self, turned: Turned) -> tuple[Self, dict[str, str]]:
        """Turn everything as it was on a bench of another state of the scenario, where it works.

        Returns:
            The bench; and by key of what cannot be turned here, why.
        """
        try:
            return self.with_turned(turned), {}
        except RefusedError:
            pass
        bench, refused = self, {}
        for key, value in turned.changes.items():
            changes = {**bench.turned.changes, key: value}
            try:
                bench = bench._taken(replace(bench.turned, changes=changes))
            except RefusedError as error:
                refused[key] = str(error)
        for key in turned.remove:
            try:
                bench = bench._taken(replace(bench.turned, remove=(*bench.turned.remove, key)))
            except RefusedError as error:
                refused[key] = str(error)
        return bench, refused

    def undo(self) -> Self:
        """Take the last turn back; the bench itself when there was none."""
        if not self.before:
            return self
        *earlier, last = self.before
        return replace(self._taken(last), before=tuple(earlier))

    def _taken(self, turned: Turned) -> Self:
        try:
            what_if = with_changes(self.base, turned.changes, turned.remove)
        except ScenarioError as error:
            raise RefusedError(in_words(error.problems)) from error
        return replace(
            self,
            what_if=what_if,
            turned=turned,
            knobs=tuple(knobs_of(self.base, what_if)),
            before=(*self.before, self.turned),
        )

    @property
    def name(self) -> str:
        """What the what-if is called among the policies."""
        return WHAT_IF if self.base.baseline != WHAT_IF else "turned"

    @property
    def title(self) -> str:
        """What is turned, in a few words."""
        return "; ".join(f"{knob.title}: {knob.shown}" for knob in self.changed[:MOST_NAMED])

    def titled(self, scenario: Scenario) -> Scenario:
        """A scenario that was run for this bench, the what-if called by what is turned."""
        made = scenario.policies.get(self.name)
        if made is None:
            return scenario
        policies = {self.name: made.model_copy(update={"title": self.title})}
        return scenario.model_copy(update={"policies": policies})

    def over(self, stretch: Scenario) -> Scenario:
        """The base over a stretch of days, with what was turned as its only policy.

        Args:
            stretch: the base itself, or a part of its horizon.
        """
        policy = Policy(changes=dict(self.turned.changes), remove=self.turned.remove)
        policies = {} if self.turned.nothing else {self.name: policy}
        return stretch.model_copy(update={"policies": policies})


def in_words(problems: tuple[Problem, ...]) -> str:
    """The first problem in one sentence, and how many more there are."""
    first, *more = problems
    text = f"{first.rule}. {first.hint}".strip().removesuffix(".") + "."
    text = text[:1].upper() + text[1:] if not first.rule.startswith("must") else f"It {text}"
    return f"{text} (and {len(more)} more)" if more else text


def _under(key: str, section: str) -> bool:
    path, above = place_of(key) or (), parse_key(section) or ("",)
    return path[: len(above)] == above
