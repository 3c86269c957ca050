"""How far should the limit go, up to which agents decide alone?

python how_far_the_limit_should_go.py [REPLICATIONS DAYS]
"""

import sys

import firstline

replications, days = map(int, sys.argv[1:3] or (12, 7))
centre = firstline.with_changes(firstline.load("retail-complaints"), {"horizon.days": days})
limit = firstline.factor("authority.none.limit=0,10,25,50,75,100,150,250")
ask, levels = "ask-the-boss", limit.levels
study = firstline.run_study(centre, [limit], policies=[ask], replications=replications)


def more(here, there):
    """What a day costs more at one limit than at another."""
    return study.difference((ask, here), (ask, there), "total_cost")


points = range(len(levels))
enough = next(a for a in points if not any(more(a, b).low > 0 for b in points[a + 1 :]))
saved = more(0, enough)
headline = (
    f"A limit of €{levels[enough]} saves €{saved.mean:,.0f} a day against asking each time "
    f"(±{saved.half_width:,.0f}); no higher one is clearly better"
)
note = "Total cost a day, customers who leave included. Bars: 95 % interval of the difference."
file, across = "how-far-the-limit-should-go.png", "agents decide alone up to"
up = f"€ a day more than at €{levels[enough]}"
with firstline.picture(file, headline, note, across=across, up=up) as axes:
    axes.axhline(0, color="#222222", linewidth=0.9)
    found = [more(at, enough) for at in points]
    mean, half = [one.mean for one in found], [one.half_width for one in found]
    axes.errorbar(points, mean, half, fmt="o-", markersize=7, elinewidth=2.5)
    axes.plot(enough, 0, "o", color="C2", markersize=14)
    axes.set_xticks(points, [f"€{level}" for level in levels])
print(headline)
