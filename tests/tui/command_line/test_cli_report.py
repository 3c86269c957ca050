"""firstline report: from the folder of a run, for people who were not there."""

import json
import re
import shutil
import subprocess
from collections import Counter
from html import escape
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from results.report.document import IN_MARKDOWN, REPORT
from results.report.stored import report_on
from results.runs import running
from results.runs.store import open_run
from tests.support.command_line import Answer, firstline, shop
from tests.support.hostile_names import TITLE, scenario
from tests.support.outline import Outline
from tests.support.stored_runs import stored
from tests.tui.app.test_serve import BROWSER, BROWSERS

HEADS = "groups.front_line.heads"
ONE = ("--workers", "1")
ITEMS = (
    *("1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "2.5.1", "2.5.2", "2.5.3", "2.5.4"),
    *("2.5.5", "3.1", "3.2", "3.3", "3.4", "4.1", "4.2", "4.3", "5.1", "5.2", "5.3", "5.4", "6.1"),
)
"""The items of STRESS-DES (Monks and others 2019)."""


def only_run() -> Path:
    (folder,) = Path("runs").iterdir()
    return folder


def ran(*asked: str | Path) -> Path:
    """The folder of a run that a command leaves."""
    done = firstline(*asked, *ONE)
    assert done.code == 0, done.words
    return only_run()


def written(folder: Path) -> tuple[Outline, str]:
    """Both forms of a report."""
    html = (folder / REPORT).read_text(encoding="utf-8")
    return Outline(html), (folder / IN_MARKDOWN).read_text(encoding="utf-8")


def said(done: Answer) -> str:
    return " ".join((done.words + done.data).split())


def test_a_comparison_is_reported_from_its_folder_as_when_it_was_run(tmp_path: Path) -> None:
    folder = ran("compare", shop(tmp_path), "-n", "3", "--charts", "scorecard,cost")
    before = Outline((folder / REPORT).read_text(encoding="utf-8"))
    (folder / REPORT).unlink()
    done = firstline("report")
    assert done.code == 0
    assert f"{folder / REPORT}" in done.data
    outline, markdown = written(folder)
    assert outline.sections == before.sections
    assert outline.tables == before.tables
    assert "![" in markdown
    assert "(charts/scorecard.png)" in markdown


def test_every_item_of_the_checklist_is_filled_or_said_to_be_unknown(tmp_path: Path) -> None:
    folder = ran("compare", shop(tmp_path), "-n", "2", "--charts", "scorecard")
    firstline("report", folder.name)
    outline, markdown = written(folder)
    rows = outline.tables["STRESS-DES checklist"][1:]
    assert tuple(row[0].split()[0] for row in rows) == ITEMS
    assert all(row[1].strip() for row in rows)
    unknown = [row[0].split()[0] for row in rows if row[1].startswith("Unknown")]
    assert unknown == ["1.1", "3.1", "3.2", "5.4"], "the shop asks no question"
    assert markdown.count("Unknown: ") == 3


def test_the_command_and_the_versions_of_then_stand_in_the_report(tmp_path: Path) -> None:
    folder, experiment = stored(tmp_path, seed=11)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["origin"]["versions"] |= {"numpy": "1.2.3", "python": "3.99.1"}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    report_on(folder)
    outline, markdown = written(folder)
    computed = outline.section("How it was computed")
    assert "It was made by firstline compare retail" in computed
    policies = ",".join(experiment.policies)
    again = f"firstline compare scenario.toml --policies {policies} -n 2 --seed 11"
    assert again in computed
    assert again in markdown
    assert "numpy==1.2.3" in computed
    assert "Python 3.99.1" in computed
    assert open_run(folder).manifest.origin.scenario_hash in computed


def test_what_the_report_says_repeats_it_gives_the_same_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept = f"{HEADS}=3:4"
    folder = ran("sweep", shop(tmp_path), swept, "-n", "2", "--no-charts").resolve()
    firstline("report")
    (again,) = re.findall(r"`(firstline study [^`]*)`", written(folder)[1])
    monkeypatch.chdir(folder)
    done = firstline(*again.split()[1:], *ONE, "--no-charts", "-o", str(tmp_path / "again"))
    assert done.code == 0, done.words
    (second,) = (tmp_path / "again").iterdir()
    assert (second / "study.csv").read_bytes() == (folder / "study.csv").read_bytes()


def test_sensitivity_and_why_are_in_the_report_of_a_stored_run(tmp_path: Path) -> None:
    more = "\n[repeat]\nprobability = 0.6\n"
    asked = ("--why", "empowered", "--counterfactual", "--sensitivity")
    folder = ran("compare", shop(tmp_path, more), "-n", "2", *asked, "--charts", "scorecard")
    before = Outline((folder / REPORT).read_text(encoding="utf-8"))
    firstline("report")
    outline, markdown = written(folder)
    heading = "What the answer depends on"
    assert outline.section(heading) == before.section(heading)
    (moved,) = (name for name in outline.tables if name.startswith("How far each moves"))
    assert outline.tables[moved] == before.tables[moved]
    why = outline.section("Why the policies differ")
    assert "Which change: empowered against ask" in why
    assert "Through what: empowered against ask" in why
    assert "## What the answer depends on" in markdown


def test_a_sweep_is_reported_with_its_goal_figures_and_differences(tmp_path: Path) -> None:
    goal = ("--goal", "service_level>=0.5")
    folder = ran("sweep", shop(tmp_path), f"{HEADS}=2:4", "-n", "3", *goal, "--charts", "sweep")
    assert (folder / REPORT).is_file(), "a study ends in its report"
    firstline("report")
    outline, markdown = written(folder)
    answer = outline.section("What the study says")
    assert answer.startswith("Service level within 20 s: at least 50 %. Ask: front_line.heads ")
    head, *rows = outline.tables["Service level within 20 s"]
    assert [one.strip() for one in head] == ["front_line.heads", "Decide alone"]
    assert [row[0].strip() for row in rows] == ["2", "3", "4"]
    assert "Each difference is from Ask at the same point" in outline.section("The differences")
    assert f"{HEADS} 2, 3, 4" in outline.section("What is varied")
    assert "Sought: the level with service_level>=0.5" in outline.section("STRESS-DES checklist")
    assert "(charts/sweep.png)" in markdown


def test_the_report_of_a_worth_says_how_many_agents_the_policy_is_worth(tmp_path: Path) -> None:
    more = f'\n[policies.more]\ntitle = "Two more"\nchanges = {{ "{HEADS}" = 5 }}\n'
    centre = shop(tmp_path, more)
    asked = ("worth", centre, "more", f"{HEADS}=3:6", "-n", "2", "--measures", "asa")
    folder = ran(*asked, "--charts", "sweep")
    firstline("report")
    outline, _ = written(folder)
    answer = outline.section("What the study says")
    assert (
        "What “Two more” is worth in front_line.heads of “Ask”: average speed of answer 5" in answer
    )
    assert "Two more, as it is: " in outline.section("The figures")


def study_of_two(tmp_path: Path, centre: Path) -> Path:
    file = tmp_path / "two.toml"
    file.write_text(
        f'scenario = "{centre.name}"\nreplications = 2\n'
        '[report]\nquestion = "Heads or <b>calm</b>?"\nauthor = "*A*"\n'
        f'[[factors]]\nkey = "{HEADS}"\nlevels = [3, 4]\n'
        '[[factors]]\nkey = "groups.front_line.absence"\nlevels = [0.0, 0.2]\n',
        encoding="utf-8",
    )
    return file


def test_every_picture_of_a_study_says_its_finding_to_who_cannot_see_it(tmp_path: Path) -> None:
    folder = ran("study", study_of_two(tmp_path, shop(tmp_path)))
    firstline("report")
    html = (folder / REPORT).read_text(encoding="utf-8")
    findings = re.findall(r'<svg[^>]*aria-label="([^"]*)"', html)
    captions = re.findall(r"<figcaption>([^<]*)", html)
    assert len(findings) == len(captions) == len(list((folder / "charts").glob("*.svg")))
    assert findings == [one.replace("\N{NO-BREAK SPACE}", " ") for one in captions]
    assert all(len(one.split()) > 4 for one in findings), findings
    _, markdown = written(folder)
    assert len(re.findall(r"!\[[^\]]{20,}\]\(charts/", markdown)) == len(findings)
    assert not re.search(r'(?:src|href)="(?!#|data:)', html), "nothing is fetched"


def test_the_question_of_a_study_file_is_text_in_both_forms(tmp_path: Path) -> None:
    folder = ran("study", study_of_two(tmp_path, shop(tmp_path)), "--charts", "main-effects")
    firstline("report")
    outline, markdown = written(folder)
    assert "Heads or <b>calm</b>?" in outline.sections[""]
    assert "Heads or &lt;b&gt;calm&lt;/b&gt;?" in markdown
    assert "\\*A\\*" in markdown


def test_hostile_names_are_text_in_the_report_of_a_comparison_and_of_a_sweep(
    tmp_path: Path,
) -> None:
    centre = tmp_path / "hostile.toml"
    centre.write_text(scenario(("<b>&amp;", "$x$", "| a | b", "`x`", "#1", "*fat*")), "utf-8")
    ran("compare", centre, "-n", "2", "--charts", "scorecard,cost")
    firstline("report", "--to", "first")
    shutil.rmtree("runs")
    key = 'groups."$front_%s".heads'
    ran("sweep", centre, f"{key}=3:4", "-n", "1", "--charts", "sweep")
    firstline("report", "--to", "second")
    for folder in ("first", "second"):
        html = (Path(folder) / REPORT).read_text("utf-8")
        markdown = (Path(folder) / IN_MARKDOWN).read_text("utf-8")
        bare = re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL)
        assert TITLE in Outline(bare).sections[""]
        assert "<b>" not in bare
        assert "<i>" not in bare
        reader = MarkdownIt("commonmark").enable(["table"])
        found = [t for token in reader.parse(markdown) for t in (token, *(token.children or ()))]
        kinds = Counter(token.type for token in found)
        assert not kinds.keys() & {"html_inline", "html_block", "link_open"}
        assert kinds["em_open"] == kinds["image"], "the captions alone"


def test_a_report_elsewhere_brings_its_pictures_and_leaves_the_run_as_it_was(
    tmp_path: Path,
) -> None:
    folder = ran("sweep", shop(tmp_path), f"{HEADS}=3:4", "-n", "2")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = firstline("report", folder, "--to", "for/the/board", "-f", "json")
    assert done.json["html"] == f"for/the/board/{REPORT}"
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    for link in re.findall(r"\]\((charts/[^)]*)\)", written(Path("for/the/board"))[1]):
        assert (Path("for/the/board") / link).is_file()


def test_pictures_that_nobody_drew_are_drawn_for_the_report(tmp_path: Path) -> None:
    folder = ran("sweep", shop(tmp_path), f"{HEADS}=3:4", "-n", "2", "--no-charts")
    firstline("report")
    assert (folder / "charts" / "sweep.svg").is_file()
    assert "(charts/sweep.png)" in written(folder)[1]


# What cannot be reported.


def test_a_run_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    assert "No finished run in runs yet" in said(firstline("report"))
    assert "There is no run nowhere. firstline runs list" in said(firstline("report", "nowhere"))
    (tmp_path / "empty").mkdir()
    assert "is not a run: it has no manifest.json" in said(firstline("report", tmp_path / "empty"))


def test_a_run_that_is_not_finished_says_how_it_goes_on(tmp_path: Path) -> None:
    folder = ran("compare", shop(tmp_path), "-n", "1", "--no-charts")
    (folder / "measures.parquet").unlink()
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest |= {"complete": False, "command": "firstline compare shop.toml"}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    folder = folder.rename(f"{folder}.unfinished")
    done = firstline("report", folder)
    assert done.code == 1
    assert "is not finished, so there is nothing to report yet." in said(done)
    assert f"To continue it: firstline compare shop.toml --resume {folder}" in said(done)


def test_a_run_at_work_is_not_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, _ = stored(tmp_path)
    monkeypatch.setattr(running, "by_another", lambda _: True)
    assert "is running right now" in said(firstline("report", folder))


def test_a_study_of_an_earlier_version_is_said_to_be_one(tmp_path: Path) -> None:
    folder = ran("sweep", shop(tmp_path), f"{HEADS}=3:4", "-n", "1", "--no-charts")
    (folder / "study.toml").unlink()
    words = said(firstline("report"))
    assert "is a study of an earlier version, which did not keep what was asked" in words
    assert "run the study again" in words


def test_a_study_file_that_was_edited_in_the_folder_is_said_to_be(tmp_path: Path) -> None:
    folder = ran("sweep", shop(tmp_path), f"{HEADS}=3:4", "-n", "1", "--no-charts")
    file = folder / "study.toml"
    file.write_text(file.read_text("utf-8").replace("[3, 4]", "[3, 5]"), encoding="utf-8")
    assert "it was edited since, or made by another version" in said(firstline("report"))
    file.write_text("factors = 3", encoding="utf-8")
    assert "does not say any more what was varied" in said(firstline("report"))


def test_the_report_of_an_earlier_version_begins_with_what_has_changed_since(
    tmp_path: Path,
) -> None:
    folder, _ = stored(tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["origin"]["versions"]["firstline"] = "0.0.1"
    manifest["origin"]["measures"]["total_cost"] = 1
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    words = said(firstline("report", folder))
    assert "This run is of an earlier version." in words
    outline, markdown = written(folder)
    assert "This run is of an earlier version." in outline.sections[""]
    assert "This run is of an earlier version." in markdown
    assert "firstline 0.0.1" in outline.section("How it was computed")


def test_a_stress_test_has_no_report_and_that_is_said(tmp_path: Path) -> None:
    folder, _ = stored(tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["command"] = "firstline stress retail"
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert "is a stress test, which has no report" in said(firstline("report", folder))


def test_a_report_that_cannot_be_written_says_where_it_can(tmp_path: Path) -> None:
    folder, _ = stored(tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = firstline("report", folder, "--to", tmp_path / "file")
    assert "cannot be made for the report" in said(done)
    assert "Choose another folder with --to" in said(done)
    (folder / REPORT).mkdir()
    assert "--to FOLDER writes it elsewhere" in said(firstline("report", folder))


@pytest.mark.long
@pytest.mark.skipif(BROWSER is None, reason=f"no browser here: none of {', '.join(BROWSERS)}")
@pytest.mark.parametrize("width", [390, 900, 1400])
def test_the_page_fits_every_width_and_only_its_tables_and_pictures_scroll(
    tmp_path: Path, width: int
) -> None:
    assert BROWSER is not None
    folder = ran("study", study_of_two(tmp_path, shop(tmp_path)))
    html = (folder / REPORT).read_text(encoding="utf-8")
    measured = (
        "<script>parent.document.title = document.documentElement.scrollWidth</script></body>"
    )
    framed = escape(html.replace("</body>", measured), quote=True)
    # A window of a browser is never as narrow as a telephone; a frame is.
    page = tmp_path / "page.html"
    page.write_text(
        f'<title></title><iframe srcdoc="{framed}" style="width:{width}px; border:0"></iframe>',
        encoding="utf-8",
    )
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--window-size=1500,800")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    done = subprocess.run(
        [BROWSER, *options, profile, "--dump-dom", page.as_uri()],
        capture_output=True,
        text=True,
        check=True,
    )
    (seen,) = re.findall(r"<title>(\d+)</title>", done.stdout)
    assert int(seen) <= width
