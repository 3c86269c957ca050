"""Which measures and which pictures of a study are shown."""

from __future__ import annotations

from collections.abc import Sequence

from results.studies.study import Study
from results.studies.words import varying

SWEEP, EFFECTS, MAP, FRONTIER = "sweep", "main-effects", "map", "frontier"
PICTURES = {
    SWEEP: "What one knob does, level by level",
    FRONTIER: "Waits, first contact and money together",
    EFFECTS: "What each knob does by itself",
    MAP: "Two knobs together",
}
"""The pictures of studies by name; a map is drawn for each measure."""

USUAL = ("wait_all", "fcr_complaints", "total_cost")
INSTEAD = {"wait_all": "response_time", "fcr_complaints": "fcr", "total_cost": "service_cost"}
"""What is shown where the usual measure is undefined everywhere."""


def usual_measures(study: Study) -> tuple[str, ...]:
    """The wait, first contact and the money, each by the measure that the study defines."""

    def there(name: str) -> bool:
        return any(one.n for policy in study.plan.policies for one in study.curve(policy, name))

    found = (name if there(name) else INSTEAD[name] for name in USUAL)
    return tuple(name for name in found if there(name))


def shown_measures(study: Study, asked: Sequence[str] | None = None) -> tuple[str, ...]:
    """The measures that an answer is about; those that nobody named are the usual ones."""
    return tuple(asked) if asked is not None else varying(study, usual_measures(study))
