"""What is an approval worth: what does each question to the boss save, and what does it cost?

python what_an_approval_is_worth.py [REPLICATIONS DAYS]
"""

import sys

import numpy as np

import firstline

replications, days = map(int, sys.argv[1:3] or (12, 7))
centre = firstline.with_changes(firstline.load("retail-complaints"), {"horizon.days": days})
pair = ["ask-the-boss", "empowered"]
found = firstline.run(centre, policies=pair, replications=replications).summaries.values()


def each(measure, part="all"):
    """A measure where agents ask and where they decide alone, in each replication."""
    return np.array([[one.values[part, ""][measure] for one in policy] for policy in found])


approvals = -np.diff(each("cases", "complaints") * each("approvals_per_complaint") / days, axis=0)
given, lost, total = each("give_away"), each("revenue_at_risk"), each("total_cost")
parts = {"given beyond need": given, "time and telephone": total - given - lost}
parts |= {"customers who leave": lost, "all together": total}
worth = [firstline.estimate((-np.diff(one, axis=0) / approvals)[0]) for one in parts.values()]
headline = (
    f"Each approval saves €{-worth[0].mean:.2f} of giving, and loses customers worth "
    f"€{worth[2].mean:.2f}: it costs €{worth[3].mean:.2f} in all (±{worth[3].half_width:.2f})"
)
note = "Asking for every amount against deciding up to €150 alone; a customer is worth €100."
file, across = (
    "what-an-approval-is-worth.png",
    "€ each: left saved, right lost",
)
with firstline.picture(file, headline, note, across=across, left_in=1.9, height_in=2.5) as axes:
    mean, half = [one.mean for one in worth], [one.half_width for one in worth]
    colours = ["C2" if one < 0 else "C1" for one in mean]
    axes.barh([*parts], mean, xerr=half, color=colours, height=0.6)
    axes.invert_yaxis()
print(headline)
