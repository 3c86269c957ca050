"""What a replication takes is told before it is run, and what no computer simulates is refused."""

import sys
import time
from pathlib import Path
from subprocess import run
from typing import Any

import pytest

from results.errors import ReplicationError
from results.measures.registry import summarise
from scenarios import Scenario, ScenarioError, load, load_text, warnings, with_changes
from scenarios.calendar.volume import MOST_A_DAY
from scenarios.checks.size import Size, size_of
from scenarios.rules.bounds import MOST_AGENTS, MOST_DAYS, in_words
from sim import simulate
from sim.draws.draws import Draws
from sim.plan.demand import Demand
from tests.support.command_line import firstline
from tests.support.scenario_texts import SMALLEST, shop, smallest
from tui.terminal.exits import ExitCode

DEMANDING = "reasons.enquiry.volume"
WEEK = """
[reasons.mail]
groups = ["agents"]
volume = { counts = { monday = [10, 20], every_day = [5] }, start = "08:00" }
handling.voice.talk_s = 60
"""
BY_SHIFT = {
    "groups.night": {"shifts": {"one": {"start": "22:00", "end": "06:00", "heads": 2_000_000}}}
}
BY_INTERVAL = {"groups.night": {"heads_by_interval": {"heads": {"monday": [1, 400_000]}}}}
OUTAGE = {"day": 1, "start": "09:00", "minutes": 1}
AGAIN = {"probability": 1.0, "delay_min": 0}

ABSURD: dict[str, tuple[dict[str, Any], str, str]] = {
    "a billion heads": ({"groups.agents.heads": 10**9}, "groups.agents.heads", "1e9 agents"),
    "two million on a shift": (BY_SHIFT, "groups.night.shifts.one.heads", "2,000,000 agents"),
    "hundreds of thousands by interval": (
        BY_INTERVAL,
        "groups.night.heads_by_interval.heads.monday",
        "400,000 agents",
    ),
    "1e12 contacts a day": ({f"{DEMANDING}.per_day": 1e12}, f"{DEMANDING}.per_day", "1e12 contac"),
    "a factor of a million": ({f"{DEMANDING}.factor": 1e6}, f"{DEMANDING}.factor", "100,000,000 c"),
    "a weekday a million times as busy": (
        {f"{DEMANDING}.weekdays.monday": 1e6},
        f"{DEMANDING}.weekdays.monday",
        "100,000,000 contacts a day",
    ),
    "an outage for a minute that brings a billion times as many": (
        {"incidents.outage": {**OUTAGE, "multiplier": 1e9}},
        "incidents.outage.multiplier",
        "contacts a day",
    ),
    "two outages at once": (
        {
            "incidents.outage": {**OUTAGE, "minutes": 600, "multiplier": 1e4},
            "incidents.storm": {**OUTAGE, "minutes": 600, "multiplier": 1e4},
        },
        "incidents.storm.multiplier",
        "contacts a day",
    ),
    "days of a million times the mean": ({"busyness_cv": 1e6}, "busyness_cv", "on a busy day"),
    "a hundred million days": ({"horizon.days": 10**8}, "horizon.days", "100,000,000 days"),
    "customers who repeat immediately for ever": (
        {"reasons.enquiry.solve": 0.0, "repeat": {**AGAIN, "max_contacts": 10**9}},
        "repeat.max_contacts",
        "would allow",
    ),
    "customers who redial immediately for ever": (
        {"redial": {"after_abandoning": 1.0, "delay_min": 0, "max_tries": 10**9}},
        "redial.max_tries",
        "would allow",
    ),
    "a callback that is tried for ever": (
        {"callback_offer": {"tries": 10**9, "retry_after_min": 0.001}},
        "callback_offer.tries",
        "would allow",
    ),
    "ten years of a million a day": (
        {"horizon.days": 3_000, f"{DEMANDING}.per_day": 1_000_000, "groups.agents.heads": 1_000},
        f"{DEMANDING}.per_day",
        "3e9 contacts in 3,000 days",
    ),
    "ten years of fifty thousand agents": (
        {"horizon.days": 3_000, "groups.agents.heads": 50_000},
        "groups.agents.heads",
        "150,000,000 days of duty of 50,000 agents",
    ),
    "millions who wait all day for five agents": (
        {f"{DEMANDING}.per_day": 4_000_000, "reasons.enquiry.patience_s": {}},
        f"{DEMANDING}.per_day",
        "MB of memory for one replication",
    ),
    "ten years of interval tables for ten policies": (
        {"horizon.days": 3_000, **{f"policies.p{n}": {} for n in range(12)}},
        "horizon.days",
        "MB with 10 replications of each policy",
    ),
}


def changed(changes: dict[str, Any]) -> Scenario:
    """The smallest scenario with policies and other changes."""
    policies = [key for key in changes if key.startswith("policies.")]
    text = SMALLEST + "".join(f"\n[{key}]\n" for key in policies)
    rest = {key: value for key, value in changes.items() if key not in policies}
    for part, value in {"reasons.enquiry.patience_s": 0}.items():
        if part in rest and rest[part] == {}:
            text, _ = text.replace("patience_s.voice = 120\n", ""), rest.pop(part)
            assert value == 0
    return with_changes(load_text(text), rest)


@pytest.mark.parametrize(("changes", "key", "words"), ABSURD.values(), ids=ABSURD)
def test_what_no_computer_simulates_is_refused_with_the_number_and_the_key(
    changes: dict[str, Any], key: str, words: str
) -> None:
    begun = time.process_time()
    with pytest.raises(ScenarioError) as refused:
        changed(changes)
    assert time.process_time() - begun < 1.0
    (problem,) = refused.value.problems
    assert problem.key == key
    assert words in problem.rule


def test_a_policy_that_asks_for_the_absurd_is_refused_at_its_change() -> None:
    policy = '[policies.more.changes]\n"groups.agents.heads" = 1_000_000_000\n'
    with pytest.raises(ScenarioError) as refused:
        smallest(policy)
    (problem,) = refused.value.problems
    assert problem.key == 'policies.more.changes."groups.agents.heads"'
    assert problem.rule == f"would be 1e9 agents; at most {MOST_AGENTS:,} can be simulated"


@pytest.mark.parametrize(
    "changes",
    [
        {f"{DEMANDING}.per_day": MOST_A_DAY, "groups.agents.heads": 5_000},
        {"groups.agents.heads": MOST_AGENTS},
        {"horizon.days": MOST_DAYS, f"{DEMANDING}.per_day": 1},
    ],
    ids=["customers", "agents", "days"],
)
def test_what_can_just_be_simulated_is_a_doubt_or_nothing(changes: dict[str, Any]) -> None:
    assert isinstance(changed(changes), Scenario)


def test_a_large_simulation_is_told_with_its_contacts_time_and_memory() -> None:
    large = changed({f"{DEMANDING}.per_day": 4_000_000, "groups.agents.heads": 4_000})
    (doubt,) = warnings(large)
    assert doubt.key == "reasons.enquiry.volume.per_day"
    assert doubt.rule.startswith("makes a large simulation: about 4,000,000 contacts, ")
    assert doubt.rule.endswith(" MB of memory for one replication")
    assert warnings(changed({f"{DEMANDING}.per_day": 200_000, "groups.agents.heads": 200})) == ()


def test_a_policy_that_makes_a_large_simulation_is_told_at_its_change() -> None:
    changes = {"groups.agents.heads": 4_000, f"{DEMANDING}.per_day": 4_000_000}
    pairs = ", ".join(f'"{key}" = {value}' for key, value in changes.items())
    (doubt,) = warnings(smallest(f"[policies.huge]\nchanges = {{ {pairs} }}\n"))
    assert doubt.key == 'policies.huge.changes."reasons.enquiry.volume.per_day"'
    assert "makes a large simulation" in doubt.rule


def test_first_contacts_follow_weekdays_incidents_and_factors() -> None:
    # Wednesday to Tuesday: six days of 5 and one monday of 30, next to 100 enquiries a day.
    week = with_changes(smallest(WEEK), {"horizon": {"days": 7, "first_weekday": "wednesday"}})
    assert size_of(week).contacts == pytest.approx(7 * 100 + 6 * 5 + 30)
    assert size_of(with_changes(week, {"horizon.days": 16})).contacts == pytest.approx(
        16 * 100 + 14 * 5 + 2 * 30
    )
    assert size_of(with_changes(week, {f"{DEMANDING}.factor": 1.5})).contacts == pytest.approx(
        7 * 150 + 60
    )
    # An hour of ten times the volume of 100 a day, spread over 24 hours.
    hour = {"day": 8, "start": "10:00", "minutes": 60, "multiplier": 10, "reasons": ["enquiry"]}
    assert size_of(
        with_changes(week, {"horizon.days": 16, "incidents.storm": hour})
    ).contacts == pytest.approx(16 * 100 + 14 * 5 + 2 * 30 + 9 * 100 / 24)


def estimates(name: str) -> tuple[Size, float]:
    scenario = load(name)
    return size_of(scenario), float(len(simulate(scenario, 1, 0).contacts))


@pytest.mark.parametrize(
    "name", ["textbook", "bank-1999", "retail-complaints", "helpdesk-tiers", "keep-your-word"]
)
def test_the_contacts_of_a_shipped_scenario_are_about_as_many_as_estimated(name: str) -> None:
    # The estimate knows no queue, so who redials or repeats is a guess: a third either way.
    size, made = estimates(name)
    assert 0.67 < size.contacts / made < 1.5
    assert 60.0 < size.memory_mb < 200.0


def test_half_as_many_days_take_about_half_the_contacts_and_less_memory() -> None:
    size = size_of(load("train-or-hire"))
    half = size_of(with_changes(load("train-or-hire"), {"horizon.days": size.days // 2}))
    assert half.contacts == pytest.approx(size.contacts / 2.0, rel=0.05)
    assert half.memory_mb < size.memory_mb


def test_a_check_prints_what_a_replication_takes() -> None:
    done = firstline("check", "textbook")
    expected = in_words(size_of(load("textbook")))
    assert f"Size: {expected} for one replication." in done.data
    assert expected.startswith("about 69,100 contacts, ")
    machine = firstline("check", "textbook", "--format", "json")
    assert '"memory_mb"' in machine.data


def test_a_centre_that_passes_the_check_at_the_bound_of_its_agents_is_simulated() -> None:
    scenario = changed({"groups.agents.heads": 20_000, f"{DEMANDING}.per_day": 10})
    assert summarise(scenario, simulate(scenario, 1, 0)).values


@pytest.mark.parametrize(
    "changes",
    [
        {"reasons.enquiry.handling.voice.talk_s": 108_000},
        {"busyness_cv": 50},
        {"groups.agents.knowledge": -1e6, "reasons.enquiry.solve": 0.5},
        {"groups.agents.knowledge_sd": 1e6, "reasons.enquiry.solve": 0.5},
        {"groups.agents.engagement": {"start": -1e6}},
        {"groups.agents.chats_at_once": 10**9, "channels.voice.lines": 10**12},
        {
            "groups.agents.hiring": {
                "training_weeks": 1e15,
                "lead_time_weeks": 0,
                "open_at_start": 1,
            }
        },
        {"repeat": {"probability": 1, "delay_min": 1e15}, "reasons.enquiry.solve": 0.5},
        {"waiting.points_per_s": 1e15, "waiting.retell_s": 1e15},
    ],
    ids=str,
)
def test_what_is_only_absurd_is_simulated_and_measured(changes: dict[str, Any]) -> None:
    scenario = changed(changes)
    assert summarise(scenario, simulate(scenario, 1, 0)).values


def test_a_figure_of_which_no_sum_is_a_number_is_refused() -> None:
    with pytest.raises(ScenarioError) as refused:
        changed({"repeat.delay_min": 1e308})
    (problem,) = refused.value.problems
    assert problem.rule.endswith("is too large; at most 1e15 can be simulated")
    with pytest.raises(ScenarioError) as refused:
        changed({f"{DEMANDING}.per_day": 1e30})
    (problem,) = refused.value.problems  # told once, with what it would be
    assert problem.rule.startswith("would be 1e30 contacts a day")
    assert changed({"authority.full": {"limit": 1e300}})  # no limit at all, as many write it


def test_a_shop_is_no_large_simulation() -> None:
    assert size_of(shop()).seconds < 10.0


def test_a_day_beyond_all_measure_ends_the_run_in_words_and_not_in_a_full_memory() -> None:
    # A cv of 50 passes, as a doubt: most days bring nobody, one in a thousand more than 167 times
    # the mean.
    spread = changed({"busyness_cv": 50, f"{DEMANDING}.per_day": 30_000})
    assert any("50 times the mean" in problem.rule for problem in warnings(spread))
    demand = Demand(spread, Draws(1, 0))
    with pytest.raises(ScenarioError, match="contacts of enquiry on day"):
        any(len(demand.customers(day)) > MOST_A_DAY for day in range(10_000))
    error = ReplicationError("baseline", 0, 1, "ScenarioError: 1 problem in the scenario: x")
    assert "fault of the program" not in str(error)
    assert "fewer workers" in str(ReplicationError("baseline", 0, 1, "MemoryError: "))
    assert "fault of the program" in str(ReplicationError("baseline", 0, 1, "KeyError: 'x'"))


def test_a_check_tells_the_policy_that_takes_most(tmp_path: Path) -> None:
    path = tmp_path / "growing.toml"
    doubled = '[policies.growing.changes]\n"reasons.enquiry.volume.factor" = 20\n'
    path.write_text(f"{SMALLEST}\n{doubled}", encoding="utf-8")
    assert "; most under growing: about 2,000 contacts, " in firstline("check", str(path)).data
    # One head more makes no difference that anybody plans for.
    path.write_text(f'{SMALLEST}\n[policies.p.changes]\n"groups.agents.heads" = 6\n')
    assert "most under" not in firstline("check", str(path)).data


HUGE = {
    "a billion heads": SMALLEST.replace("heads = 5", "heads = 1_000_000_000"),
    "1e12 contacts a day": SMALLEST.replace("per_day = 100", "per_day = 1e12"),
    "1e8 days": f"{SMALLEST}\n[horizon]\ndays = 100_000_000\n",
    "a policy of a billion heads": (
        f'{SMALLEST}\n[policies.more.changes]\n"groups.agents.heads" = 1_000_000_000\n'
    ),
    "nested tables": f"{SMALLEST}\nx = {'{a = ' * 10_000}1{'}' * 10_000}\n",
    "a long key": f"{'.'.join('a' * 300_000)} = 1\n",
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_the_installed_command_answers_the_absurd_in_little_time_and_memory(
    text: str, tmp_path: Path
) -> None:
    path = tmp_path / "absurd.toml"
    path.write_text(text, encoding="utf-8")
    # A process of its own counts: a child begins with the memory of its parent.
    script = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], capture_output=True, text=True)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_maxrss, used.ru_utime, done.returncode, done.stdout, done.stderr)\n"
    )
    command = [Path(sys.executable).with_name("firstline"), "check", path]
    done = run([sys.executable, "-c", script, *command], capture_output=True, text=True, check=True)
    kilobytes, seconds, code, words = done.stdout.split(" ", 3)
    assert int(code) == ExitCode.BAD_SCENARIO
    assert "Traceback" not in words
    assert "1 problem found; the scenario cannot be run." in words
    assert float(kilobytes) < 200 * 1024
    assert float(seconds) < 2.0


def test_counts_that_reach_past_the_last_midnight_are_refused_in_words() -> None:
    """The estimate looks at every interval, also at those that another rule refuses."""
    late = {"volume": {"counts": {"every_day": [1.0] * 49}, "interval_min": 30, "start": "00:00"}}
    with pytest.raises(ScenarioError, match=r"midnight|day"):
        with_changes(load_text(SMALLEST), {"reasons.enquiry": late}, ["reasons.enquiry.volume"])


def test_a_reason_without_any_channel_is_refused_in_words() -> None:
    with pytest.raises(ScenarioError, match="must not sum to zero"):
        load_text(SMALLEST.replace("handling.", "channels = {}\nhandling."))
