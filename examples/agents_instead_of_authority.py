"""How many more agents does it take until customers wait as briefly as under another policy?

A staffing sweep in Python, on a Monday with a fifth more customers than usual: the front line of
retail-complaints asks the boss, and gets more and more agents, until its customers wait no longer
than those of an empowered front line. They are the same customers each time.
"""

import firstline

MOST = 6
"""Agents to add at most, on each of two shifts."""


def mean_wait(scenario: firstline.Scenario, policy: str) -> float:
    """Average speed of answer in seconds, over two replications."""
    experiment = firstline.run(scenario, policies=[policy], replications=2, workers=1)
    return firstline.compare(experiment, ["asa"]).findings[policy, "asa"].mean.mean


usual = firstline.load("retail-complaints")
busier = {f"reasons.{reason}.volume.factor": 1.2 for reason in usual.reasons}
monday = firstline.with_changes(usual, {"horizon.days": 1, **busier})
heads = {name: shift.heads for name, shift in (monday.groups["front_line"].shifts or {}).items()}

goal = mean_wait(monday, "empowered")
print(f"empowered                      {goal:5.1f} s")
for more in range(MOST + 1):
    shifts = {
        f"groups.front_line.shifts.{name}.heads": heads[name] + more for name in ("early", "late")
    }
    wait = mean_wait(firstline.with_changes(monday, shifts), "ask-the-boss")
    print(f"ask-the-boss, {2 * more:2d} more agents   {wait:5.1f} s")
    if wait <= goal:
        break
else:
    print(f"Not even {2 * MOST} more agents do it.")
