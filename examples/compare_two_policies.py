"""Two policies compared in six lines, and the picture of it: python compare_two_policies.py."""

from pathlib import Path

from results import compare, run
from results.charts import draw_all
from scenarios import load, with_changes

one_day = {"horizon.days": 1, "horizon.part_of_days": 7}  # what outlasts Monday is not priced
monday = with_changes(load("retail-complaints"), one_day)
experiment = run(monday, policies=["ask-the-boss", "empowered"], replications=3)
print(compare(experiment).verdicts)
for chart in draw_all(experiment, Path("charts"), formats=["png"]):
    print(chart)
