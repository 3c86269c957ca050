"""Back to a file: policies into the user's own, whole scenarios into new ones."""

import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios import Scenario, ScenarioError, apply, list_scenarios, load, load_text
from scenarios.files.characters import LINES, controls_in
from scenarios.save import dump, save, save_policy
from tests.support.scenario_texts import SHOP, shop

COMMENTED = """\
# My shop, as of March.

title = "Shop"  # as on the door

[reasons.order]
volume.per_day = 100    # counted by hand
groups = ["agents"]
handling.voice.talk_s = 60

# The people.
[groups.agents]
heads = 5

[policies.more]
# Two more heads, as Ann proposed.
title = "More"  # a short name
changes = { "groups.agents.heads" = 7 }  # from 5

[groups.others]
heads = 1

[policies.fewer]
changes = { "groups.agents.heads" = 3 }
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "shop.toml"
    path.write_text(COMMENTED)
    return path


def test_a_new_policy_leaves_every_line_of_the_file_as_it_was(file: Path) -> None:
    save_policy(file, "late", {"opening.hours": "10:00-22:00"}, title="Open late")
    text = file.read_text()
    assert text.startswith(COMMENTED)
    assert text.removeprefix(COMMENTED) == (
        '\n[policies.late]\ntitle = "Open late"\n\n[policies.late.changes]\n'
        '"opening.hours" = "10:00-22:00"\n'
    )
    assert apply(load(file), "late").opening.hours == "10:00-22:00"


def test_a_policy_that_is_there_is_replaced_and_its_comments_stay(file: Path) -> None:
    save_policy(file, "more", {"groups.agents.heads": 9}, title="Many more", remove=["title"])
    before, after = COMMENTED.splitlines(), file.read_text().splitlines()
    assert [line for line in after if line not in before] == [
        'title = "Many more"  # a short name',
        'changes = { "groups.agents.heads" = 9 }  # from 5',
        'remove = ["title"]',
    ]
    assert [line for line in before if line not in after] == [
        'title = "More"  # a short name',
        'changes = { "groups.agents.heads" = 7 }  # from 5',
    ]
    assert apply(load(file), "more").groups["agents"].heads == 9


def test_what_a_policy_no_longer_has_goes_from_the_file(file: Path) -> None:
    save_policy(file, "more", {"groups.agents.heads": 9})
    assert load(file).policies["more"].title == ""


@pytest.mark.parametrize(
    "written",
    [
        'policies = { first = { title = "A" } }\n' + SHOP,
        'policies.first.title = "A"\n' + SHOP,
        SHOP + '[policies]\nfirst = { title = "A" }\n',
        SHOP + '[policies]\nfirst.title = "A"\n',
        SHOP + '[policies.first]\ntitle = "A"',
        SHOP,
    ],
)
def test_a_policy_is_added_however_the_others_are_written(tmp_path: Path, written: str) -> None:
    path = tmp_path / "shop.toml"
    path.write_text(written)
    before = load(path)
    save_policy(path, "two heads", {"groups.supervisors.heads": 2}, title='So "they" say')
    after = load(path)
    assert list(after.policies) == [*before.policies, "two heads"]
    assert after.policies["two heads"].title == 'So "they" say'
    assert after.model_copy(update={"policies": before.policies}) == before


def test_line_ends_of_another_system_are_kept(file: Path) -> None:
    file.write_bytes(COMMENTED.replace("\n", "\r\n").encode())
    save_policy(file, "late", {"opening.hours": "10:00-22:00"})
    content = file.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert apply(load(file), "late").opening.hours == "10:00-22:00"


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("bad", {"groups.agents.hedas": 5}),
        ("baseline", {"groups.agents.heads": 5}),
        ("more", {"groups.agents.heads": -5}),
    ],
)
def test_a_policy_that_cannot_work_leaves_the_file_alone(
    file: Path, name: str, changes: dict[str, Any]
) -> None:
    with pytest.raises(ScenarioError):
        save_policy(file, name, changes)
    assert file.read_text() == COMMENTED
    assert list(file.parent.iterdir()) == [file]


def test_a_file_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        save(shop(), tmp_path / "no" / "shop.toml")
    assert caught.value.problems[0].rule == "cannot be written: No such file or directory"


def test_a_file_is_replaced_with_its_rights_and_through_its_link(file: Path) -> None:
    file.chmod(0o640)
    link = file.parent / "link.toml"
    link.symlink_to(file)
    save(shop(), link)
    assert link.is_symlink()
    assert load(file) == shop()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert sorted(file.parent.iterdir()) == [link, file]


def test_a_whole_scenario_is_written_with_short_lines_first() -> None:
    text = dump(load_text('story = "One.\\nTwo \\"2\\" \\\\."\n' + SHOP))
    assert text.startswith('story = """\nOne.\nTwo \\"2\\" \\\\."""\n\n[horizon]\ndays = 7\n')
    assert '{ group = "specialists", after_s = 60 }' in text
    assert 'talk_s = { distribution = "lognormal", mean = 300, cv = 0.8 }' in text


@pytest.mark.parametrize("name", [shipped.name for shipped in list_scenarios()])
def test_a_shipped_scenario_comes_back_as_it_was_written(name: str) -> None:
    scenario = load(name)
    assert load_text(dump(scenario)) == scenario


amounts = st.one_of(
    st.integers(min_value=1, max_value=10**6), st.floats(min_value=1e-9, max_value=1e9)
)
volumes = st.integers(min_value=1, max_value=10**6) | st.floats(min_value=1e-9, max_value=1e6)
shares = st.just(0.0) | st.floats(min_value=1e-9, max_value=1)
texts = st.text(max_size=20).filter(lambda text: not controls_in(text))
names = texts.filter(bool).map(lambda text: text[:8])
point = st.fixed_dictionaries({}, optional={"point_share": shares, "point_at": amounts})
distributions = st.one_of(
    amounts,
    st.builds(
        lambda mean, more: {"distribution": "exponential", "mean": mean} | more, amounts, point
    ),
    st.builds(
        lambda value, more: {"distribution": "constant", "value": value} | more, amounts, point
    ),
    st.builds(lambda m, cv: {"distribution": "lognormal", "mean": m, "cv": cv}, amounts, amounts),
    st.builds(
        lambda v: {"distribution": "empirical", "values": v},
        st.lists(amounts, min_size=1, max_size=4),
    ),
)
steps = st.one_of(
    st.fixed_dictionaries(
        {"step": st.just("ask_colleague"), "time_s": distributions},
        optional={"chance": shares, "timeout_s": amounts},
    ),
    st.fixed_dictionaries(
        {"step": st.just("ticket"), "due_h": amounts, "work_s": distributions},
        optional={
            "preparation": st.nothing(),
            "money_to": st.one_of(amounts, st.just(float("inf"))),
        },
    ),
    st.just({"step": "decline"}),
)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Small scenarios that work, as tables."""
    group, reason = draw(names), draw(names)
    helper = {"group": group, "after_s": 5, "when_waiting_over": 0, "reserve": 0}
    stage = draw(st.sampled_from([group, {"group": group, "after_s": 5}, {"groups": [group]}]))
    more = draw(st.sampled_from([[], [helper], [{**helper, "when_longest_over_s": 9}]]))
    return {
        "title": draw(texts),
        "story": draw(st.text(max_size=20).filter(lambda text: not controls_in(text, LINES))),
        "reasons": {
            reason: {
                "volume": {"per_day": draw(volumes), "weekdays": {"sunday": draw(amounts)}},
                "groups": [stage, *more],
                "handling": {
                    "voice": {"talk_s": draw(distributions), "wrap_up_s": draw(distributions)}
                },
                "patience_s": draw(st.dictionaries(st.just("voice"), distributions)),
                "solve": draw(shares),
            }
        },
        "groups": {
            group: {"heads": draw(st.integers(1, 50)), "talk_s": {reason: draw(distributions)}}
        },
        "escalation": {
            "beyond_knowledge": {"steps": draw(st.lists(steps, min_size=1, max_size=3))}
        },
        "channels": draw(st.dictionaries(st.sampled_from(["chat", "text"]), st.just({}))),
        "policies": draw(
            st.dictionaries(
                names.filter(lambda name: name != "baseline"),
                st.fixed_dictionaries({"changes": st.just({"costs.telecom_per_min": 0.5})}),
                max_size=2,
            )
        ),
    }


@given(documents())
def test_any_scenario_comes_back_as_it_was_written(document: dict[str, Any]) -> None:
    scenario = Scenario.model_validate(document)
    assert load_text(dump(scenario)) == scenario


@pytest.mark.parametrize("name", [one.name for one in list_scenarios()])
def test_a_scenario_written_and_read_again_is_the_same_to_the_last_digit(name: str) -> None:
    # A policy's 2.0 that came back as 2 was another scenario to a run that continues.
    scenario = load(name)
    assert load_text(dump(scenario)).model_dump_json() == scenario.model_dump_json()
