"""Cost against benefit: what a policy costs more, and how many more complaints it resolves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from results.charts.tradeoff import Plane, draw_plane
from results.charts.view import Readings, View
from results.charts.wording import Told, headline, is_open, spoken_of
from results.measures.registry import MEASURES
from results.reading.notation import notation
from results.reading.tradeoff import ACROSS, upwards_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw(view: View) -> Figure | None:
    """A point for each policy; None where no policy moves money, or nothing stands against it."""
    money = next(
        (name for name in ("total_cost", "service_cost") if is_open(view.measured(name))), None
    )
    upwards = upwards_of(lambda name: [one.level.mean for one in view.measured(name).values()])
    if money is None or upwards is None or not view.others:
        return None
    plane = Plane(MEASURES[money], MEASURES[upwards], view.measured(money), view.measured(upwards))
    told = [Told.of(money, plane.x), Told.of(upwards, plane.y)]
    if view.has_intervals and not spoken_of(view, told[:1]):
        return None
    quiet = f"Cost against {plane.up.title.lower()} in a single replication"
    labels = {policy: _label(view, plane, policy) for policy in view.policies}
    grey = dominated(view, plane)
    return draw_plane(view, plane, headline(view, told, quiet), labels, grey)


def _label(view: View, plane: Plane, policy: str) -> str:
    """The wait, and what one more complaint resolved costs."""
    waits = view.measured(ACROSS)
    wait = notation([one.level.mean for one in waits.values()], "s").value(waits[policy].level.mean)
    parts = [f"wait {wait}"]
    if policy != view.baseline and (price := price_of_one(view, plane, policy)):
        parts.append(price)
    return "\n".join(parts)


def price_of_one(view: View, plane: Plane, policy: str) -> str:
    """Money for each further complaint, or case, resolved at first contact; empty where none is."""
    if plane.up.name not in ("fcr_complaints", "fcr"):
        return ""
    x, y = plane.x[policy], plane.y[policy]
    if x.shift is None or y.shift is None or not (y.clear and y.shift.mean > 0.0 and x.clear):
        return ""
    cases = _cases_a_day(view, policy, complaints=plane.up.name == "fcr_complaints")
    further = y.shift.mean * cases
    if not further > 0.0 or x.shift.mean <= 0.0:
        return ""
    price = x.shift.mean / further
    what = "complaint" if plane.up.name == "fcr_complaints" else "case"
    return f"{notation((price,), 'money', view.currency).value(price)} per further {what} resolved"


def _cases_a_day(view: View, policy: str, *, complaints: bool) -> float:
    """Cases that began in a day, as the endings count them."""
    of = "complaints" if complaints else "all"
    horizon = view.experiment.scenario.horizon
    found = [sum(one.endings[of].values()) for one in view.summaries[policy]]
    return sum(found) / len(found) / max(horizon.days - horizon.warm_up_days, 1.0)


def dominated(view: View, plane: Plane) -> frozenset[str]:
    """Policies next to which another costs less and does more, both for certain from the baseline.

    What may be chance is no reason: of two policies the differences from the baseline must lie
    apart by more than both of their intervals.
    """
    turned = 1.0 if plane.up.better == "higher" else -1.0
    return frozenset(
        policy
        for policy in view.policies
        for other in view.policies
        if other != policy
        and _apart(plane.x, other, policy, -1.0)
        and _apart(plane.y, other, policy, turned)
    )


def _apart(readings: Readings, one: str, other: str, turned: float) -> bool:
    """Whether one policy is better than another by more than both intervals."""
    (a, reach), (b, beyond) = (_difference(readings, policy) for policy in (one, other))
    return turned * (a - b) > reach + beyond


def _difference(readings: Readings, policy: str) -> tuple[float, float]:
    reading = readings[policy]
    return (0.0, 0.0) if reading.shift is None else (reading.shift.mean, reading.shift_width)
