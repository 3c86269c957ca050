"""A small busy shop in which nearly everything of the plain model happens."""

import hashlib

import numpy as np

from sim.trace.table import Table

BUSY = """
ownership = "agent"
busyness_cv = 0.15

[horizon]
days = 9

[opening]
hours = "08:00-18:00"
days = { sunday = "closed" }

[voice_menu]
time_s = 12

[redial]
after_abandoning = 0.5
after_closed = 0.3

[repeat]
probability = 0.7
delay_min = { distribution = "lognormal", median = 300, sigma = 1.2 }
talk_factor = 1.1

[callback_offer]
when_wait_over_s = 60
accept = 0.4

[waiting]
retell_s = 30
hold_patience_s = { distribution = "exponential", mean = 240 }

[reasons.order]
volume.per_day = 260
channels = { voice = 0.6, chat = 0.2, email = 0.2 }
groups = ["front"]
solve = 0.85
false_resolution = 0.05
patience_s = { voice = { distribution = "exponential", mean = 200 }, chat = 300 }

[reasons.order.handling]
voice.talk_s = { distribution = "lognormal", mean = 240, cv = 1.0 }
voice.wrap_up_s = { distribution = "exponential", mean = 30 }
chat.talk_s = { distribution = "lognormal", mean = 300, cv = 0.8 }
email.talk_s = { distribution = "exponential", mean = 260 }

[reasons.damage]
complaint = true
volume.per_day = 90
groups = ["front", { group = "specialists", after_s = 90 }]
solve = 0.75
false_resolution = 0.08
demands_boss = 0.05
remedy.kinds = { refund = 0.7, goodwill = 0.3 }
remedy.money = { distribution = "uniform", low = 5, high = 80 }
patience_s.voice = { distribution = "exponential", mean = 300 }
handling.voice.talk_s = { distribution = "lognormal", mean = 320, cv = 0.9 }
handling.voice.wrap_up_s = 20

[groups.front]
authority = "limited"
chats_at_once = 2
chat_slowdown = 0.3
knowledge_sd = 0.4
speed_cv = 0.2
absence = 0.06
meetings_min_per_day = 10
training_min_per_day = 12
cost_per_hour = 20

[groups.front.shifts.early]
start = "08:00"
end = "15:00"
heads = 7
breaks = [{ at = "11:00", minutes = 30, waves = 2 }]

[groups.front.shifts.late]
start = "11:00"
end = "18:00"
heads = 6

[groups.specialists]
tier = 2
heads = 2
knowledge = 1.5
authority = "limited"
approver = "supervisors"

[groups.supervisors]
tier = 3
heads = 2
knowledge = 2.0
authority = "full"
own_work.hours_per_day = 3

[authority.limited]
limit = 25
[authority.full]
limit = inf

[escalation.beyond_authority]
steps = [
    { step = "ask_approver", group = "supervisors", decision_s = 60, timeout_s = 120 },
    { step = "ticket", group = "specialists", due_h = 24, work_s = 300 },
]

[escalation.beyond_knowledge]
steps = [
    { step = "ask_colleague", time_s = 40, chance = 0.4, timeout_s = 0 },
    { step = "cold_transfer", group = "specialists", chance = 0.6 },
    { step = "promise_callback", due_h = 8 },
]

[escalation.on_demand]
steps = [{ step = "warm_transfer", group = "supervisors", timeout_s = 90 }]
"""


def digest(table: Table, columns: tuple[str, ...]) -> str:
    """Some columns of a table in one word; times to the microsecond."""
    told = hashlib.blake2b(digest_size=8)
    for column in columns:
        cells = np.round(table[column].astype(np.float64), 6) + 0.0  # no negative zeros
        told.update(cells.tobytes())
    return told.hexdigest()
