"""The background of a report: what the policies change, warnings, how it was computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Protocol
from xml.etree.ElementTree import Element

from results.experiments.experiment import Experiment
from results.reading.names import title_of_policy, titles_of, titles_together
from results.report.elements import element, listed, table
from results.runs.origin import Origin
from scenarios import AssumedUnder, Scenario, differences, under_policies, warnings
from scenarios.files.documents import full_document
from scenarios.files.toml_text import shortened
from scenarios.policies.differences import Difference
from scenarios.rules.uncertain import figure_at


class Centre(Protocol):
    """A scenario with the policies that were run; an experiment is one."""

    @property
    def scenario(self) -> Scenario:
        """The scenario before any policy."""

    @property
    def policies(self) -> tuple[str, ...]:
        """Those that were run."""

    @property
    def under(self) -> Mapping[str, Scenario]:
        """The scenario under each of them."""


def today() -> str:
    """The day where it is written, as on a letter."""
    day = date.today()  # noqa: DTZ011 - as on a letter
    return f"{day.day} {day:%B %Y}"


def policies(centre: Centre) -> Iterator[Element]:
    """Each policy that was run, with the keys that it changes."""
    scenario, known = centre.scenario, centre.under
    for name in centre.policies:
        title = title_of_policy(scenario, name)
        unchanged = ", the scenario unchanged" if name == scenario.baseline else ""
        yield element("h3", f"{title}{unchanged} ", element("code", name))
        changed = differences(scenario, known[name])
        if changed:
            yield table(["Key", "Before", "Under this policy"], map(_change, changed))


def assumed(centre: Centre) -> list[Element]:
    """What the run took for granted about people and customers, with sources."""
    known = centre.under
    found = under_policies({name: known[name] for name in centre.policies})
    used = [one for one in found if one.assumed.stands]
    if not used:
        return [element("p", "No assumption of the register is in use.")]
    head = ["What is assumed", "Key", "Value", "Default", "Strength", "Source"]
    titles = titles_of(centre.scenario, centre.policies)
    rows = (_assumed(one, titles) for one in used)
    return [element("p", _HOW_SURE, class_="note"), table(head, rows, class_="assumed")]


_HOW_SURE = (
    "Strength: measured in a study, a standard of the field, a figure of a vendor, an assumption"
    " that nobody has measured, or the scenario's own figure. How much of the answer depends on "
    "each: firstline compare --sensitivity."
)


def _assumed(one: AssumedUnder, titles: Mapping[str, str]) -> list[Element | str]:
    row, assumption = one.assumed, one.assumed.assumption
    named = titles_together(titles[policy] for policy in one.policies)
    where = f" under {named}" if len(one.policies) < len(titles) else ""
    default = assumption.written(assumption.default) if row.overridden else "the same"
    value = f"{row.value_text}{where}"
    key, usual = (element("td", one, class_="aside") for one in (element("code", row.key), default))
    return [assumption.title, key, value, usual, row.strength, row.source]


def not_known(scenario: Scenario) -> list[Element]:
    """The scenario's own figures that are not known for sure, each with its range."""
    if not scenario.uncertain:
        return []
    document = full_document(scenario)
    head = ["Key", "Value", "Low", "High", "Source"]
    rows: list[list[Element | str]] = []
    for key, one in scenario.uncertain.items():
        figures = (figure_at(document, key), one.low, one.high)
        rows.append([element("code", key), *map(shortened, figures), one.source])
    return [
        element("h3", "Figures that are not known for sure"),
        element("p", _RANGES + _together(scenario), class_="note"),
        table(head, rows, class_="ranges"),
    ]


def _together(scenario: Scenario) -> str:
    drawn = [len(one.drawn) for one in scenario.uncertain.values() if one.drawn]
    if not drawn:
        return ""
    return f" {len(drawn)} of them are drawn together, from {max(drawn)} sets estimated anew."


_RANGES = (
    "By [uncertain] of the scenario. In how many centres with figures in these ranges a policy is "
    "better: firstline compare --uncertain."
)


def not_modelled() -> list[Element]:
    """What no scenario can say, in a sentence, and where it is written down."""
    return [
        element("h3", "What is not modelled"),
        element("p", _NOT_MODELLED),
    ]


_NOT_MODELLED = (
    "Customers and agents follow the rules of the scenario and no others. Not modelled are, among "
    "others, outages of systems, several sites with clocks of their own, agents who learn from "
    "each other, dates and seasons beyond the weeks simulated, and what customers tell others. "
    "The page cannot.md of firstline lists what no key can say, and what to write instead."
)


def doubts(centre: Centre) -> list[Element]:
    """What is allowed in the scenario and may well be a mistake."""
    found = warnings(centre.scenario, centre.under)
    if not found:
        return [element("p", "Nothing in the scenario looks like a mistake.")]
    return [listed(" ".join(str(problem).split()) for problem in found)]


def computing(
    experiment: Experiment, method: str, origin: Origin, state: str = ""
) -> list[Element]:
    """Seed, replications, intervals, versions: what is needed to do it again.

    Args:
        experiment: what was run.
        method: how the intervals were made, in sentences.
        origin: what it was made from.
        state: what is finished, in a sentence; that of the experiment when empty.
    """
    versions = ", ".join(f"{name} {version}" for name, version in origin.versions.items())
    days, warm_up = experiment.scenario.horizon.days, experiment.scenario.horizon.warm_up_days
    left_out = f", of which the first {warm_up:g} are left out" if warm_up else ""
    count = str(len(experiment.replications))
    return [
        element("p", state or experiment.state),
        element("p", method),
        table(
            ["", ""],
            [
                ["Seed", str(experiment.seed)],
                [f"Replications of each {'point' if state else 'policy'}", count],
                ["Days of each replication", f"{days}{left_out}"],
                ["Scenario (SHA-256)", element("code", origin.scenario_hash)],
                ["Versions", versions],
            ],
            class_="facts",
        ),
        element(
            "p",
            "The same scenario, seed and versions give the same figures to the last digit, "
            "whatever the number of processes.",
        ),
    ]


def _change(changed: Difference) -> list[Element | str]:
    old, new = (
        "left out" if value is None else element("code", shortened(value, 400))
        for value in (changed.old, changed.new)
    )
    return [element("code", changed.key), old, new]
