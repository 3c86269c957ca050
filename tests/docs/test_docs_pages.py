"""The pages of the documentation hang together, and what they show can be written and run."""

import re
import tomllib
from pathlib import Path

import pytest

from results.charts.catalogue import CHARTS
from results.charts.stress import STRESS as BREAKS
from results.runs.replication_file import FORMAT
from scenarios import load
from scenarios.register import REGISTER, Assumption
from scenarios.schema import Scenario
from scenarios.templates import templates
from tests.docs.test_docs_levers import unknown
from tests.support.doc_commands import PAGES, ROOT, blocks, commands, name_of, run

LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")
ALL = (*PAGES, ROOT / "CHANGELOG.md", ROOT / "examples" / "README.md")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
CSV = ROOT / "docs" / "how-to" / "bring-data-as-csv.md"


def links(page: Path) -> set[Path]:
    """What a page points to in this repository."""
    found = LINK.findall(page.read_text(encoding="utf-8"))
    return {
        (page.parent / target).resolve() for target, _ in found if not target.startswith("http")
    }


def titles(page: Path) -> set[str]:
    """What a link into a page can name, as GitHub makes it of titles."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", ALL, ids=name_of)
def test_what_a_page_points_to_is_there(page: Path) -> None:
    assert [str(target) for target in links(page) if not target.exists()] == []


@pytest.mark.parametrize("page", ALL, ids=name_of)
def test_a_link_into_a_page_meets_a_title(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    into = re.findall(r"\]\(([^)#\s]*\.md)?#([^)\s]+)\)", text)
    wrong = [at for to, at in into if at not in titles(page.parent / to if to else page)]
    assert wrong == []


def test_every_page_is_two_clicks_from_the_readme() -> None:
    once = links(ROOT / "README.md")
    twice = once.union(*(links(page) for page in once if page.suffix == ".md"))
    levers = set((ROOT / "docs" / "levers").glob("*.md"))
    assert {page.resolve() for page in PAGES} - levers - twice - {ROOT / "README.md"} == set()
    assert (
        levers <= {link for page in twice if page.suffix == ".md" for link in links(page)} | twice
    )


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_keys_that_a_page_shows_are_keys_of_a_scenario(page: Path) -> None:
    shown = [block.text for block in blocks(page) if block.language == "toml"]
    files = [tomllib.loads(text) for text in shown]
    # A study file is no scenario: it names one. A mapping says of what kind records are.
    files = [one for one in files if not {"factors", "precision", "kind"} & one.keys()]
    assert [key for one in files for key in unknown(Scenario, one)] == []


def test_the_page_of_run_folders_names_the_format_of_stored_replications() -> None:
    page = (ROOT / "docs" / "runs.md").read_text(encoding="utf-8")
    assert f"of an unfinished run ({FORMAT};" in page


@pytest.mark.parametrize("one", REGISTER, ids=lambda one: f"{one.part.__name__}.{one.field}")
def test_what_the_sources_say_is_told_of_every_assumption_with_its_strength(
    one: Assumption,
) -> None:
    page = (ROOT / "docs" / "assumptions.md").read_text(encoding="utf-8")
    rows = page.partition("## What the sources say")[2].splitlines()
    cells = [row.strip("| ").split(" | ") for row in rows if row.startswith("|")]
    strengths = [last for first, *_, last in cells if re.search(rf"[`.]{one.field}`", first)]
    assert any(strength.startswith(one.strength) for strength in strengths)


WORDS = """
FCR, gross, net, occupancy, utilisation, Erlang B, logit, service level, claim, break-even,
baseline, replication, seed, revenue at risk, give-away, practically the same, not known yet,
beyond chance,
cross-check, failure demand, shrinkage, abandoned, wrap-up, escalation, backlog, tenure, attrition,
Erlang C, ASA, AHT, utilisation, percentile, patience, hazard, priority, roster, top box, odds,
paired difference, simultaneous, band, margin, relevance, tornado, waterfall, counterfactual,
Shapley, sweep, factor, stress, expectation, Kaplan–Meier, Fieller, run folder, worker, scheduler
"""


@pytest.mark.parametrize("word", [word.strip() for word in WORDS.split(",")])
def test_a_word_of_screens_and_verdicts_is_in_the_glossary(word: str) -> None:
    said = GLOSSARY.lower().replace("`", "")
    assert word.lower() in said


def test_arrivals_and_a_roster_come_in_as_the_page_on_csv_says(tmp_path: Path) -> None:
    for line, _ in commands(CSV):
        assert run(line, tmp_path).returncode == 0
    text = (tmp_path / "my-centre.toml").read_text(encoding="utf-8")
    text = text.replace("volume.per_day = 500", 'volume.csv = "arrivals.csv"', 1)
    text = text.replace("heads = 12", 'heads_by_interval.csv = "roster.csv"', 1)
    (tmp_path / "my-centre.toml").write_text(
        text.replace('"groups.front_line.heads +=" = 2', '"groups.front_line.absence" = 0.1'),
        encoding="utf-8",
    )
    scenario = load(tmp_path / "my-centre.toml")
    plan = scenario.groups["front_line"].heads_by_interval
    assert scenario.reasons["order"].volume.counts is not None
    assert sum(scenario.reasons["order"].volume.counts["every_day"]) == 500
    assert plan is not None
    assert max(plan.heads["every_day"]) == 14


PYTHON = [page for page in PAGES if any(one.language == "python" for one in blocks(page))]
SQL = [page for page in PAGES if any(one.language == "sql" for one in blocks(page))]


@pytest.mark.long
@pytest.mark.parametrize("page", PYTHON, ids=name_of)
def test_every_script_on_a_page_runs(page: Path, tmp_path: Path) -> None:
    plan = templates()["front-line-and-supervisors"]
    (tmp_path / "plan.toml").write_text(
        plan + '[expect.quick]\nmeasure = "asa"\nat_most = 99\n', encoding="utf-8"
    )
    for number, block in enumerate(one for one in blocks(page) if one.language == "python"):
        if "from distributed import" in block.text:
            continue  # needs a cluster
        text = re.sub(r"replications=\d+", "replications=2", block.text)
        body = "".join(f"    {line}\n" if line else "\n" for line in text.splitlines())
        script = tmp_path / f"script{number}.py"
        script.write_text(f'if __name__ == "__main__":\n{body}', encoding="utf-8")
        done = run(f"python {script.name}", tmp_path)
        assert done.returncode == 0, done.stderr


@pytest.mark.long
@pytest.mark.parametrize("page", SQL, ids=name_of)
def test_every_question_on_a_page_is_answered(page: Path, tmp_path: Path) -> None:
    made = run("firstline compare retail-complaints --traces --days 1", tmp_path)
    assert made.returncode == 0, made.stderr
    for block in blocks(page):
        if block.language == "sql":
            (tmp_path / "question.sql").write_text(block.text, encoding="utf-8")
            done = run('firstline runs query "$(cat question.sql)" -f csv', tmp_path)
            assert done.returncode == 0, f"{block.text}\n{done.stderr}"
            assert done.stdout.count("\n") >= 2, f"no rows: {block.text}"


def test_every_chart_has_a_row_that_says_how_to_read_it() -> None:
    page = (ROOT / "docs" / "how-to" / "read-a-chart.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE))
    assert described == {*CHARTS, BREAKS}
