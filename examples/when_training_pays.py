"""When does training pay: in which week has it given back the waiting that it took?

python when_training_pays.py [REPLICATIONS WEEKS]
"""

import sys

import numpy as np

import firstline

replications, last = map(int, sys.argv[1:3] or (8, 26))
weeks, centre = [*range(1, last + 1)], firstline.load("train-or-hire")
centre = firstline.with_changes(centre, {"horizon.days": 7 * last})
pair = ["more-hands", "train"]
runs = firstline.run(centre, policies=pair, replications=replications).summaries.values()


def each(name):
    """A measure of every week, shape (policies, replications, weeks)."""
    return np.array([[[s.values["week", f"{w}"][name] for w in weeks] for s in p] for p in runs])


hours = (each("wait_all") * each("offered") / 3600).cumsum(axis=2)
more = [firstline.estimate(week) for week in (hours[1] - hours[0]).T]
worst = max(weeks, key=lambda week: more[week - 1].mean)
less = [firstline.Estimate(-one.mean, one.half_width, one.n) for one in more[worst - 1 :]]
back, most = firstline.crossing(weeks[worst - 1 :], less), more[worst - 1]
headline = (
    f"Training first costs customers {most.mean:.0f} hours of waiting (±{most.half_width:.0f}); "
    + (f"it has given them back by week {back:.0f}" if back.is_reached else "they are not back")
)
note = "Two hours of training a week for sixty people, against none. Band: 95 % interval."
file, up = "when-training-pays.png", "hours waited more, since week 1"
with firstline.picture(file, headline, note, across="week", up=up) as axes:
    axes.fill_between(weeks, [one.low for one in more], [one.high for one in more], alpha=0.2)
    axes.plot(weeks, [one.mean for one in more], linewidth=2)
    axes.axhline(0, color="#222222", linewidth=0.9)
    axes.plot(back.at, 0, "o", color="C1", markersize=9)
print(headline)
