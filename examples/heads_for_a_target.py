"""How many agents does 80 % in 20 seconds take, at each limit up to which they decide alone?

python heads_for_a_target.py [REPLICATIONS DAYS]
"""

import sys

import firstline

replications, days = map(int, sys.argv[1:3] or (8, 7))
limits = (0, 25, 50, 150)
goal = firstline.goal("service_level>=0.8")
more = firstline.factor("groups.front_line.heads+=-6:6:3")
centre = firstline.load("retail-complaints")
people = centre.groups["front_line"].places()


def agents(limit):
    """The agents that it takes at a limit, with their interval."""
    changed = firstline.with_changes(centre, {"authority.none.limit": limit, "horizon.days": days})
    only = [centre.baseline]
    study = firstline.run_study(changed, [more], policies=only, replications=replications)
    return firstline.reached(study, centre.baseline, goal).plus(people)


takes = [agents(limit) for limit in limits]
headline = (
    f"80 % in 20 s takes {takes[0]:.1f} agents who must ask the boss, "
    f"and {takes[-1]:.1f} who decide up to €{limits[-1]} alone"
)
note = "In brackets, and upright: where the 95 % interval of the service level reaches 80 %."
file, across = "heads-for-a-target.png", "agents decide alone up to"
with firstline.picture(file, headline, note, across=across, up="agents") as axes:
    for x, one in enumerate(takes):
        axes.plot([x, x], [one.low, one.high], color="C0", linewidth=3)
        axes.plot(x, one.at, "o", color="C0", markersize=9)
        axes.annotate(f"{one.at:.1f}", (x, one.at), (10, -4), textcoords="offset points")
    axes.margins(x=0.1)
    axes.set_xticks(range(len(limits)), [f"€{limit}" for limit in limits])
print(headline)
