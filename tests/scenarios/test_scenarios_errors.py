"""What a person reads who made mistakes: all of them at once, where, the rule, what was meant."""

import pickle
import random
import tomllib
from copy import deepcopy
from datetime import date
from functools import reduce
from operator import getitem
from typing import Any

import pytest

from scenarios import Problem, ScenarioError, load_text
from scenarios.files.toml_text import key_text, value_text
from tests.support.scenario_texts import SHOP, SMALLEST

FULL_OF_MISTAKES = """\
[horizon]
days = 0

[reasons.damage]
tittle = "Damaged item"
volume = { per_day = -5, profil = "shop" }
groups = ["front_lin", { group = "front_line", after_s = "60" }]
channels = { voic = 1 }
solve = 1.5
handling.voice.talk_s = { distribution = "lognormel", mean = 300 }
handling.chat.talk_s = { distribution = "gamma", mean = 300 }
handling.email.talk_s = { mean = 300 }
handling.text.talk_s = { distribution = "lognormal", mean = 300, sigma = 1 }

[groups.front_line]
heads = 2.5
authority = "ful"

[groups.supervisors]
shifts.day = { start = "8 am", end = 2026-01-01, weekdays = "monday", heads = true }

[authority.full]
limit = "inf"

[escalation.beyond_authority]
steps = [
    { step = "ask_approver", group = "supervisor", decision_s = 60, timeout_s = inf },
    { step = "transfer", group = "supervisors" },
    { group = "supervisors" },
]

[group.back_office]
heads = 4
"""

GOLDEN = """\
24 problems in the scenario:
centre.toml: horizon.days = 0
    must be a whole number of at least 1
centre.toml: reasons.damage.volume.per_day = -5
    must be a number of at least 0
centre.toml: reasons.damage.volume.profil = "shop"
    is not a known key here
    Did you mean "profile"?
centre.toml: reasons.damage.channels.voic = 1
    is not a known key here
    Did you mean "voice"?
centre.toml: reasons.damage.groups.1.after_s = "60" (stage 2)
    must be a number of at least 0
    Write it without quotes: 60.
centre.toml: reasons.damage.handling.voice.talk_s.distribution = "lognormel"
    must be one of "constant", "exponential", "lognormal", "gamma", "weibull", "erlang", \
"uniform", "triangular", "hyperexponential", "empirical" or "survival"
    Did you mean "lognormal"?
centre.toml: reasons.damage.handling.chat.talk_s.cv
    is missing: it must be a number above 0 and at most 1e12
centre.toml: reasons.damage.handling.email.talk_s = { mean = 300 }
    must say which distribution it is, as in distribution = "lognormal"
    Known: "constant", "exponential", "lognormal", "gamma", "weibull", "erlang", "uniform", \
"triangular", "hyperexponential", "empirical" or "survival".
centre.toml: reasons.damage.handling.text.talk_s
    give mean and cv, or median and sigma, or median and p90
centre.toml: reasons.damage.solve = 1.5
    must be a number from 0 to 1
centre.toml: reasons.damage.tittle = "Damaged item"
    is not a known key here
    Did you mean "title"?
centre.toml: groups.front_line.heads = 2.5
    must be a whole number of at least 0
centre.toml: groups.supervisors.shifts.day.start = "8 am"
    write a time of day as "HH:MM", from "00:00" to "24:00"
centre.toml: groups.supervisors.shifts.day.end = 2026-01-01
    must be text in quotes
    Write it in quotes: "2026-01-01".
centre.toml: groups.supervisors.shifts.day.heads = true
    must be a whole number of at least 0
centre.toml: groups.supervisors.shifts.day.weekdays = "monday"
    must be a list in square brackets
    Write it in square brackets: ["monday"].
centre.toml: authority.full.limit = "inf"
    must be a number of at least 0
    Write it without quotes: inf.
centre.toml: escalation.beyond_authority.steps.0.timeout_s = inf (step 1)
    must be a finite number
    Leave the key out if there is no limit.
centre.toml: escalation.beyond_authority.steps.1.step = "transfer" (step 2)
    must be one of "ask_colleague", "ask_approver", "warm_transfer", "cold_transfer", \
"promise_callback", "ticket" or "decline"
    Did you mean "warm_transfer"?
centre.toml: escalation.beyond_authority.steps.2 = { group = "supervisors" } (step 3)
    must say which step it is, as in step = "decline"
    Known: "ask_colleague", "ask_approver", "warm_transfer", "cold_transfer", \
"promise_callback", "ticket" or "decline".
centre.toml: group
    is not a known key here
    Did you mean "groups"?
centre.toml: reasons.damage.groups.0 = "front_lin" (stage 1)
    names a group that does not exist
    Did you mean "front_line"?
centre.toml: groups.front_line.authority = "ful"
    names an authority level that does not exist
    Did you mean "full"?
centre.toml: escalation.beyond_authority.steps.0.group = "supervisor" (step 1)
    names a group that does not exist
    Did you mean "supervisors"?"""


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ScenarioError) as caught:
        load_text(text, file="centre.toml")
    return caught.value.problems


def only_problem(text: str) -> Problem:
    problems = problems_of(text)
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]


def test_every_mistake_in_a_file_is_told_at_once_in_plain_words() -> None:
    with pytest.raises(ScenarioError) as caught:
        load_text(FULL_OF_MISTAKES, file="centre.toml")
    assert str(caught.value) == GOLDEN


def test_a_wrong_value_does_not_hide_what_cannot_work_elsewhere() -> None:
    problems = problems_of(
        SMALLEST
        + """
        [groups.others]
        heds = 3
        [groups.night]
        shifts.a = { start = "20:00", end = "04:00", heads = 2, crew = "x" }
        shifts.b = { start = "03:00", end = "08:00", heads = 2, crew = "x" }
        [incidents.storm]
        day = 9
        start = "10:00"
        minutes = 30
        multiplier = 4
        """
    )
    assert [problem.key for problem in problems] == [
        "groups.others.heds",
        "incidents.storm.day",
        "groups.night.shifts.b.start",
    ]


def test_what_only_follows_from_a_wrong_value_is_not_told() -> None:
    problem = only_problem(
        """
        [reasons.damage]
        volume.per_day = 10
        groups = ["front_line"]
        handling.voice.talk_s = 60
        remedy.money = 10
        [groups.front_line]
        heads = 5
        [groups.supervisors]
        heads = 1
        autority = "full"
        [authority.full]
        limit = inf
        [escalation.beyond_authority]
        steps = [{ step = "ask_approver", group = "supervisors", decision_s = 5 }]
        """
    )
    assert problem.key == "groups.supervisors.autority"


def test_a_wrong_step_does_not_make_its_path_missing() -> None:
    problem = only_problem(
        SMALLEST.replace("volume.per_day", "demands_boss = 0.1\nvolume.per_day")
        + '[escalation.on_demand]\nsteps = [{ step = "declin" }]\n'
    )
    assert problem.key == "escalation.on_demand.steps.0.step"


def test_a_key_in_the_wrong_place_is_told_where_it_belongs() -> None:
    problem = only_problem(SMALLEST.replace("[groups.agents]", "[groups.agents]\nper_day = 5"))
    assert problem.hint == 'It belongs in "reasons.NAME.volume.per_day".'


def test_names_with_blanks_or_dots_are_written_with_quotes_in_a_key_path() -> None:
    problem = only_problem(SMALLEST + '[groups."2nd line (e.g. Bob)"]\nheads = -1\n')
    assert problem.key == 'groups."2nd line (e.g. Bob)".heads'
    assert problem.value == -1


def test_a_missing_section_is_told() -> None:
    problem = only_problem("[groups.agents]\nheads = 5\n")
    assert (problem.key, problem.value) == ("reasons", None)
    assert problem.rule == "is missing: it must be a table of keys and values"


def test_a_centre_without_any_reason_is_refused() -> None:
    problem = only_problem("[reasons]\n[groups.agents]\nheads = 5\n")
    assert (problem.key, problem.rule) == ("reasons", "must not be empty")


def test_numbers_that_are_none_are_refused() -> None:
    assert only_problem(SMALLEST.replace("100", "nan")).rule == "must be a finite number"
    assert only_problem(SMALLEST.replace("100", "inf")).rule == "must be a finite number"


def test_a_stage_with_group_and_groups_is_refused() -> None:
    stage = '{ group = "agents", groups = ["agents"] }'
    problem = only_problem(SMALLEST.replace('["agents"]', f"[{stage}]"))
    assert problem.key == "reasons.enquiry.groups.0.group"
    assert problem.hint == 'Did you mean "groups"?'


def test_a_long_value_is_cut_in_the_message() -> None:
    problem = only_problem(SMALLEST.replace("100", f'"{"x" * 500}"'))
    assert max(map(len, str(problem).splitlines())) < 120


@pytest.mark.parametrize(
    ("text", "line", "rule"),
    [
        ("title = Shop\n", 1, "is not a value in TOML"),
        ("a = 1\na = 2\n", 2, "sets a key that already has a value"),
        ("[groups.a]\nheads = 1\n\n[groups.a]\n", 4, "begins a section that already exists"),
        ("title 'Shop'\n", 1, "must have an equals sign after the key"),
        ("[opening]\nhours = 08:00-20:00\n", 2, "has something left after the value"),
        ("x = { a = 1, b = 2\n", 1, "must close the table with } on the same line"),
        ("[groups.a\n", 1, "must close the bracket of the section's name"),
        ('title = "Shop\n', 1, "has a character that may not stand there"),
        ("x = [1, 2\n", 1, "must separate entries with commas and close the list with ]"),
        ("a = 08:15\n", 1, "has something left after the value"),
        ('path = "C:\\dir"\n', 1, "has a backslash in text"),
        ("= 5\n", 1, "is neither a [section] nor key = value"),
    ],
)
def test_text_that_is_not_toml_is_told_with_its_line(text: str, line: int, rule: str) -> None:
    problem = only_problem(text)
    assert (problem.line, problem.rule) == (line, rule)
    assert problem.key in text
    assert str(problem).startswith(f"centre.toml:{line}: ")


@pytest.mark.parametrize("value", ["1" * 5000, "0x" + "f" * 5000], ids=["decimal", "hexadecimal"])
def test_what_no_reader_can_take_is_a_problem_like_any_other(value: str) -> None:
    assert "too long" in only_problem(f"x = {value}").rule


def test_an_error_survives_the_way_back_from_a_worker_process() -> None:
    error = ScenarioError([Problem("a.toml", "title", 5, "must be text in quotes")])
    copy = pickle.loads(pickle.dumps(error))
    assert copy.problems == error.problems
    assert str(copy) == "1 problem in the scenario:\na.toml: title = 5\n    must be text in quotes"


ODD_VALUES: tuple[Any, ...] = (
    -1, 2.5, 1e300, 10**30, float("nan"), float("inf"), "", "front_line", "25:00", True, [], {},
    [1], [[]], [{}], {"distribution": 5}, {"step": ["a"]}, {"step": "decline"}, {"csv": 5},
    {"": {}}, {"group": {}}, {"monday": [1]}, date(2026, 1, 1),
)  # fmt: skip


def places_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    entries = value.items() if isinstance(value, dict) else ()
    entries = enumerate(value) if isinstance(value, list) else entries
    return [path, *(place for key, entry in entries for place in places_in(entry, (*path, key)))]


@pytest.mark.parametrize("seed", range(150))
def test_whatever_is_written_where_is_told_as_a_problem(seed: int) -> None:
    chance = random.Random(seed)
    document = tomllib.loads(SHOP + '[policies.a]\nchanges = { "costs.currency" = "$" }\n')
    for _ in range(chance.choice((1, 2, 4))):
        *above, key = chance.choice(places_in(document)[1:])
        table = reduce(getitem, above, document)
        table[key] = deepcopy(chance.choice(ODD_VALUES))
    text = "\n".join(f"{key_text((k,))} = {value_text(v)}" for k, v in document.items())
    assert all(problem.rule and str(problem) for problem in problems_if_any(text))


def problems_if_any(text: str) -> tuple[Problem, ...]:
    try:
        load_text(text)
    except ScenarioError as error:
        return error.problems
    return ()
