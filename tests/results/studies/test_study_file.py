"""Study files: read, or refused with everything that is wrong."""

from pathlib import Path

import pytest

from results.studies.read import read_study, study_of
from scenarios import ScenarioError, load, load_text
from scenarios.files.documents import document_of

GOOD = """
scenario = "textbook"
policies = ["baseline"]
measures = ["asa"]
replications = 3
[changes]
"horizon.days" = 1
[[factors]]
key = "groups.agents.heads +="
range = "-2:2:2"
[[factors]]
key = "reasons.enquiry.volume.factor *="
levels = [0.9, 1.1]
"""


def test_a_study_file_names_scenario_policies_factors_and_replications(tmp_path: Path) -> None:
    file = tmp_path / "study.toml"
    file.write_text(GOOD, encoding="utf-8")
    study = read_study(file)
    assert [factor.levels for factor in study.factors] == [(-2, 0, 2), (0.9, 1.1)]
    assert len(study.places()) == 6
    assert study.load_scenario().horizon.days == 1
    assert (study.policies, study.measures, study.replications) == (("baseline",), ("asa",), 3)


def test_a_scenario_of_one_s_own_lies_beside_the_study(tmp_path: Path) -> None:
    text = 'scenario = "mine.toml"\n[[factors]]\nkey = "groups.agents.heads"\nlevels = [3]\n'
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    from scenarios import path_of

    (tmp_path / "mine.toml").write_bytes(path_of("textbook").read_bytes())
    assert read_study(tmp_path / "study.toml").load_scenario().title


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(ScenarioError) as refused:
        study_of(
            {
                "polices": ["baseline"],
                "replications": 0,
                "measures": ["asaa"],
                "design": "space_filling",
                "factors": [{"key": "groups.a.heads", "levels": [1], "range": "1:2"}, {"key": 3}],
            }
        )
    said = str(refused.value)
    for words in (
        "polices",
        'Did you mean "policies"?',
        "replications = 0",
        "must be a whole number of at least 1",
        "asaa",
        "scenario",
        "is missing",
        "points",
        "either levels or range",
        "must be a key of the scenario",
    ):
        assert words in said


def test_a_study_without_factors_says_how_to_write_one() -> None:
    with pytest.raises(ScenarioError, match="at least one table"):
        study_of({"scenario": "textbook"})


def test_a_scenario_taken_for_a_study_and_a_study_for_a_scenario_is_one_sentence() -> None:
    with pytest.raises(ScenarioError) as found:
        study_of(document_of(load("textbook")), file="own.toml")
    (problem,) = found.value.problems
    assert str(problem).startswith("own.toml\n    is a scenario, and no study of one")
    assert 'scenario = "own.toml" and [[factors]]' in problem.hint
    with pytest.raises(ScenarioError) as found:
        load_text('scenario = "textbook"\n[[factors]]\nkey = "groups.agents.heads"', file="s.toml")
    assert [(one.rule, one.hint) for one in found.value.problems] == [
        ("is a study of a scenario, and no scenario", "firstline study runs it.")
    ]
