"""Experiments with made-up findings, for tests of what is drawn and written about them.

Nothing is simulated. A shop is open from 09:00 to 17:00 for two days; its customers make each
replication a bit better or worse under every policy alike.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from results.charts.catalogue import CHARTS
from results.comparison.better_or_worse import Effect
from results.comparison.compare import compare
from results.comparison.comparison import Difference
from results.comparison.estimate import Estimate
from results.comparison.reported import difference_of, main_measures
from results.experiments.experiment import Experiment
from results.facts.came import CAME
from results.facts.endings import ENDINGS
from results.facts.hours import WORK
from results.measures.intervals import COLUMNS
from results.measures.registry import MEASURES
from results.measures.slice import Cut
from results.measures.summary import AccountKey, Summary
from results.measures.waits import UNANSWERED, UNTIL_RESOLVED, WAIT_EDGES
from results.sensitivity.swings import Sensitivity, Swing
from results.why.account import Accounting
from results.why.accounting import accounting
from results.why.counterfactual import Counterfactual
from results.why.game import Game, GamePlan, Point
from results.why.mechanisms import TITLES
from results.why.shapley import every_set
from scenarios import Scenario
from scenarios.parts.part import Part
from scenarios.parts.returning import Redial
from scenarios.parts.satisfaction import Leaving
from scenarios.policies.policy_set import PolicySet
from scenarios.register import REGISTER

OPEN, CLOSE = 9, 17
DAYS = 2
WEEKS = (1, 2, 3)
"""Distinguished in the findings, though nobody would simulate weeks of two days."""


@dataclass(frozen=True)
class Effects:
    """What a policy brings about, before the customers of a replication make it differ."""

    wait_s: float = 40.0
    fcr_complaints: float = 0.6
    abandonment: float = 0.05
    total_cost: float = 1_000.0
    give_away: float = 0.0
    coaching_done: float = 0.5
    approvals: float = 0.7
    alone: int = 40
    spread: float = 1.0
    """How much the replications differ."""


TODAY = Effects()
FREER = Effects(
    wait_s=30.0,
    fcr_complaints=0.8,
    total_cost=1_200.0,
    give_away=80.0,
    coaching_done=0.9,
    approvals=0.2,
    alone=70,
)


def shop(policies: Mapping[str, Effects], *, complaints: bool = True) -> Scenario:
    """The shop's scenario; the first policy is its baseline."""
    baseline, *others = policies
    late_parcel = {
        "complaint": complaints,
        "volume": {"per_day": 100},
        "groups": ["front_line"],
        "handling": {"voice": {"talk_s": 180}},
    }
    roster = {"day": {"start": "09:00", "end": "17:00", "heads": 3}}
    return Scenario.model_validate(
        {
            "title": "A shop",
            "baseline": baseline,
            "horizon": {"days": DAYS},
            "targets": {"interval_min": 60},
            "opening": {"hours": "09:00-17:00"},
            "reasons": {"late_parcel": late_parcel},
            "groups": {
                "front_line": {"title": "Front line", "shifts": roster},
                "supervisors": {
                    "title": "Supervisors",
                    "tier": 2,
                    "shifts": roster,
                    "own_work": {"hours_per_day": 4},
                },
            },
            "policies": {name: {"title": f"Try {name}"} for name in others},
        }
    )


def pictured(
    policies: Mapping[str, Effects], replications: int = 5, *, complaints: bool = True
) -> Experiment:
    """An experiment that found these effects, the baseline first."""
    finished = {
        (policy, number): _summary(effects, index, number, complaints)
        for index, (policy, effects) in enumerate(policies.items())
        for number in range(replications)
    }
    scenario = shop(policies, complaints=complaints)
    return Experiment(scenario, tuple(policies), 7, replications, finished, complete=True)


def two() -> Experiment:
    """The rules of today against freer ones, which help clearly."""
    return pictured({"today": TODAY, "freer": FREER})


def crowd() -> Experiment:
    """Eight policies with long names that come out almost alike."""
    names = [f"the-policy-with-a-long-name_number-{number}" for number in range(8)]
    return pictured(
        {
            name: replace(TODAY, wait_s=40.0 + number / 10.0, fcr_complaints=0.6 + number / 1e3)
            for number, name in enumerate(names)
        }
    )


def sensitivity_of(experiment: Experiment, *, complete: bool = True) -> Sensitivity:
    """What the total cost depends on: leaving turns every verdict, trying again hardly moves it."""
    baseline, *others = experiment.policies

    def difference(mean: float, effect: Effect) -> Difference:
        return Difference(Estimate(mean, 20.0, 5), mean / 1_000.0, effect != "unclear", effect)

    def swing(policy: str, part: type[Part], field: str, reach: float) -> Swing:
        (one,) = (one for one in REGISTER if (one.part, one.field) == (part, field))
        turned: Effect = "better" if reach > 200.0 else "worse"
        return Swing(
            policy=policy,
            assumption=one,
            keys=(f"somewhere.{field}",),
            low=one.low,
            high=one.high,
            as_assumed=difference(200.0, "worse"),
            at_low=difference(200.0 - reach, turned),
            at_high=difference(200.0 + reach, "worse"),
        )

    return Sensitivity(
        measure="total_cost",
        policies=(baseline, *others),
        replications=5,
        planned=5 if complete else 8,
        complete=complete,
        currency="€",
        swings={
            policy: (
                swing(policy, Leaving, "unresolved", 300.0),
                swing(policy, Redial, "max_tries", 50.0),
                swing(policy, Redial, "delay_min", 0.0),
            )
            for policy in others
        },
        levers=(),
    )


ALL = tuple(name for name in CHARTS if name != "weekdays")
"""Every chart that has something to show here: two days make no week."""


def why_of(experiment: Experiment) -> Accounting | None:
    """Why the last policy differs; None where there is only one."""
    *others, last = experiment.policies
    if not others:
        return None
    return replace(accounting(experiment, last), counterfactual=counterfactual_of(experiment))


def counterfactual_of(experiment: Experiment) -> Counterfactual:
    """One of two changes does all that the last policy does, and all of it comes directly."""
    base, *_, last = experiment.policies
    comparison = compare(experiment)
    points = {name: Point(experiment.scenario) for name in (base, last)}
    asked = PolicySet(experiment.scenario, {})

    def game(players: tuple[str, str], *, direct: bool) -> Game:
        pairs = {
            chosen: (last, base) if direct or 0 in chosen else (base, base)
            for chosen in every_set(2)
        }
        plan = GamePlan(last, base, players, (), points, pairs, asked)
        return Game(plan, replace(experiment, policies=(base, last)))

    differ, rest = main_measures(comparison, last)
    return Counterfactual(
        last,
        base,
        comparison.title_of(last),
        {
            "which_change": game((f"groups.{last}", "waiting"), direct=False),
            "through_what": game((TITLES["retelling"], TITLES["generosity"]), direct=True),
        },
        (*differ, *rest),
        {name: difference_of(comparison, last, name).estimate for name in (*differ, *rest)},
        comparison.replications,
        comparison.currency,
        comparison.answer_within_s,
    )


def _summary(effects: Effects, policy: int, replication: int, complaints: bool) -> Summary:
    customers = effects.spread * np.random.default_rng(replication).normal()
    chance = effects.spread * np.random.default_rng([replication, policy]).normal()
    wait = effects.wait_s * (1.0 + 0.1 * customers + 0.02 * chance)
    values = {
        "asa": wait,
        "fcr": 0.9 + 0.01 * customers + 0.001 * chance if complaints else 1.0,
        "fcr_complaints": (
            effects.fcr_complaints + 0.02 * customers + 0.002 * chance if complaints else math.nan
        ),
        "abandonment": effects.abandonment + 0.005 * customers + 0.0005 * chance,
        "coaching_done": effects.coaching_done + 0.01 * chance,
        "approvals_per_complaint": effects.approvals + 0.01 * chance if complaints else math.nan,
        **_money(effects, customers + 0.1 * chance),
    }
    shares = {
        "sl_answered": 0.8 - 0.02 * customers - 0.002 * chance,
        # Of waits of hours nobody is answered in time.
        "service_level": max(
            0.75 - 0.02 * customers - 0.002 * chance - (effects.wait_s - 40.0) / 200.0, 0.0
        ),
    }
    values |= {
        "promises_kept": 0.8 + 0.01 * chance,
        "time_to_resolution": 7_000.0 + 100.0 * customers,
        "service_level": shares["service_level"],
    }
    values |= {"failure_demand": 0.3 - effects.fcr_complaints / 5.0, "failure_contacts": 30.0}
    causes = {"not_resolved": 10.0 + chance, "abandoned": 5.0, "complaint": 15.0 - chance}
    occupancies = {
        ("group", "front_line"): {"occupancy": 0.8 + 0.01 * chance},
        ("group", "supervisors"): {"occupancy": effects.approvals + 0.01 * chance},
    }
    endings = _endings(effects, replication)
    return Summary(
        values={
            ("all", ""): _defined(values),
            ("channel", "voice"): _defined(shares),
            **{cut: _defined(found) for cut, found in occupancies.items()},
            **{
                ("cause", name): {"failure_contacts": found, "failure_demand": found / 100.0}
                for name, found in causes.items()
            },
            **{("week", str(week)): _week(values, week, replication) for week in WEEKS},
        },
        intervals=_tables(wait, values["approvals_per_complaint"], occupancies),
        endings={
            "all": endings,
            "complaints": endings if complaints else dict.fromkeys(ENDINGS, 0),
        },
        waits={
            "voice": _waits(wait),
            "chat": np.zeros(len(WAIT_EDGES) - 1, dtype=np.int64),
            f"voice{UNANSWERED}": _waits(wait) // 10,
            f"chat{UNANSWERED}": np.zeros(len(WAIT_EDGES) - 1, dtype=np.int64),
            UNTIL_RESOLVED: _waits(wait) // 12,
        },
        accounts=_accounts(effects, customers, chance),
    )


def _accounts(
    effects: Effects, customers: float, chance: float
) -> dict[AccountKey, dict[str, float]]:
    """Hours that asking takes from agents and supervisors alike, and customers who come again."""
    hold = 20.0 * effects.approvals + 0.1 * chance
    again = 100.0 * (1.0 - effects.fcr_complaints) + customers
    agents = {"talk_first": 20.0 + customers, "hold_approval": hold}
    agents["idle"] = 48.0 - sum(agents.values())
    bosses = {"deciding": hold, "own_work": 20.0 * effects.coaching_done}
    bosses["idle"] = 48.0 - sum(bosses.values())
    nothing = dict.fromkeys(WORK, 0.0)
    return {
        ("hours", "front_line"): nothing | agents,
        ("hours", "supervisors"): nothing | bosses,
        ("contacts", ""): dict.fromkeys(CAME, 0.0) | {"first": 200.0, "repeat": again},
    }


def _week(values: Mapping[str, float], week: int, replication: int) -> dict[str, float]:
    """Customers wait longer from week to week, and somebody leaves."""
    chance = float(np.random.default_rng([replication, week]).normal())
    people = {"headcount": 10.0 - week + 0.1 * chance, "tenure": 50.0 + week + chance}
    wait = values["asa"] * (1.0 + 0.1 * week) + chance
    return _defined({**values, **people, "attrition": 0.2 + 0.01 * chance, "asa": wait})


def _defined(values: Mapping[str, float]) -> dict[str, float]:
    return {name: values.get(name, math.nan) for name in MEASURES}


def _money(effects: Effects, noise: float) -> dict[str, float]:
    parts = {"staff_cost": 600.0, "telecom_cost": 50.0, "give_away": effects.give_away}
    service = sum(parts.values())
    remedies = {"remedy_owed_paid": 200.0, "remedies_withheld": 30.0, "remedies_open": 20.0}
    due = sum(remedies.values())
    return {
        **parts,
        **remedies,
        "remedies_due": due,
        "service_cost": service,
        "revenue_at_risk": effects.total_cost - due - service + 10.0 * noise,
        "total_cost": effects.total_cost + 10.0 * noise,
    }


def _endings(effects: Effects, replication: int) -> dict[str, int]:
    """A hundred cases and a few."""
    counts = dict.fromkeys(ENDINGS, 0)
    counts |= {"alone": effects.alone + replication, "approved": 80 - effects.alone}
    counts |= {"promise_kept": 10, "given_up": 8, "open": 2}
    return counts


def _tables(
    wait: float, approvals: float, occupancies: Mapping[Cut, Mapping[str, float]]
) -> dict[Cut, dict[str, np.ndarray]]:
    hour = np.arange(24 * DAYS) % 24
    is_open = (hour >= OPEN) & (hour < CLOSE)
    # Customers wait twice as long at noon, and twice as many questions do.
    noon = np.where(hour == 12, 2.0, 1.0)
    waits = np.where(is_open, wait * noon, np.nan)
    answered = np.where(is_open, 10.0, 0.0)
    nothing = np.full(len(hour), np.nan)

    def table(**columns: np.ndarray) -> dict[str, np.ndarray]:
        return {name: columns.get(name, nothing).astype(np.float32) for name in COLUMNS}

    staffed = np.where(is_open | (hour == CLOSE), 3.0, 0.0)
    return {
        ("all", ""): table(
            start_s=3_600.0 * np.arange(24 * DAYS),
            staffed=2.0 * staffed,
            approvals_waiting=np.where(is_open, approvals * noon, 0.0),
            backlog=np.where(is_open, 3.0, 1.0),
        ),
        ("channel", "voice"): table(
            asa_s=waits,
            answered=answered,
            offered=1.2 * answered,
            aht_s=np.where(is_open, 600.0, np.nan),
            service_level=np.where(is_open, 0.7, np.nan),
        ),
        ("channel", "chat"): table(answered=np.zeros(len(hour))),
        **{
            # The last contact of the day is finished after closing time.
            cut: table(occupancy=np.where(staffed > 0, found["occupancy"], np.nan), staffed=staffed)
            for cut, found in occupancies.items()
        },
    }


def _waits(wait: float) -> np.ndarray:
    """A thousand exponential waits of this mean, in the bins of the histogram."""
    if math.isnan(wait):
        return np.zeros(len(WAIT_EDGES) - 1, dtype=np.int64)
    below = 1.0 - np.exp(-WAIT_EDGES / wait)
    return np.diff(np.round(1_000 * below)).astype(np.int64)
