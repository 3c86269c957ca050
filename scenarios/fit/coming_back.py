"""Who calls again, as keys: those who met nobody, and those who were cut off."""

from dataclasses import dataclass, field

import numpy as np

from scenarios.fit.centre import FittedCentre
from scenarios.fit.document import Document
from scenarios.fit.figure import Uncertain
from scenarios.fit.further import Further
from scenarios.shares import percent

MOST_REDIALS = 0.95
"""Not everybody calls again."""


@dataclass
class ComingBack:
    """Keys of a scenario, and figures of them that are not known for certain."""

    tables: Document = field(default_factory=dict)
    uncertain: list[Uncertain] = field(default_factory=list)


def coming_back_of(fitted: FittedCentre) -> ComingBack:
    """Redials of the abandoned, and calls of those who were cut off; nothing where none are seen.

    In a backtest neither is written, since both are among the calls given.
    """
    found = ComingBack()
    _redial(found, fitted)
    _after_cut_off(found, fitted)
    return found


def further_business(fitted: FittedCentre, code: int) -> Further | None:
    """Further business after a call about a reason; None where there is none beyond chance."""
    return None if fitted.returns is None else fitted.returns.further.get(code)


def written_further(further: Further) -> Document:
    """The keys of further business."""
    return {
        "probability": round(further.probability.value, 4),
        "delay_min": {"distribution": "empirical", "values": list(further.delay_min)},
    }


def first_share(document: Document, fitted: FittedCentre, abandoned: float) -> float:
    """Share of those who ask for an agent who do not call because an earlier call came to nothing.

    Args:
        document: The scenario, whose redials and returns the simulation makes itself.
        fitted: The centre.
        abandoned: Share of the callers who hang up.
    """
    redials = document.get("redial", {}).get("after_abandoning", 0.0)
    return float(1 - redials * abandoned - cut_off_again(document, fitted, abandoned))


def cut_off_again(document: Document, fitted: FittedCentre, abandoned: float) -> float:
    """Share of those who ask for an agent who were cut off and call again."""
    if fitted.cut_offs is None:
        return 0.0
    again = document.get("repeat", {}).get("after_cut_off", {}).get("probability", 0.0)
    return float(again * fitted.cut_offs.share.value * (1 - abandoned))


def _redial(found: ComingBack, fitted: FittedCentre) -> None:
    returns = fitted.returns
    if returns is None or not np.isfinite(returns.redial.value) or returns.redial.value <= 0:
        return
    source = (
        f"calls within an hour beyond those after an answer; {percent(returns.visible)} are seen"
    )
    found.uncertain.append(Uncertain(("redial", "after_abandoning"), returns.redial, source))
    found.tables["redial"] = {
        "after_abandoning": round(min(returns.redial.value, MOST_REDIALS), 4),
        # Patience was fitted to all calls, redials of the impatient among them.
        "patience_kept": False,
        "delay_min": lognormal(returns.redial_delay_min),
    }


def _after_cut_off(found: ComingBack, fitted: FittedCentre) -> None:
    returns = fitted.returns
    if fitted.cut_offs is None or returns is None or not returns.cut_off.value > 0:
        return
    key = ("repeat", "after_cut_off", "probability")
    source = "calls within an hour after an answer under 10 s, beyond those after a longer one"
    found.uncertain.append(Uncertain(key, returns.cut_off, source))
    found.tables["repeat"] = {
        "after_cut_off": {
            "probability": round(min(returns.cut_off.value, MOST_REDIALS), 4),
            "delay_min": lognormal(returns.cut_off_delay_min),
        }
    }


def lognormal(median_sigma: tuple[float, float]) -> Document:
    """A lognormal law of minutes."""
    median, sigma = median_sigma
    return {"distribution": "lognormal", "median": round(median, 2), "sigma": round(sigma, 2)}
