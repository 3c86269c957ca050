"""What was run on the bench is remembered: the base is not run again for every turn of a knob."""

from __future__ import annotations

from results import Experiment
from results.measures.slice import CutKind
from results.measures.summary import Summary
from results.reading.rows import ASKED
from tui.shell.requests import Request
from tui.what_if.bench import Bench
from tui.what_if.day import Stretch

KEPT = 12
"""What-ifs whose replications are kept besides the base: undo answers immediately."""
SHOWN: tuple[CutKind, ...] = ("all", "complaints", "channel")
"""Kinds of cut that the answer is made of: its measures, how complaints end, waits over the day."""


class Memory:
    """Replications finished for the base and for the latest what-ifs, over one stretch of days."""

    def __init__(self, stretch: Stretch, seed: int = 1) -> None:
        self.stretch = stretch
        self._seed = seed
        self._found: dict[str, dict[int, Summary]] = {}

    def request(self, bench: Bench, replications: int) -> Request:
        """The base and the what-if to run, with what is known of both."""
        names = self._names(bench)
        known = {
            (policy, number): summary
            for policy, turned in names.items()
            for number, summary in self._found.get(turned, {}).items()
            if number < replications
        }
        return Request(
            scenario=bench.over(self.stretch.scenario),
            policies=tuple(names),
            replications=replications,
            seed=self._seed,
            measures=ASKED,
            details=False,
            kinds=SHOWN,
            known=known,
        )

    def keep(self, bench: Bench, experiment: Experiment) -> None:
        """Remember what was finished.

        Args:
            bench: the one that was asked for, whatever was turned since.
            experiment: what came of it.
        """
        names = self._names(bench)
        assert experiment.policies == tuple(names), "the answer to another turn"
        for (policy, number), summary in experiment.finished.items():
            # Taken out and put in again: the latest stand last.
            found = self._found.pop(names[policy], {})
            self._found[names[policy]] = {**found, number: summary}
        base = names[bench.base.baseline]
        for turned in [one for one in self._found if one != base][:-KEPT]:
            del self._found[turned]

    def _names(self, bench: Bench) -> dict[str, str]:
        """The policies that are run, the base first, each with what is turned under it."""
        names = {bench.base.baseline: ""}
        if not bench.turned.nothing:
            names[bench.name] = repr(bench.turned)
        return names
