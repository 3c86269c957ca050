"""From what value of a customer on does each policy pay?

Nobody knows exactly what a customer who stays is worth. The break-even of each policy does without:
above it the policy costs less in all, below it more.
"""

import firstline

centre = firstline.load("retail-complaints")
experiment = firstline.run(centre, replications=3, workers=1)
comparison = firstline.compare(experiment)
currency = centre.costs.currency

for policy, found in comparison.break_even.items():
    if found.pays in ("above", "below"):
        unclear = f"not clear from {currency}{found.low:.2f} to {currency}{found.high:.2f}"
        print(f"{policy:18} pays {found.pays} {currency}{found.value:.2f} ({unclear})")
    else:
        print(f"{policy:18} pays {found.pays}")
