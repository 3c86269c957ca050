"""Options of the command line, parsed: the scenario, and names of things in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

import typer

from results.charts.titles import TITLES
from results.comparison.compare import measures_of
from results.comparison.estimate import TOTAL
from results.comparison.ranking import LEAST as RANKED_AT_LEAST
from results.comparison.ranking import rankable
from results.errors import ExperimentError, unknown
from results.experiments.experiment import chosen_policies
from results.measures.registry import MEASURES
from results.measures.renamed import answered
from results.reading.by import By
from results.why.accounting import refuse_unexplained
from scenarios import (
    Scenario,
    ScenarioError,
    library,
    override,
    parse_changes,
)
from scenarios.load import named
from tui.command_line.overriding import options_by_key, sentences
from tui.command_line.standard_input import DASH, STEM, load_named
from tui.terminal.console import say
from tui.terminal.drawing import Wanted
from tui.terminal.exits import ExitCode
from tui.terminal.lists import listed
from tui.terminal.precision import parse_precision as parse_precision  # an option as the others
from tui.terminal.precision import refuse_lonely_difference as refuse_lonely_difference
from tui.terminal.refusals import refuse

EVERYTHING = "all"

MEASURE = "measure"
"""The noun of what may have had another name in an earlier version."""


def load_scenario(
    name: str,
    changes: list[str] | None = None,
    days: int | None = None,
    policies: Collection[str] | None = None,
) -> Scenario:
    """The scenario with the changes of the command line, which hold under every policy.

    Where they change again what a policy changes, that is said.

    Args:
        name: of a shipped scenario, or the path of a file.
        changes: as they were given, ``key=value`` or ``key+=number``.
        days: days to simulate instead of the scenario's.
        policies: those that are asked about; all when None.

    Raises:
        ScenarioError: the file cannot be read, or cannot work.
    """
    scenario = load_named(name)
    try:
        wanted = parse_changes(changes or [])
        if days is not None:
            wanted["horizon.days"] = days
        overridden = override(scenario, wanted)
    except ScenarioError as error:
        # The file is fine: it is the command that asks for what cannot be.
        refuse(str(error), ExitCode.USAGE)
    for sentence in sentences(overridden, options_by_key(changes or [], days), policies):
        say(sentence)
    return overridden.scenario


def file_of(name: str) -> str:
    """The whole path of an own scenario file; empty for a shipped one and for standard input."""
    if name == DASH:
        return ""
    path = named(name).resolve()
    shipped = path.stem in library.names() and path == library.path_of(path.stem).resolve()
    return "" if shipped else str(path)


def stem_of(name: str) -> str:
    """What a scenario is called in the name of a run folder."""
    return STEM if name == DASH else Path(name).stem


def parse_policies(scenario: Scenario, text: str | None) -> list[str] | None:
    """The policies in a list with commas; None when all are meant."""
    names = listed(text)
    if names is None:
        return None
    return known("policy", names, _policies_in(scenario), "--policies")


def parse_against(scenario: Scenario, chosen: list[str] | None, name: str | None) -> str | None:
    """The policy that the others are set against; None is the baseline.

    Args:
        scenario: that is run.
        chosen: the policies that are run; None is all.
        name: as it was given; None when it was not.
    """
    if name is None:
        return None
    return known("policy", [name], chosen or _policies_in(scenario), "--against")[0]


def parse_why(
    scenario: Scenario, chosen: list[str] | None, rival: str | None, name: str | None
) -> str | None:
    """The policy whose difference is to be explained; None when none was named.

    Args:
        scenario: that is run.
        chosen: the policies that are run; None is all.
        rival: the policy that the others are set against; None is the baseline.
        name: as it was given; None when it was not.
    """
    if name is None:
        return None
    policies = list(chosen_policies(scenario, chosen))
    base = rival or policies[0]
    return explained(name, [base, *(one for one in policies if one != base)])


def explained(name: str, policies: list[str]) -> str:
    """A policy whose difference can be explained.

    Args:
        name: as it was given.
        policies: those compared, the one that the others are set against first.

    Raises:
        typer.BadParameter: it is not compared, or the others are compared with it.
    """
    try:
        refuse_unexplained(name, policies)
    except ExperimentError as error:
        raise typer.BadParameter(str(error), param_hint="--why") from error
    return name


def parse_rival(scenario: Scenario, name: str) -> str:
    """A policy other than the baseline.

    Raises:
        typer.BadParameter: there is none of that name, or it is the baseline itself.
    """
    found = known("policy", [name], _policies_in(scenario), "POLICY")[0]
    if found == scenario.baseline:
        raise typer.BadParameter(
            f"{name} is the baseline itself, which is worth nothing against itself.",
            param_hint="POLICY",
        )
    return found


def parse_policy(scenario: Scenario, name: str | None) -> str:
    """One policy; the baseline when none was named."""
    if name is None:
        return scenario.baseline
    return known("policy", [name], _policies_in(scenario), "--policy")[0]


def _policies_in(scenario: Scenario) -> list[str]:
    return [scenario.baseline, *scenario.policies]


def parse_measures(text: str | None, by: By | None = None) -> list[str] | None:
    """The measures in a list with commas, or all there are; None when none was named.

    Those that do not exist for the parts are left out, and it is said which.

    Args:
        text: the list.
        by: what the answer is broken down by: not every measure exists for every part.

    Raises:
        typer.BadParameter: a measure is not known, or none of them exists for the parts.
    """
    names, kind = listed(text), TOTAL[0] if by is None else by.value
    if names is None:
        return None
    if names == [EVERYTHING]:
        return list(measures_of((kind, "")))
    wanted = known(MEASURE, names, MEASURES, "--measures")
    there = [name for name in wanted if kind in MEASURES[name].scope]
    left_out = [_not_there(name, kind) for name in wanted if name not in there]
    if not there:
        raise typer.BadParameter(" ".join(left_out), param_hint="--measures")
    for rule in left_out:
        say(f"Left out: {rule}")
    return there


def parse_charts(
    text: str | None, no_charts: bool, by: By | None = None, known: Collection[str] = TITLES
) -> Wanted:
    """What is to be drawn: nothing, the charts in a list with commas, or those of the scenario.

    Args:
        text: the list.
        no_charts: nothing is to be drawn.
        by: what the answer is broken down by.
        known: the charts that there are.

    Raises:
        typer.BadParameter: a chart is not known, or none is wanted and some are.
    """
    names = listed(text)
    if names is None:
        return Wanted(draw=not no_charts, by=by)
    if no_charts:
        raise typer.BadParameter("give either --charts or --no-charts.", param_hint="--charts")
    for name in names:
        if name not in known:
            rule = f"there is no chart '{name}'. There are: {', '.join(known)}."
            raise typer.BadParameter(rule, param_hint="--charts")
    return Wanted(names=tuple(names), by=by)


def _not_there(name: str, kind: str) -> str:
    return f"{name} does not exist by {kind}, only for {', '.join(MEASURES[name].scope)}."


def measure_of_the_centre(name: str | None, option: str) -> str | None:
    """A measure that exists for the whole centre; None when none was named."""
    if name is None:
        return None
    whole = [one for one, measure in MEASURES.items() if measure.exists_for(TOTAL[0])]
    return known(MEASURE, [name], whole, option)[0]


def parse_rank(name: str | None, policies: int) -> str | None:
    """The measure in whose order the policies are put; None when none was named.

    Args:
        name: as it was given.
        policies: how many are run.

    Raises:
        typer.BadParameter: there is no such measure, it orders nothing, or only one policy is run.
    """
    measure = measure_of_the_centre(name, "--rank")
    if measure is None:
        return None
    if not rankable(measure):
        raise typer.BadParameter(
            f"neither more nor less of {measure} is better: it orders nothing.", param_hint="--rank"
        )
    if policies < RANKED_AT_LEAST:
        raise typer.BadParameter("it takes two policies to rank them.", param_hint="--rank")
    return measure


def known(noun: str, names: list[str], there: Iterable[str], option: str) -> list[str]:
    """The names themselves, when there is a thing of each name.

    Raises:
        typer.BadParameter: there is not; with the nearest name.
    """
    there = list(there)
    for name in names:
        if name not in there:
            was = answered(name, there) if noun == MEASURE else ""
            raise typer.BadParameter(was or unknown(noun, name, there), param_hint=option)
    if not names:
        raise typer.BadParameter(
            f"names no {noun}. Known are: {', '.join(there)}.", param_hint=option
        )
    return names
