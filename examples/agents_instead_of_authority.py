"""How many agents is authority worth: in waits, and in complaints resolved at first contact?

python agents_instead_of_authority.py [REPLICATIONS DAYS]
"""

import sys

import firstline

replications, days = map(int, sys.argv[1:3] or (12, 7))
centre = firstline.with_changes(firstline.load("retail-complaints"), {"horizon.days": days})
more = firstline.factor("groups.front_line.heads+=0:10:2")
ask, alone = "ask-the-boss", "empowered"
study = firstline.run_study(centre, [more], policies=[ask], beside=alone, replications=replications)
worth = firstline.worth(study, alone, ask, "wait_all")
solved = firstline.worth(study, alone, ask, "fcr_complaints")

headline = f"Deciding up to €150 alone shortens waits as much as {worth:.1f} more agents"
if not solved.is_reached:
    headline += f"; not even {more.levels[-1]} more resolve as many complaints at first contact"
note = "Bands: 95 % interval of a mean. Green: where the two wait alike, from paired differences."
file, across = "agents-instead-of-authority.png", "agents added"
curve, goal = study.curve(ask, "wait_all"), study.level((alone, -1), "wait_all")
with firstline.picture(file, headline, note, across=across, up="mean wait, s") as axes:
    low, high = [one.low for one in curve], [one.high for one in curve]
    axes.fill_between(more.levels, low, high, alpha=0.2)
    axes.plot(more.levels, [one.mean for one in curve], "o-", label="must ask the boss")
    axes.axhspan(goal.low, goal.high, color="C1", alpha=0.2)
    axes.axhline(goal.mean, color="C1", label="decides up to €150 alone, nobody added")
    axes.plot([worth.low, worth.high], [goal.mean] * 2, color="C2", linewidth=5)
    axes.plot(worth.at, goal.mean, "o", color="C2", markersize=10)
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False)
print(headline)
