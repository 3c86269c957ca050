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


approvals = np.subtract(*each("cases", "complaints") * each("approvals_per_complaint")) / days
given, lost, total = each("give_away"), each("revenue_at_risk"), each("total_cost")
parts = {"given beyond need": given, "time and telephone": total - given - lost}
parts |= {"customers who leave": lost, "all together": total}
worth = [firstline.estimate(np.subtract(*one) / approvals) for one in parts.values()]
mean, half = [one.mean for one in worth], [one.half_width for one in worth]
headline = (
    f"Each approval saves €{-mean[0]:.2f} of generosity, and loses customers worth "
    f"€{mean[2]:.2f}: it costs €{mean[3]:.2f} in all (±{half[3]:.2f})"
)
note = "Asking for every amount against deciding up to €150 alone; a customer is worth €100."
file, across = "what-an-approval-is-worth.png", "€ each: left saved, right lost"
with firstline.picture(file, headline, note, across=across, left_in=1.9, height_in=2.5) as axes:
    colours = ["C2" if one < 0 else "C1" for one in mean]
    bars = axes.barh([*parts], mean, xerr=half, color=colours, height=0.6)
    axes.bar_label(bars, [f"{one:+.2f}" for one in mean], padding=6)
    axes.set(xlim=(-8, 28), ylim=(3.5, -0.5))
print(headline)
