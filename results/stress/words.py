"""Where a policy breaks first under stress, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from results.expectations import Checked
from results.measures.registry import MEASURES
from results.reading import format as words
from results.reading.listing import joined
from results.reading.within import within
from results.stress.stress import AS_IT_IS
from results.stress.stress_test import TARGET, Cell, StressTest, worst_first
from scenarios.answer_targets import answer_targets

_MOVED = {
    "abandonment": "Abandonment rises most under {}, by {}.",
    "fcr_complaints": "Complaints resolved at first contact fall most under {}, by {}.",
}


def sentences(test: StressTest) -> dict[str, str]:
    """By policy, where it breaks first, in a manager's words."""
    return {policy: sentence(test, policy) for policy in test.policies}


def sentence(test: StressTest, policy: str) -> str:
    """Where a policy breaks, where first, and what happens to who hangs up and complains."""
    as_it_is, stressed = test.cells[policy, AS_IT_IS], test.stressed(policy)
    missed = {one.name for one in as_it_is.broken}
    kept = {one.name for one in as_it_is.bounds if one.found.n} - missed
    if not stressed or not missed | kept:
        said = ["nothing that is expected of it is measured here"]
    elif test.replications < 2:
        lowest = worst_first(stressed)[0]
        said = [f"one replication decides nothing; lowest {_under(test, lowest)}"]
    else:
        said = [_missed(test, *_of(missed, as_it_is, stressed))] if missed else []
        said += [_kept(test, *_of(kept, as_it_is, stressed))] if kept else []
    moved = [_moved(test, stressed, measure) for measure in _MOVED]
    return " ".join([f"{test.called(policy)}: {'; '.join(said)}.", *filter(None, moved)])


def _of(names: set[str], as_it_is: Cell, stressed: Sequence[Cell]) -> tuple[Cell, tuple[Cell, ...]]:
    """The cells of a policy with these bounds alone, the worst first."""
    return as_it_is.only(names), worst_first(cell.only(names) for cell in stressed)


def _missed(test: StressTest, as_it_is: Cell, stressed: Sequence[Cell]) -> str:
    """About the bounds that do not hold even without any stress."""
    named = joined(_values(test, as_it_is.bounds))
    start = f"misses {named} even as it is"
    if not stressed[0].is_further_than(as_it_is):
        return f"{start}, and no further under any stress"
    return f"{start}, and falls furthest short {_under(test, stressed[0])}"


def _kept(test: StressTest, as_it_is: Cell, stressed: Sequence[Cell]) -> str:
    """About the bounds that hold without any stress, or may."""
    start = " and ".join(
        f"{said} {joined(named)}"
        for outcome, said in (("holds", "holds"), ("not_known", "is not known to hold"))
        if (named := _values(test, [one for one in as_it_is.bounds if one.outcome == outcome]))
    )
    start += " as it is"
    broken, open_, holding = (
        [cell for cell in stressed if cell.outcome == outcome]
        for outcome in ("does_not_hold", "not_known", "holds")
    )
    if not broken and not open_:
        return f"{start} and under every stress; comes nearest {_under(test, holding[0])}"
    ways = (
        [f"breaks first {_under(test, broken[0])}"]
        if broken
        else ["is not seen to break under any"]
    )
    if len(broken) > 1:
        ways[0] += f", then under {_titles(test, broken[1:])}"
    ways += [f"holds under {_titles(test, holding)}"] if holding else []
    ways += [f"is not known to hold under {_titles(test, open_)}"] if open_ else []
    return f"{start}; {'; '.join(ways)}"


def _under(test: StressTest, cell: Cell) -> str:
    """A stress, and how far the policy falls under it: under Outage hour (61.2 %)."""
    title, at = test.titles[cell.stress], cell.nearest
    if at is None:
        return f"under {title}"
    which = "" if at.name == TARGET else f"{at.name}, "
    return f"under {title} ({which}{_value(test, at)})"


def _named(test: StressTest, one: Checked) -> str:
    """What a bound is called in a sentence."""
    if one.name != TARGET:
        return f"what {one.name} expects"
    bound = words.share(one.expectation.at_least or 0.0)
    targets = answer_targets(test.plan.policies[one.policy])
    return f"its service level of {bound} within {within(targets)}"


def _values(test: StressTest, bounds: Sequence[Checked]) -> list[str]:
    """What bounds are called, and what was found."""
    return [f"{_named(test, one)} ({_value(test, one)})" for one in bounds]


def _value(test: StressTest, one: Checked) -> str:
    return words.value(one.found.mean, MEASURES[one.expectation.measure].unit, test.currency)


def _titles(test: StressTest, cells: Sequence[Cell]) -> str:
    return joined([test.titles[cell.stress] for cell in cells])


def _moved(test: StressTest, stressed: Sequence[Cell], measure: str) -> str:
    """Under which stress a measure clearly worsens most; empty where it does not."""
    worse = [cell for cell in stressed if cell.shifts[measure].effect == "worse"]
    if not worse:
        return ""
    most = max(worse, key=lambda cell: abs(cell.shifts[measure].estimate.mean))
    size = words.size(most.shifts[measure].estimate.mean, MEASURES[measure].unit)
    return _MOVED[measure].format(test.titles[most.stress], size)
