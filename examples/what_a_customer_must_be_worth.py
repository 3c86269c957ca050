"""What must a customer be worth, for each policy to pay?

python what_a_customer_must_be_worth.py [REPLICATIONS DAYS]
"""

import sys

import firstline

replications, days = map(int, sys.argv[1:3] or (12, 7))
centre = firstline.with_changes(firstline.load("retail-complaints"), {"horizon.days": days})
comparison = firstline.compare(firstline.run(centre, replications=replications))
worth = {name: one for name, one in comparison.break_even.items() if one.pays == "above"}
order = sorted(worth, key=lambda name: worth[name].value, reverse=True)
said = {name: f"€{one.value:.3g} ({one.low:.3g} to {one.high:.3g})" for name, one in worth.items()}

headline = (
    f"A customer must be worth {said[order[-1]]} for {order[-1]} to pay, "
    f"and {said[order[0]]} for {order[0]}"
)
note = "To the right of a point the policy costs less in all. Bar: not known there (95 % interval)."
file, across = "what-a-customer-must-be-worth.png", "a customer is worth"
with firstline.picture(file, headline, note, across=across, left_in=1.6) as axes:
    for y, name in enumerate(order):
        one = worth[name]
        axes.plot([one.low, min(one.high, 1e6)], [y, y], color="C0", linewidth=4, alpha=0.4)
        axes.plot(one.value, y, "o", color="C0", markersize=9)
        axes.annotate(said[name], (one.value, y), (0, 10), textcoords="offset points", ha="center")
    axes.set_xscale("log")
    axes.minorticks_off()
    axes.set_xticks(ticks := [3, 10, 30, 100, 300], [f"€{tick}" for tick in ticks])
    axes.set_yticks(range(len(order)), order)
    axes.set_ylim(-0.6, len(order) - 0.3)
print(headline)
