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

points = range(len(levels))
best = min(points, key=lambda at: study.level((ask, at), "total_cost").mean)
more = [study.difference((ask, at), (ask, best), "total_cost") for at in points]
alike = [at for at in points if at == best or more[at].low <= 0]
headline = (
    f"A limit of €{levels[best]} saves €{more[0].mean:,.0f} a day (±{more[0].half_width:,.0f}) "
    f"against asking each time; from €{levels[alike[0]]} on a higher one makes no clear difference"
)
note = "Total cost a day, customers who leave included, more than at the best limit. Bars: 95 %."
file, across = "how-far-the-limit-should-go.png", "agents decide alone up to"
with firstline.picture(file, headline, note, across=across, up="€ a day more") as axes:
    axes.axvspan(alike[0] - 0.3, alike[-1] + 0.3, color="C2", alpha=0.12)
    axes.axhline(0, color="#222222", linewidth=0.9)
    mean, half = [one.mean for one in more], [one.half_width for one in more]
    axes.errorbar(points, mean, half, fmt="o-", markersize=7, elinewidth=2.5)
    axes.set_xticks(points, [f"€{level}" for level in levels])
print(headline)
