"""STRESS-DES: what a reader needs to judge a discrete-event simulation and to build it again.

The items and their numbers are those of Monks, Currie, Onggo, Robinson, Kunc and Taylor,
Strengthening the reporting of empirical simulation studies, Journal of Simulation 13 (2019). Each
is answered from the scenario and the run; what neither of them knows is said to be unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from xml.etree.ElementTree import Element

from results.comparison.comparison import Comparison
from results.experiments.experiment import Experiment
from results.measures.registry import MEASURES
from results.reading import format as words
from results.reading.names import name_in_words, title_of_policy
from results.report.elements import Content, element, section, table
from results.report.provenance import Provenance
from results.report.sceptic import STRENGTHS
from scenarios import Scenario, under_policies
from scenarios.calendar.calendar import calendar_of
from scenarios.calendar.spans import total
from scenarios.files.documents import short_document
from scenarios.files.toml_text import shortened
from scenarios.shares import percent_as_given

HEADING = "STRESS-DES checklist"

_SECTIONS = {
    "day_types": "days that differ from their weekday",
    "incidents": "incidents",
    "outages": "outages",
    "outbound": "lists of customers to call",
    "times_of_day": "rules by time of day",
    "root_causes": "root causes of contacts",
    "voice_menu": "a voice menu",
    "redial": "redials",
    "repeat": "repeats of unresolved cases",
    "acknowledgement": "announcements while waiting",
    "callback_offer": "callback offers",
    "history": "the customer's history",
    "authority": "limits of authority",
    "escalation": "escalation paths",
    "satisfaction": "satisfaction",
    "survey": "a survey",
    "loyalty": "loyalty",
    "word_of_mouth": "word of mouth",
    "uncertain": "figures that are uncertain themselves",
}
"""Behaviours that a scenario may leave out, by section."""


@dataclass(frozen=True)
class Reported:
    """What the checklist is filled from."""

    scenario: Scenario
    """Before any policy."""
    state: str
    """What is finished, in a sentence."""
    seed: int
    under: Mapping[str, Scenario]
    """The scenario under each policy that was run."""
    made: Provenance
    measures: Sequence[str]
    aims: str
    """What was set against what."""
    method: str
    """How means and intervals were made."""
    question: str = ""
    """What is asked, if not what the scenario asks."""

    @classmethod
    def comparison(
        cls,
        experiment: Experiment,
        comparison: Comparison,
        made: Provenance,
        measures: Sequence[str],
    ) -> Self:
        """Of policies that were compared."""
        scenario, (base, *others) = experiment.scenario, comparison.policies
        called = [title_of_policy(scenario, one) for one in others]
        aims = f"The centre under “{title_of_policy(scenario, base)}” alone is described."
        if called:
            aims = (
                f"“{title_of_policy(scenario, base)}” is compared with "
                f"{', '.join(f'“{one}”' for one in called)}."
            )
        under = {name: experiment.under[name] for name in experiment.policies}
        state, seed, method = experiment.state, experiment.seed, comparison.method
        return cls(scenario, state, seed, under, made, measures, aims, method)


def stress_des(found: Reported) -> Element:
    """The checklist as a section of a report."""
    items = [*_objectives(found), *_logic(found), *_data(found), *_rest(found)]
    note = (
        "Items of STRESS-DES (Monks et al., Journal of Simulation 13, 2019), filled from the "
        "scenario and the run. What neither of them says is called unknown: it is the author's "
        "to add."
    )
    return section(
        HEADING,
        element("p", note, class_="note"),
        table(["Item", "What is known"], items, class_="checklist"),
        *_inputs(found.scenario),
    )


Item = tuple[Content, Content]


def _objectives(found: Reported) -> Iterator[Item]:
    report, story = found.scenario.report, found.scenario.story
    asked = " ".join(filter(None, (found.question or report.question, story)))
    unknown = "Unknown: the scenario asks no question ([report] question)."
    yield "1.1 Purpose of the model", asked or unknown
    named = ", ".join(MEASURES[name].title for name in found.measures)
    yield "1.2 Model outputs", f"{named}. Equations: “What the measures mean”."
    yield "1.3 Experimentation aims", found.aims


def _logic(found: Reported) -> Iterator[Item]:
    scenario = found.scenario
    yield (
        "2.1 Base model diagram",
        (
            "Contact → opening hours and lines → menu, if any → queue → agent → solved, asked for "
            "approval, passed on, promised, or come again. The page model.md of firstline says it "
            "step by step."
        ),
    )
    used = [said for name, said in _SECTIONS.items() if getattr(scenario, name)]
    left_out = [said for name, said in _SECTIONS.items() if not getattr(scenario, name)]
    on = f"With {', '.join(used)}. " if used else "The plain queue, with nothing added. "
    yield "2.2 Base model logic", on + (f"Left out: {', '.join(left_out)}." if left_out else "")
    yield "2.3 Scenario logic", "“What the policies change” lists each key, before and after."
    routing = scenario.routing
    yield (
        "2.4 Algorithms",
        (
            f"A free agent is chosen by {name_in_words(routing.agent_choice).lower()}, a waiting "
            f"contact by {name_in_words(routing.contact_choice).lower()}; at closing time: "
            f"{name_in_words(scenario.opening.at_closing).lower()}."
        ),
    )
    reasons = [one.title or name_in_words(name) for name, one in scenario.reasons.items()]
    yield "2.5.1 Entities", f"Customers with a case; their reasons are: {', '.join(reasons)}."
    yield (
        "2.5.2 Activities",
        (
            "Talking or writing, holding, wrapping up, asking and deciding, keeping promises, own "
            "work; the times are in the tables below."
        ),
    )
    groups = [one.title or name_in_words(name) for name, one in scenario.groups.items()]
    yield "2.5.3 Resources", f"Agents in groups: {', '.join(groups)}; lines where they are limited."
    yield "2.5.4 Queues", "One for each group and channel; who waits goes when patience ends."
    yield (
        "2.5.5 Entry and exit",
        (
            "A case enters with its first contact. It leaves resolved or given up, or is open at "
            "the end of the horizon."
        ),
    )


def _data(found: Reported) -> Iterator[Item]:
    scenario = found.scenario
    used = [one.assumed for one in under_policies(found.under) if one.assumed.stands]
    known = f" Real figures to hold it to: {len(scenario.expect)} ([expect])."
    yield (
        "3.1 Data sources",
        "Unknown: a scenario does not say where its volumes, times and rosters come from; its "
        "comments may." + (known if scenario.expect else ""),
    )
    yield "3.2 Pre-processing", "Unknown, for the same reason."
    yield (
        "3.3 Input parameters",
        "All are in scenario.toml of the run folder; the main ones are in the tables below.",
    )
    counts = Counter(one.strength for one in used)
    strong = ", ".join(f"{count} {STRENGTHS[kind]}" for kind, count in counts.most_common())
    nothing = "No assumption of the register is in use."
    yield (
        "3.4 Assumptions",
        f"{len(used)} of the register are in use ({strong}), each under “What is assumed” with "
        "its source and strength."
        if used
        else nothing,
    )


def _rest(found: Reported) -> Iterator[Item]:
    horizon, made = found.scenario.horizon, found.made
    warm = f"the first {horizon.warm_up_days:g} days are left out" if horizon.warm_up_days else ""
    yield (
        "4.1 Initialisation",
        f"Empty at the first midnight; {warm or 'there is no warm-up: every day counts'}.",
    )
    days = "1 day" if horizon.days == 1 else f"{horizon.days} days"
    yield (
        "4.2 Run length",
        f"{days} from a {horizon.first_weekday.capitalize()} on, in each replication.",
    )
    yield "4.3 Estimation", f"{found.state} {found.method}"
    versions = made.origin.versions
    yield (
        "5.1 Software",
        (
            f"firstline {versions.get('firstline', 'of an unknown version')} on SimPy "
            f"{versions.get('simpy', '?')}, Python {versions.get('python', '?')}."
        ),
    )
    yield (
        "5.2 Random sampling",
        (
            "SplitMix64 keyed by BLAKE2b: each draw is a function of the seed, the replication, "
            "the customer and its purpose, so every policy meets the same customers (common random "
            f"numbers). Seed {found.seed}."
        ),
    )
    yield (
        "5.3 Model execution",
        "Event by event; what happens in the same instant has a fixed order. Replications run in "
        "parallel without changing a bit."
        + ("" if made.took_s is None else f" The run took {words.duration(made.took_s)}."),
    )
    yield (
        "5.4 System specification",
        "Unknown: the run does not note its machine, on which no figure depends.",
    )
    folder = f" ({made.folder})" if made.folder else ""
    yield (
        "6.1 Code access",
        (
            "firstline is free software under the Apache License 2.0; “How it was computed” has "
            f"versions and commands. The scenario is in the run folder{folder}; whether that is "
            "published, the report cannot know."
        ),
    )


def _inputs(scenario: Scenario) -> list[Element]:
    """The main figures of the scenario, as it stands before any policy."""
    document, calendar = short_document(scenario), calendar_of(scenario)
    days = max(len(calendar.laid_out), 1)
    reasons: list[list[Content]] = [
        [
            one.title or name_in_words(name),
            f"{total(calendar.volume(name)) / days:,.0f}",
            ", ".join(one.channels),
            *_times(document["reasons"][name]),
        ]
        for name, one in scenario.reasons.items()
    ]
    groups: list[list[Content]] = [
        [
            one.title or name_in_words(name),
            str(one.tier),
            str(one.places()),
            one.authority or "nothing stated",
            percent_as_given(one.absence),
            words.value(one.cost_per_hour, "money", scenario.costs.currency),
        ]
        for name, one in scenario.groups.items()
    ]
    volume = "New cases a day" if days == 1 else "New cases a day, mean"
    return [
        element("h3", "Customers"),
        table(["Reason", volume, "Channels", "Handling", "Patience"], reasons, class_="facts"),
        element("h3", "People"),
        table(
            ["Group", "Tier", "People", "May decide", "Absent", "Wage an hour"],
            groups,
            class_="facts",
        ),
    ]


def _times(reason: Mapping[str, Any]) -> tuple[Element, Element]:
    """Handling and patience as they are written in the scenario."""
    handling = {
        f"{channel} {key}": value
        for channel, times in reason.get("handling", {}).items()
        for key, value in times.items()
    }
    given = reason.get("patience_s", {})
    patience = dict(given) if isinstance(given, dict) else {"": given}
    if (factor := reason.get("patience_factor", 1.0)) != 1.0:
        patience["times"] = factor
    return _written(handling), _written(patience)


def _written(values: Mapping[str, Any]) -> Element:
    said = "; ".join(f"{name} {shortened(value, 200)}".strip() for name, value in values.items())
    return element("td", element("code", said) if said else "none given")
