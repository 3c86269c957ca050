"""Accounting: the difference that a policy makes, split exactly into parts, without a further run.

Hours by what they were spent on, contacts by why they came, cases by how they ended, money by kind.
In every replication the parts add up to the whole, so their mean differences do too. Intervals and
claims are those of the comparison: t intervals of the pairs, adjusted for the number of policies
(``compare``), and a part is certain where it differs for certain among all parts of all policies
and by as much as matters (``claims``): one point of the whole account, or of money the scenario's
share of the service cost.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

import numpy as np
from numpy.typing import NDArray

from results.comparison.claims import SAME, Claim, Key, claims_of
from results.comparison.compare import paired_difference
from results.comparison.doubts import values_of_customers
from results.comparison.estimate import TOTAL, across, adjusted
from results.comparison.unseen import outlasted
from results.errors import ExperimentError, unknown
from results.experiments.experiment import Experiment
from results.facts.hours import WORK
from results.measures.summary import Summary
from results.reading.names import title_of_policy
from results.why.account import WHOLE, Account, Accounting, Line
from results.why.parts import ACCOUNTS, PARTS, SERVICE, UNITS, AccountName
from results.why.words import headline, sentence
from scenarios.schema import Scenario

Floats = NDArray[np.float64]
Amounts = dict[AccountName, dict[str, Floats]]
"""By account and part, what it comes to in each replication, shape (replications,)."""

WEEK_DAYS = 7.0

NO_ACCOUNTS = (
    "This run keeps no accounts of hours and contacts: it was stored by an earlier version, or its "
    "file accounts.parquet is gone. Run it again to see why its policies differ."
)


def accounting(experiment: Experiment, policy: str, confidence: float = 0.95) -> Accounting:
    """Split the difference between a policy and the first one of an experiment.

    Args:
        experiment: only replications finished under every policy count.
        policy: any but the first.
        confidence: of all differences of a part together.

    Raises:
        ExperimentError: there is no such policy, it is the one that the others are set against,
            nothing is finished, or the run keeps no accounts.
    """
    refuse_unexplained(policy, experiment.policies)
    return accountings(experiment, confidence)[policy]


def refuse_unexplained(policy: str, policies: Sequence[str]) -> None:
    """Refuse a policy whose difference cannot be asked for.

    Args:
        policy: by name.
        policies: those compared; the others are set against the first.

    Raises:
        ExperimentError: it is not among them, or it is the first.
    """
    base, *others = policies
    if policy not in policies:
        raise ExperimentError(unknown("policy", policy, others or policies))
    if policy == base:
        named = f"Name one of: {', '.join(others)}." if others else "There is no other policy."
        raise ExperimentError(
            f"'{policy}' is what the others are compared with, so there is no difference to "
            f"explain. {named}"
        )


def accountings(experiment: Experiment, confidence: float = 0.95) -> dict[str, Accounting]:
    """The same for every policy but the first.

    Raises:
        ExperimentError: nothing is finished, or the run keeps no accounts.
    """
    if not experiment.replications:
        raise ExperimentError(f"Nothing can be explained yet. {experiment.state}")
    if not keeps_accounts(experiment):
        raise ExperimentError(NO_ACCOUNTS)
    base, *others = experiment.policies
    found = amounts(experiment)
    claims = _claims(experiment, found, confidence)
    level = adjusted(confidence, len(others))
    valued = values_of_customers(_under(experiment, base))
    each = {
        policy: Accounting(
            policy,
            base,
            title_of_policy(experiment.scenario, policy),
            title_of_policy(experiment.scenario, base),
            tuple(_accounts(experiment, found[policy], found[base], level, claims[policy])),
            len(experiment.replications),
            sum(map(len, claims.values())),
            experiment.scenario.costs.currency,
            valued != values_of_customers(_under(experiment, policy)),
        )
        for policy in others
    }
    return {
        policy: replace(one, sentence=sentence(one), headline=headline(one))
        for policy, one in each.items()
    }


def keeps_accounts(experiment: Experiment) -> bool:
    """Whether every replication of a run has its accounts; an earlier version stored none."""
    return all(one.accounts for found in experiment.summaries.values() for one in found)


def amounts(experiment: Experiment) -> dict[str, Amounts]:
    """What each part of each account comes to under each policy, replication by replication.

    Hours, contacts and cases are a week where a week or more is measured, else a day; money is a
    day. An account is there where it has anything under any of the policies.
    """
    in_all = _counts_all(experiment)
    scale = _scale(experiment)[0]
    tiers = {
        policy: {name: one.tier for name, one in _under(experiment, policy).groups.items()}
        for policy in experiment.policies
    }
    found = {
        policy: {
            "agents": _hours(summaries, tiers[policy], scale, front=True),
            "supervisors": _hours(summaries, tiers[policy], scale, front=False),
            "contacts": _contacts(summaries, scale),
            "cases": _cases(summaries, scale),
            "money": _money(summaries, in_all=in_all),
        }
        for policy, summaries in experiment.summaries.items()
    }
    there = [
        name for name in ACCOUNTS if any(_anything(of[name].values()) for of in found.values())
    ]
    return {policy: {name: of[name] for name in there} for policy, of in found.items()}


def _under(experiment: Experiment, policy: str) -> Scenario:
    """The scenario under a policy; as it is where a stored run has a policy of another file."""
    return experiment.under.get(policy, experiment.scenario)


def _scale(experiment: Experiment) -> tuple[float, str]:
    """What turns an amount over the days measured into one a week or a day, and which it is."""
    horizon = experiment.scenario.horizon
    days = horizon.days - horizon.warm_up_days
    return (WEEK_DAYS / days, "a week") if days >= WEEK_DAYS else (1.0 / days, "a day")


def _anything(values: Iterable[Floats]) -> bool:
    return any(bool(np.any(one != 0.0)) for one in values)


def _hours(
    summaries: Sequence[Summary], tiers: Mapping[str, int], scale: float, *, front: bool
) -> dict[str, Floats]:
    """Paid hours of tier 1, or of all above it."""
    found = {part: np.zeros(len(summaries)) for part in WORK}
    for number, summary in enumerate(summaries):
        for (kind, group), parts in summary.accounts.items():
            if kind == "hours" and (tiers.get(group, 1) == 1) == front:
                for part, hours in parts.items():
                    found[part][number] += scale * hours
    return found


def _contacts(summaries: Sequence[Summary], scale: float) -> dict[str, Floats]:
    counts = [one.accounts["contacts", ""] for one in summaries]
    return {
        part: scale * np.array([one.get(part, 0.0) for one in counts]) for part in PARTS["contacts"]
    }


def _cases(summaries: Sequence[Summary], scale: float) -> dict[str, Floats]:
    counts = [one.endings["all"] for one in summaries]
    return {
        part: scale * np.array([float(one.get(part, 0)) for one in counts])
        for part in PARTS["cases"]
    }


def _money(summaries: Sequence[Summary], *, in_all: bool) -> dict[str, Floats]:
    """Money a day by kind; training is paid as staff, and stands apart."""
    found = {part: np.nan_to_num(across(summaries, part, TOTAL)) for part in PARTS["money"]}
    found["staff_cost"] = found["staff_cost"] - found["training_cost"]
    return found if in_all else {part: found[part] for part in SERVICE}


def _counts_all(experiment: Experiment) -> bool:
    """Whether it is known under every policy what is lost with the customers who leave."""
    if outlasted(experiment):
        return False
    return not any(
        math.isnan(value)
        for found in experiment.summaries.values()
        for value in across(found, "total_cost").tolist()
    )


def _claims(
    experiment: Experiment, found: Mapping[str, Amounts], confidence: float
) -> dict[str, dict[tuple[AccountName, str], Claim]]:
    """What may be said of every part under every policy, decided together."""
    base, *others = experiment.policies
    service = float(np.mean(across(experiment.summaries[base], "service_cost")))
    least = {
        account: _relevance(experiment, account, parts, service)
        for account, parts in found[base].items()
    }
    places = [(account, part) for account, parts in found[base].items() for part in parts]
    pairs: dict[Key, tuple[Floats, Floats]] = {
        (policy, f"{account}.{part}"): (found[policy][account][part], found[base][account][part])
        for policy in others
        for account, part in places
    }
    relevance = {key: least[cast(AccountName, key[1].partition(".")[0])] for key in pairs}
    decided = claims_of(pairs, relevance, confidence)
    return {
        policy: {(account, part): decided[policy, f"{account}.{part}"] for account, part in places}
        for policy in others
    }


def _relevance(
    experiment: Experiment, account: AccountName, parts: Mapping[str, Floats], service: float
) -> float:
    """From what size on a difference of a part matters, in the unit of its account."""
    least = experiment.scenario.relevance
    whole = abs(float(np.mean(sum(parts.values()))))
    if account == "money":
        return least.money_of_service_cost * (service if service > 0.0 else whole)
    return least.share * whole


def _accounts(
    experiment: Experiment,
    policy: Amounts,
    base: Amounts,
    level: float,
    claims: Mapping[tuple[AccountName, str], Claim],
) -> Iterator[Account]:
    per = _scale(experiment)[1]
    for name, parts in policy.items():
        lines = [
            _line(part, PARTS[name][part].title, values, base[name][part], level)
            for part, values in parts.items()
            if _anything((values, base[name][part]))
        ]
        said = "a day" if name == "money" else per
        whole, before = sum(parts.values()), sum(base[name].values())
        yield Account(
            name,
            ACCOUNTS[name].format(per=said),
            UNITS[name],
            said,
            tuple(_claimed(line, claims[name, line.part]) for line in lines),
            _line(WHOLE, "In all", np.asarray(whole), np.asarray(before), level),
        )


def _line(part: str, title: str, values: Floats, base: Floats, level: float) -> Line:
    # A sum of scaled counts may differ in its last bits where the counts do not.
    values = np.where(np.abs(values - base) <= SAME * np.abs(base), base, values)
    difference = paired_difference(None, values, base, level)
    return Line(part, title, float(np.mean(base)), float(np.mean(values)), difference, None)


def _claimed(line: Line, claim: Claim) -> Line:
    return Line(line.part, line.title, line.base, line.policy, line.difference, claim)
