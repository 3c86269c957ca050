"""Whether centres of `--uncertain` draw figures that were estimated together as one set."""

from results.uncertain.centres import Drawing
from results.uncertain.unknown import unknowns_of
from scenarios import Scenario
from scenarios.fit.resampled import SETS
from scenarios.policies.policy_set import PolicySet

CENTRES = 12


def drawn_whole(scenario: Scenario) -> set[str]:
    """The keys with sets, each of twelve centres having had one row of them whole."""
    rows = {key: one.drawn for key, one in scenario.uncertain.items() if one.drawn}
    assert {len(drawn) for drawn in rows.values()} == {SETS}
    centre = PolicySet.of(scenario)
    drawing = Drawing(unknowns_of(centre), list(centre.under), 1)
    tables = set(zip(*rows.values(), strict=True))
    figures = [drawing.figures(number) for number in range(CENTRES)]
    taken = [tuple(each[key] for key in rows) for each in figures]
    assert set(taken) <= tables
    # Twelve draws of a hundred: eleven different ones on average.
    assert len(set(taken)) > 7
    return set(rows)
