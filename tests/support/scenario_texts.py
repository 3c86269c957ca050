"""Small scenarios for tests, as text and loaded."""

from scenarios import Scenario, load_text

SMALLEST = """\
[reasons.enquiry]
volume.per_day = 100
groups = ["agents"]
handling.voice.talk_s = 60
patience_s.voice = 120

[groups.agents]
heads = 5
"""

SHOP = """\
[horizon]
days = 7

[opening]
hours = "08:00-20:00"
days = { sunday = "closed" }

[profiles.shop]
interval_min = 120
start = "08:00"
shares = [1, 3, 2, 2, 3, 1]

[reasons.order]
volume = { per_day = 300, profile = "shop", weekdays = { sunday = 0 } }
channels = { voice = 0.8, email = 0.2 }
groups = ["front_line"]
handling = { voice = { talk_s = 240, wrap_up_s = 30 }, email = { talk_s = 300 } }
patience_s = { voice = { distribution = "exponential", mean = 180 } }

[reasons.damage]
complaint = true
volume = { per_day = 60, profile = "shop", weekdays = { sunday = 0 } }
groups = ["front_line", { group = "specialists", after_s = 60 }]
handling = { voice = { talk_s = { distribution = "lognormal", mean = 300, cv = 0.8 } } }
patience_s = { voice = 180 }
solve = 0.9
remedy.kinds = { refund = 0.7, goodwill = 0.3 }
remedy.money = { distribution = "uniform", low = 5, high = 80 }

[groups.front_line]
authority = "limited"

[groups.front_line.shifts.early]
start = "08:00"
end = "16:00"
heads = 8
weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
breaks = [{ at = "11:00", minutes = 30, waves = 2 }, { at = "14:00", minutes = 15 }]

[groups.front_line.shifts.late]
start = "12:00"
end = "20:00"
heads = 8
weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]

[groups.specialists]
tier = 2
heads = 3
authority = "limited"
approver = "supervisors"

[groups.supervisors]
tier = 3
heads = 2
authority = "full"

[authority.limited]
limit = 20
[authority.full]
limit = inf

[escalation.beyond_authority]
steps = [
    { step = "ask_approver", group = "supervisors", decision_s = 60, timeout_s = 120 },
    { step = "ticket", group = "specialists", due_h = 24, work_s = 300 },
]

[escalation.beyond_knowledge]
steps = [{ step = "cold_transfer", group = "specialists" }]
"""


def smallest(more: str = "") -> Scenario:
    """One reason, one group."""
    return load_text(SMALLEST + more)


def shop(more: str = "") -> Scenario:
    """A shop with a front line, specialists and supervisors, six days a week."""
    return load_text(SHOP + more)
