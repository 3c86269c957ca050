"""What a check finds in a scenario: problems, warnings, and what its policies change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from scenarios import (
    Problem,
    Scenario,
    ScenarioError,
    differences,
    override,
    parse_changes,
    warnings,
)
from scenarios.checks.size import Size, size_of
from scenarios.files.documents import full_document
from scenarios.files.toml_text import shortened
from scenarios.policies.differences import Difference
from scenarios.policies.policy_set import PolicySet
from scenarios.rules.bounds import in_words
from scenarios.rules.uncertain import figure_at
from tui.command_line.overriding import options_by_key, sentences
from tui.command_line.standard_input import load_named, title_of
from tui.terminal.console import data, say, tell

COLUMNS = ("kind", "file", "line", "key", "value", "rule", "hint")
"""What is said of a problem or a warning."""


_MUCH_MORE = 1.25


@dataclass(frozen=True)
class CheckReport:
    """Everything a check says about a scenario file."""

    name: str
    scenario: Scenario | None
    """None when it cannot be used."""
    problems: Sequence[Problem]
    warnings: Sequence[Problem]
    changed: Mapping[str, Sequence[Difference]]
    """What differs from the baseline, by policy."""
    centre: PolicySet | None = None
    """The scenario under each of its policies; None where it cannot be used."""

    @classmethod
    def of(cls, name: str, changes: Sequence[str]) -> Self:
        """Look at a scenario with the changes of the command line."""
        title = title_of(name)
        try:
            overridden = override(load_named(name), parse_changes(changes))
            scenario = overridden.scenario
            centre = PolicySet.of(scenario)
        except ScenarioError as error:
            return cls(title, None, error.problems, (), {})
        for sentence in sentences(overridden, options_by_key(changes)):
            say(sentence)
        changed = {
            policy: differences(scenario, centre.under[policy]) for policy in scenario.policies
        }
        return cls(title, scenario, (), warnings(scenario, centre.under), changed, centre)

    def print(self) -> None:
        """Say it to a person."""
        console = data()
        for problem in self.problems:
            console.print(str(problem), soft_wrap=True)
        if self.scenario is None or self.centre is None:
            console.print(
                f"\n{_counted(len(self.problems), 'problem')} found; the scenario cannot be run."
            )
            return
        self.print_in_brief(self.centre)
        self._print_uncertain(self.scenario)
        self._print_policies(self.scenario)

    def print_in_brief(self, centre: PolicySet) -> None:
        """Say what may be a mistake, and how large the scenario is; it can be used."""
        console = data()
        for warning in self.warnings:
            console.print(f"Warning: {warning}", soft_wrap=True)
        warned = f", {_counted(len(self.warnings), 'warning')}" if self.warnings else ""
        size = _size(centre.scenario)
        console.print(f"{self.name}: no problems found{warned}. {size}", soft_wrap=True)
        self._print_size(centre)

    def _print_size(self, centre: PolicySet) -> None:
        """What a replication takes, and under which policy where one takes much more."""
        sizes = {name: size_of(under) for name, under in centre.under.items()}
        most = max(sizes, key=lambda name: sizes[name].memory_mb * sizes[name].contacts)
        own, other = sizes[centre.scenario.baseline], sizes[most]
        more = f"; most under {most}: {in_words(other)}" if _is_much_more(other, own) else ""
        data().print(f"Size: {in_words(own)} for one replication{more}.", soft_wrap=True)

    def _print_uncertain(self, scenario: Scenario) -> None:
        """The figures that are not known for sure, each with its range and where that is from."""
        if not scenario.uncertain:
            return
        console, document = data(), full_document(scenario)
        console.print()
        console.print("Not known for sure", style="bold")
        for key, one in scenario.uncertain.items():
            source = f", {one.source}" if one.source else ""
            figure = figure_at(document, key)
            tell(f"{key}: {figure:g}, from {one.low:g} to {one.high:g}{source}", mark="  ")
        together = [len(one.drawn) for one in scenario.uncertain.values() if one.drawn]
        if together:
            which = "All" if len(together) == len(scenario.uncertain) else f"{len(together)}"
            tell(
                f"{which} of these are drawn together: {max(together)} sets of figures, each "
                "estimated from days drawn anew.",
                mark="  ",
            )

    def _print_policies(self, scenario: Scenario) -> None:
        console = data()
        for policy, changed in self.changed.items():
            title = scenario.policies[policy].title
            console.print()
            console.print(f"{policy}: {title}" if title else policy, style="bold")
            for one in changed:
                if one.key != "phases":
                    tell(f"{one.key}: {_shown(one.old)} → {_shown(one.new)}", mark="  ")
            for phase in scenario.policies[policy].phases:
                for key, value in phase.changes.items():
                    tell(f"{phase.when}: {key} = {_shown(value)}", mark="  ")
                for key in phase.remove:
                    tell(f"{phase.when}: {key}: left out", mark="  ")
            if not changed:
                tell("changes nothing", mark="  ")

    def as_data(self) -> dict[str, Any]:
        """All of it, for programs."""
        return {
            "scenario": self.name,
            "usable": self.scenario is not None,
            "findings": self.rows(),
            "size": None if self.scenario is None else asdict(size_of(self.scenario)),
            "uncertain": [] if self.scenario is None else uncertain_rows(self.scenario),
            "policies": {
                policy: [one._asdict() for one in changed]
                for policy, changed in self.changed.items()
            },
        }

    def rows(self) -> list[dict[str, Any]]:
        """Problems and warnings, for programs."""
        found = [("problem", one) for one in self.problems]
        found += [("warning", one) for one in self.warnings]
        return [
            {
                "kind": kind,
                "file": one.file,
                "line": one.line,
                "key": one.key,
                "value": None if one.value is None else shortened(one.value),
                "rule": one.rule,
                "hint": one.hint,
            }
            for kind, one in found
        ]


def uncertain_rows(scenario: Scenario) -> list[dict[str, Any]]:
    """The figures that are not known for sure, with their ranges, for programs."""
    document = full_document(scenario) if scenario.uncertain else {}
    return [
        {
            "key": key,
            "value": figure_at(document, key),
            **one.model_dump(exclude={"drawn", "csv"}),
            "sets": len(one.drawn),
        }
        for key, one in scenario.uncertain.items()
    ]


def _is_much_more(one: Size, other: Size) -> bool:
    """Whether a reader of the other size would be surprised by it."""
    figures = ((one.contacts, other.contacts), (one.memory_mb, other.memory_mb))
    longer = one.seconds > max(_MUCH_MORE * other.seconds, 1.0)
    return longer or any(a > _MUCH_MORE * b for a, b in figures)


def _shown(value: object) -> str:
    return "left out" if value is None else shortened(value)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _size(scenario: Scenario) -> str:
    policies = _counted(len(scenario.policies), "policy").replace("policys", "policies")
    return (
        f"{_counted(len(scenario.reasons), 'reason')}, {_counted(len(scenario.groups), 'group')}, "
        f"{policies} in addition to {scenario.baseline}, {_counted(scenario.horizon.days, 'day')}."
    )
