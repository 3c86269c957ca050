"""What the changes of a command line do to policies that say something else, in sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from scenarios import Overridden, parse_change
from scenarios.files.toml_text import shortened
from scenarios.policies.overrides import Clash
from scenarios.policies.relative_changes import SIGNS, split


def options_by_key(changes: Iterable[str], days: int | None = None) -> dict[str, str]:
    """The options as they were typed, by the key of what they change."""
    typed = {parse_change(text)[0]: f"--set {text}" for text in changes}
    return typed if days is None else {**typed, "horizon.days": f"--days {days}"}


def sentences(
    overridden: Overridden, options: Mapping[str, str], policies: Collection[str] | None = None
) -> Iterator[str]:
    """Say which policies had something else, and which now are the same as the baseline.

    Args:
        overridden: the scenario with the changes.
        options: as they were typed, by the key of what they change.
        policies: those that are asked about; all when None.
    """
    for key, typed in options.items():
        found = [
            one
            for one in overridden.clashes
            if one.change == key and (policies is None or one.policy in policies)
        ]
        if found:
            yield f"{typed} applies to every policy; {_had(found)}."
        for change, policy, section in overridden.off:
            if change == key and (policies is None or policy in policies):
                yield f"{typed} has no effect under {policy}, which leaves out {section}."
    for policy in overridden.same:
        if policies is None or policy in policies:
            baseline = overridden.scenario.baseline
            called = "" if baseline == "baseline" else f" {baseline}"
            yield f"The policy {policy} is now the same as the baseline{called}."


def _had(clashes: list[Clash]) -> str:
    """What each policy had: the policy more-agents had 25."""
    relative = clashes[0].change.endswith(SIGNS)
    words = []
    for one in clashes:
        where = "" if one.key == split(one.change)[0] else f"{one.key} = "
        had, now = ("left out" if v is None else shortened(v) for v in (one.had, one.now))
        then = f", now {now}" if relative else ""
        words.append(f"the policy {one.policy} had {where}{had}{then}")
    return ", ".join(words)
