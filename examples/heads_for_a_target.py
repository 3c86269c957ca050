"""How many people does it take until the service level is reached for certain?

One queue, five working days: agents are added until the whole 95 % interval of the service level
lies at or above the target of the scenario.
"""

import firstline
from scenarios.templates import templates

REPLICATIONS = 5
FEWEST, MOST = 7, 30
"""Agents at which the search begins, and at which it gives up."""

centre = firstline.load_text(templates()["one-queue"])
target = centre.targets.service_level

for heads in range(FEWEST, MOST + 1):
    tried = firstline.with_changes(centre, {"groups.agents.heads": heads})
    experiment = firstline.run(
        tried, policies=[tried.baseline], replications=REPLICATIONS, workers=1
    )
    reached = firstline.compare(experiment, ["service_level"])
    level = reached.findings[tried.baseline, "service_level"].mean
    print(f"{heads} agents   {level.mean:.1%}, for certain at least {level.low:.1%}")
    if level.low >= target:
        break
else:
    print(f"Not even {MOST} agents reach {target:.0%}.")
