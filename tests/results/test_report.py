import base64
import re
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import tostring

import pytest

from results.charts.catalogue import CHARTS
from results.charts.drawing import draw_all
from results.charts.titles import TITLES
from results.comparison.compare import against, compare
from results.errors import ExperimentError
from results.experiments.experiment import Experiment, run
from results.measures.registry import MEASURES
from results.reading.table import Cell, Row
from results.report.background import not_known
from results.report.comparison import write_report
from results.report.document import REPORT
from results.report.figures import telling
from results.why.accounting import accounting
from scenarios import Scenario, load, load_text, with_changes
from scenarios.parts.report import Report
from tests.support.command_line import SHOP
from tests.support.known_answers import CANNED, SCENARIO
from tests.support.made_up_results import FREER, TODAY, pictured, sensitivity_of, two
from tests.support.outline import Outline

LOYALTY = {"customer_value": 100.0}


def placeholders(folder: Path, formats: tuple[str, ...]) -> list[Path]:
    """A file for every chart, in the order in which they are drawn, that says which it is."""
    paths = [folder / f"{name}.{format_}" for name in CHARTS for format_ in formats]
    for path in paths:
        path.write_text(f"{path.stem} as {path.suffix[1:]}")
    return paths


def reported(experiment: Experiment, folder: Path) -> Outline:
    path = write_report(experiment, compare(experiment), folder)
    assert path == folder / REPORT
    return Outline(path.read_text(encoding="utf-8"))


def test_the_report_begins_with_the_verdict_on_every_policy(tmp_path: Path) -> None:
    experiment = two()
    outline = reported(experiment, tmp_path)
    assert list(outline.sections)[1] == "What the policies do"
    for sentence in compare(experiment).verdicts.values():
        assert sentence in outline.section("What the policies do")


def test_every_chart_is_inside_the_file_and_nothing_is_fetched(tmp_path: Path) -> None:
    charts = placeholders(tmp_path, ("png", "svg"))
    experiment = two()
    path = write_report(
        experiment, compare(experiment), tmp_path, charts, sensitivity_of(experiment)
    )
    outline = Outline(path.read_text(encoding="utf-8"))
    assert {image["alt"] for image in outline.images} == set(TITLES.values())
    found = [link for link in outline.links if not link.startswith("#")]
    assert len(found) == len(CHARTS)
    contents = set()
    for link in found:
        kind, _, content = link.partition(",")
        assert kind == "data:image/svg+xml;base64"
        contents.add(base64.b64decode(content).decode())
    assert contents == {f"{name} as svg" for name in CHARTS}


def test_a_drawn_chart_is_a_part_of_the_page_whose_text_is_text(tmp_path: Path) -> None:
    experiment = two()
    charts = draw_all(experiment, tmp_path, ("svg",), names=("cost", "how-cases-end"))
    path = write_report(experiment, compare(experiment), tmp_path, charts)
    html = path.read_text(encoding="utf-8")
    outline = Outline(html)
    assert outline.images == [], "no picture is hidden in a link"
    assert "Revenue at risk" in outline.section("Money")
    assert 'role="img"' in html
    said = "what a day costs in cash rises from €850 to €930"
    assert re.search(rf'aria-label="[^"]*{said}', html)
    ids = re.findall(r'\bid="([^"]*)"', html)
    assert len(ids) == len(set(ids)), "marks of two pictures do not meet"
    for link in (*re.findall(r"url\(#([^)]*)\)", html), *re.findall(r'href="#([^"]*)"', html)):
        assert link in ids


def test_the_report_begins_with_an_answer_in_one_line_that_the_table_bears_out(
    tmp_path: Path,
) -> None:
    experiment = two()
    said = reported(experiment, tmp_path).section("What the policies do")
    found = compare(experiment).findings
    before, after = (
        100.0 * found[policy, "fcr_complaints"].mean.mean for policy in ("today", "freer")
    )
    assert said.startswith(
        f"Try freer: complaints resolved at first contact rise from {before:.1f} to {after:.1f} %"
    )
    assert "; but the service cost of a day rises from €650 to €730." in said


def test_the_report_names_its_question_author_and_day(tmp_path: Path) -> None:
    experiment = two()
    report = Report(author="A. Manager", question="Should agents decide themselves?")
    scenario = experiment.scenario.model_copy(update={"report": report})
    head = reported(replace(experiment, scenario=scenario), tmp_path).sections[""]
    assert "Should agents decide themselves?" in head
    assert re.search(r"A\. Manager · \d{1,2} [A-Z][a-z]+ \d{4} · ", head)


def test_every_policy_is_in_a_table_narrow_enough_to_print(tmp_path: Path) -> None:
    experiment = pictured({f"policy-{number}": FREER for number in range(12)})
    html = write_report(experiment, compare(experiment), tmp_path).read_text(encoding="utf-8")
    part = html[html.index("The figures</h2>") : html.index("Money</h2>")]
    heads = [
        re.findall(r'<th scope="col">([^<]*)', one)
        for one in re.findall(r"<thead>.*?</thead>", part)
    ]
    assert [len(head) - 1 for head in heads] == [5, 5, 4], "the baseline in each"
    assert {title for head in heads for title in head if title} == {
        "Policy 0",
        *(f"Try policy-{number}" for number in range(1, 12)),
    }


def test_money_is_told_a_day_and_a_year(tmp_path: Path) -> None:
    experiment = two()
    money = reported(experiment, tmp_path).section("Money")
    a_day = compare(experiment).findings["today", "service_cost"].mean.mean
    assert f"Service cost, a day €{a_day:,.0f}" in money
    assert f"Service cost, a year €{365.0 * a_day / 1e3:,.0f} k" in money


def test_a_sceptic_finds_what_could_have_been_seen_and_any_two_policies(tmp_path: Path) -> None:
    experiment = pictured({"today": TODAY, "freer": FREER, "hired": replace(TODAY, wait_s=5.0)})
    outline = reported(experiment, tmp_path)
    seen = outline.section("What these runs could have seen")
    assert "Complaints resolved at first contact 1.0 points" in seen
    comparison = compare(against(experiment, "hired"), ("asa",))
    difference = comparison.findings["freer", "asa"].difference
    assert difference is not None
    moved = difference.estimate
    said = f"+{moved.mean:.0f} s ±{moved.half_width:.0f}"
    assert outline.section("Any two policies").endswith(said), "less than who was hired waits"


def test_charts_drawn_as_png_only_are_inside_as_png(tmp_path: Path) -> None:
    charts = placeholders(tmp_path, ("png",))
    experiment = two()
    path = write_report(
        experiment, compare(experiment), tmp_path, charts, sensitivity_of(experiment)
    )
    outline = Outline(path.read_text(encoding="utf-8"))
    assert len(outline.images) == len(CHARTS)
    links = [link for link in outline.links if not link.startswith("#")]
    assert all(link.startswith("data:image/png;base64,") for link in links)


def test_figures_stand_with_their_intervals_and_differences(tmp_path: Path) -> None:
    experiment = two()
    figures = reported(experiment, tmp_path).section("The figures")
    finding = compare(experiment).findings["freer", "fcr_complaints"]
    assert finding.difference is not None
    mean, shift = finding.mean, finding.difference.estimate
    assert f"{100 * mean.mean:.1f} % ±{100 * mean.half_width:.1f}" in figures
    assert f"✓ +{100 * shift.mean:.1f} points ±{100 * shift.half_width:.1f}" in figures


def test_what_gets_worse_is_marked_so(tmp_path: Path) -> None:
    figures = reported(two(), tmp_path).section("The figures")
    assert re.search(r"Total cost a day [^✓✗≠]* ✗ \+€200 ±", figures), figures


def test_every_measure_shown_comes_with_its_equation_and_source(tmp_path: Path) -> None:
    outline = reported(two(), tmp_path)
    meanings, figures = outline.section("What the measures mean"), outline.section("The figures")
    shown = [measure for measure in MEASURES.values() if f"{measure.title} " in figures]
    assert {"asa", "fcr_complaints", "total_cost"} <= {measure.name for measure in shown}
    for measure in shown:
        assert measure.equation in meanings
        assert measure.source in meanings


def test_measures_that_say_nothing_are_left_out(tmp_path: Path) -> None:
    experiment = pictured({"today": TODAY}, complaints=False)
    outline = reported(experiment, tmp_path)
    assert "Complaints resolved" not in outline.section("More figures")
    assert "fcr_complaints" not in outline.section("What the measures mean")


def test_the_report_says_which_cases_the_net_measure_leaves_out(tmp_path: Path) -> None:
    shop = {
        "reasons": {
            "call": {"volume": {"at_s": [1.0, 2.0]}, "groups": ["desk"]},
            "claim": {"volume": {"at_s": [3.0]}, "groups": ["office"], "title": "Claims"},
        },
        "groups": {"desk": {"heads": 2}, "office": {"heads": 1, "tier": 2}},
    }
    for reason in shop["reasons"].values():
        reason["handling"] = {"voice": {"talk_s": 60}}
    experiment = run(Scenario.model_validate(shop), replications=1, workers=1)
    meaning = reported(experiment, tmp_path).section("What the measures mean")
    net = MEASURES["fcr_net"].title
    assert f"{net}: leaves out, under every policy, Claims (never tier 1's to settle)." in meaning


def test_the_report_tells_how_to_do_it_again(tmp_path: Path) -> None:
    experiment = two()
    computed = reported(experiment, tmp_path).section("How it was computed")
    assert "Seed 7" in computed
    assert "Replications of each policy 5" in computed
    assert compare(experiment).method in computed
    assert "numpy" in computed


def test_several_policies_are_told_with_the_adjustment_of_their_intervals(tmp_path: Path) -> None:
    experiment = pictured({"today": TODAY, "freer": FREER, "same": TODAY})
    assert "97.5 % each" in reported(experiment, tmp_path).section("How it was computed")


def test_the_changes_of_every_policy_are_listed(tmp_path: Path) -> None:
    experiment = run(SCENARIO, replications=2, workers=1, engine=CANNED)
    changed = reported(experiment, tmp_path).section("What the policies change")
    assert "costs.telecom_per_min" in changed
    assert "Today, the scenario unchanged today" in changed


def test_what_was_assumed_stands_with_its_source_and_what_the_scenario_set(tmp_path: Path) -> None:
    assuming = with_changes(
        SCENARIO, {"repeat": {"probability": 0.5, "max_contacts": 4}, "loyalty": LOYALTY}
    )
    experiment = run(assuming, replications=2, workers=1, engine=CANNED)
    assumed = reported(experiment, tmp_path).section("What is assumed")
    assert "repeat.max_contacts 4 contacts 6 contacts own" in assumed
    assert "loyalty.leaving.unresolved 25 % the same vendor 25 % mean to, SQM Group" in assumed
    assert "knowledge" not in assumed


def test_a_centre_that_assumes_nothing_says_so(tmp_path: Path) -> None:
    assert "No assumption" in reported(two(), tmp_path).section("What is assumed")


def test_doubts_about_the_scenario_are_told(tmp_path: Path) -> None:
    overloaded = with_changes(SCENARIO, {"reasons.late_parcel.volume.per_day": 5_000})
    experiment = run(overloaded, replications=2, workers=1, engine=CANNED)
    doubts = reported(experiment, tmp_path).section("Warnings about the scenario")
    assert "reasons.late_parcel" in doubts
    assert "Nothing in the scenario looks like a mistake" not in doubts


def test_a_textbook_centre_stands_beside_its_formula(tmp_path: Path) -> None:
    queue = {
        "baseline": "today",
        "reasons": {
            "enquiry": {
                "volume": {"per_day": 4_000},
                "groups": ["agents"],
                "handling": {"voice": {"talk_s": {"distribution": "exponential", "mean": 60}}},
                "patience_s": {"voice": {"distribution": "exponential", "mean": 120}},
            }
        },
        "groups": {"agents": {"heads": 4}},
        "policies": {"quick": {"changes": {"costs.telecom_per_min": 60.0}}},
    }
    scenario = Scenario.model_validate(queue)
    experiment = run(scenario, replications=2, workers=1, engine=CANNED)
    beside = reported(experiment, tmp_path).section("Compared with a queueing formula")
    assert "Today, Erlang A" in beside
    assert "Today, simulated" in beside


def test_a_centre_that_no_formula_knows_is_told_why(tmp_path: Path) -> None:
    uneven = with_changes(SCENARIO, {"busyness_cv": 0.1})
    experiment = run(uneven, replications=2, workers=1, engine=CANNED)
    beside = reported(experiment, tmp_path).section("Compared with a queueing formula")
    assert "No cross-check with Erlang C or A: volume changes with time" in beside


def test_whatever_the_scenario_says_is_text_and_no_markup(tmp_path: Path) -> None:
    nasty = '<script>alert("x")</script> & <b>bold</b>'
    experiment = two()
    scenario = experiment.scenario.model_copy(update={"title": nasty, "story": nasty})
    path = write_report(replace(experiment, scenario=scenario), compare(experiment), tmp_path)
    html = path.read_text(encoding="utf-8")
    assert "<script" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html
    assert nasty in Outline(html).sections[""]


def test_one_replication_is_reported_without_intervals(tmp_path: Path) -> None:
    experiment = pictured({"today": TODAY, "freer": FREER}, replications=1)
    outline = reported(experiment, tmp_path)
    assert "±" not in outline.section("The figures")
    assert "differences may be chance" in outline.section("The figures")


def test_one_policy_is_reported_without_differences(tmp_path: Path) -> None:
    outline = reported(pictured({"today": TODAY}), tmp_path)
    assert "there is no policy to compare it with" in outline.section("What the policies do")
    assert "✓" not in outline.section("The figures")


def test_an_interrupted_run_is_reported_as_such(tmp_path: Path) -> None:
    whole = two()
    partly = replace(
        whole,
        finished={key: one for key, one in whole.finished.items() if key != ("freer", 4)},
        complete=False,
    )
    assert "Interrupted: of 5" in reported(partly, tmp_path).section("How it was computed")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    experiment = two()
    with pytest.raises(ExperimentError, match=r"report cannot be written to .*nowhere"):
        write_report(experiment, compare(experiment), tmp_path / "nowhere")


def test_the_same_results_give_the_same_report(tmp_path: Path) -> None:
    experiment = two()
    first = write_report(experiment, compare(experiment), tmp_path).read_bytes()
    assert write_report(experiment, compare(two()), tmp_path).read_bytes() == first


def test_the_report_has_the_intervals_of_the_baseline_with_who_waits_and_finds_it_closed(
    tmp_path: Path,
) -> None:
    scenario = load_text(SHOP.replace('"09:00-13:00"', '"09:00-12:30"'))
    experiment = run(scenario, policies=["ask", "empowered"], replications=2, workers=1)
    path = write_report(experiment, compare(experiment), tmp_path, [])
    header, *rows = Outline(path.read_text(encoding="utf-8")).tables["By time: Ask"]
    assert {"Closed", "Waiting", "Abandoned", "Longest"} <= {name.strip() for name in header}
    assert rows[0][0].strip() == "Mon 09:00"
    assert len(rows) >= 7


def test_the_report_says_why_each_policy_differs_and_folds_the_parts(tmp_path: Path) -> None:
    experiment = pictured({"today": TODAY, "freer": FREER, "same": TODAY})
    outline = reported(experiment, tmp_path)
    why = outline.section("Why the policies differ")
    for policy in ("freer", "same"):
        assert accounting(experiment, policy).sentence in why
        assert f"Why Try {policy} differs from Today, part by part" in why
    assert "Hold for approvals" in why


def test_the_policy_that_was_asked_for_comes_first_with_its_picture(tmp_path: Path) -> None:
    experiment = pictured({"today": TODAY, "same": TODAY, "freer": FREER})
    asked = accounting(against(experiment, "freer"), "same")
    charts = placeholders(tmp_path, ("svg",))
    path = write_report(experiment, compare(experiment), tmp_path, charts, why=asked)
    outline = Outline(path.read_text(encoding="utf-8"))
    why = outline.section("Why the policies differ")
    assert why.index(asked.sentence) == 0
    assert "Why Try same differs from Try freer, part by part" in why
    assert "Why Try same differs from Today, part by part" in why
    assert "Why the policy differs" in [image["alt"] for image in outline.images]


def test_a_run_that_keeps_no_accounts_is_reported_without_why(tmp_path: Path) -> None:
    experiment = two()
    bare = {key: replace(one, accounts={}) for key, one in experiment.finished.items()}
    outline = reported(replace(experiment, finished=bare), tmp_path)
    assert "Why the policies differ" not in outline.sections
    alone = reported(pictured({"today": TODAY}), tmp_path)
    assert "Why the policies differ" not in alone.sections


def test_parts_without_a_number_under_any_policy_have_no_row() -> None:
    def row(*values: str) -> Row:
        cells = {str(at): Cell(value, "") for at, value in enumerate(values)}
        return Row("part", "failure_demand", values[0], values[0], cells)

    some, nothing, undefined = row("0.0 %", "0.2 %"), row("0.0 %", "0.0 %"), row("–", "–")
    rows = [some, nothing, undefined]
    assert telling(rows, nothing_is_an_answer=True) == [some, nothing]
    assert telling(rows, nothing_is_an_answer=False) == [some]


def test_on_paper_a_table_leaves_out_the_same_columns_of_its_head_and_of_its_rows(
    tmp_path: Path,
) -> None:
    """The head goes by its place, the cells by their mark: a table of other columns would slip."""
    assuming = with_changes(SCENARIO, {"loyalty": LOYALTY})
    experiment = run(assuming, replications=2, workers=1, engine=CANNED)
    written = write_report(experiment, compare(experiment), tmp_path)
    page = written.read_text(encoding="utf-8")
    page += "".join(tostring(one, "unicode") for one in not_known(load("bank-1999")))
    hidden = {"assumed": {2, 4}, "meanings": {2, 5}}
    seen = set()
    for name, body in re.findall(r'<table class="(\w+)">(.*?)</table>', page, re.DOTALL):
        _, *rows = body.split("<tr>")[1:]
        for row in rows:
            cells = re.findall(r"<t[dh]([^>]*)>", row)
            aside = {at for at, marks in enumerate(cells, start=1) if "aside" in marks}
            assert aside == hidden.get(name, set()), (name, row[:80])
        seen.add(name)
    assert {*hidden, "ranges"} <= seen
