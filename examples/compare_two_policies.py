"""Two policies compared in six lines, with a report: python compare_two_policies.py."""

import firstline

one_day = {"horizon.days": 1, "horizon.part_of_days": 7}  # what outlasts Monday is not priced
monday = firstline.with_changes(firstline.load("retail-complaints"), one_day)
experiment = firstline.run(monday, policies=["ask-the-boss", "empowered"], replications=10)
print(firstline.compare(experiment).verdicts)
for chart in firstline.report(experiment, "answer").charts:
    print(chart)
