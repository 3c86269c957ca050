"""Call records of days that differ in volume, handling time and patience by known factors."""

import numpy as np

from scenarios.records.contacts import Contacts
from tests.support.recorded import written_calls

PER_DAY = 300.0
TALK_S = 200.0
PATIENCE_S = 150.0
DAY_S = 86_400


def days_that_differ(
    seed: int,
    days: int = 14,
    *,
    volume_cv: float = 0.0,
    talk_cv: float = 0.0,
    patience_cv: float = 0.0,
    trend: float = 1.0,
    together: bool = False,
) -> Contacts:
    """Records of a centre open from 8 to 20, in which every day has factors of its own.

    Args:
        seed: Of all draws.
        days: How many, from a Monday on.
        volume_cv: Spread of the factor on the calls of a day.
        talk_cv: Spread of the factor on its handling times.
        patience_cv: Spread of the factor on its patience.
        trend: Factor on the volume from one week to the next, 1 in the middle of the first week.
        together: One draw of a day moves volume and handling times, both up.
    """
    random = np.random.default_rng(seed)
    rows = []
    for day in range(days):
        marks = random.normal(size=3)
        busy, slow, patient = (
            max(1 + cv * mark, 0.05)
            for cv, mark in zip(
                (volume_cv, talk_cv, patience_cv),
                (marks[0], marks[0 if together else 1], marks[2]),
                strict=True,
            )
        )
        count = random.poisson(PER_DAY * busy * trend ** ((day - 3) / 7))
        asked = np.sort(random.uniform(8 * 3600, 20 * 3600, count)) + day * DAY_S
        wait = random.exponential(40.0, count) * (random.random(count) < 0.6)
        patience = random.exponential(PATIENCE_S * patient, count)
        # Lognormal with a cv of 1, times in whole seconds.
        talk = random.lognormal(np.log(TALK_S * slow) - np.log(2) / 2, np.sqrt(np.log(2)), count)
        agents = random.integers(8, size=count)
        rows += [
            (float(at), float(np.round(min(w, p))), None if p < w else float(np.round(t)), int(a))
            for at, w, p, t, a in zip(asked, wait, patience, talk, agents, strict=True)
        ]
    return written_calls(*rows)
