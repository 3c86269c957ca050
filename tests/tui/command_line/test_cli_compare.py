import csv
import io
from pathlib import Path
from typing import Any

import pytest

from results.measures.registry import MEASURES
from results.report.document import REPORT
from results.runs.dictionary import DICTIONARY
from results.runs.store import read_manifest
from scenarios import load
from scenarios.policies import policy
from tests.support.command_line import QUICK, firstline, shop

FIVE = "".join(
    f"\n[policies.a-policy-with-a-long-name-{number}]\n"
    f'changes = {{ "groups.front_line.heads" = {number} }}\n'
    for number in (3, 4, 5, 6, 7)
)


def test_a_comparison_ends_with_the_verdicts_and_the_run_folder(tmp_path: Path) -> None:
    done = firstline("compare", shop(tmp_path), "-n", "3", *QUICK)
    assert done.code == 0
    said = [line for line in done.words.splitlines() if not line.startswith("Simulated ")]
    assert not said, "nothing but the progress of a machine that is busy otherwise"
    lines = done.data.splitlines()
    assert lines[0] == "Corner shop: 3 replications of 1 day, seed 1"
    assert any(line.startswith("• Decide alone: ") for line in lines)
    folder = Path(lines[-3].removeprefix("Run").strip())
    assert folder.parent == Path("runs")
    assert lines[-2] == f"Data    {folder / DICTIONARY}"
    assert lines[-1] == f"Report  {folder / REPORT}"
    assert (folder / REPORT).is_file()
    manifest = read_manifest(folder)
    assert manifest.complete
    assert manifest.policies == ("ask", "empowered")
    assert manifest.replications == 3


def test_the_table_shows_what_a_manager_looks_at_first(tmp_path: Path) -> None:
    table = firstline("compare", shop(tmp_path), "-n", "3", *QUICK, "--no-save").data
    for name in ("service_level", "asa", "abandonment", "fcr_complaints", "coaching_done"):
        # A title of more than 25 letters continues in the next line.
        assert MEASURES[name].title[:16] in table
    assert "Approvals asked" in table
    assert MEASURES["fcr"].title not in table, "told already by the complaints"


@pytest.mark.parametrize("by", ["queue", "reason"])
def test_tables_of_parts_count_the_claims_of_the_sentences_under_them(
    tmp_path: Path, by: str
) -> None:
    def note(*options: str) -> str:
        done = firstline("compare", shop(tmp_path), "-n", "3", *QUICK, "--no-save", *options)
        said = " ".join(done.data.split())
        return said[said.index("sentences for all") :].partition(".")[0]

    assert note("--by", by) == note()


def test_more_complaints_resolved_at_first_contact_are_marked_as_better(tmp_path: Path) -> None:
    table = firstline("compare", shop(tmp_path), "-n", "4", *QUICK, "--no-save").data
    line = next(line for line in table.splitlines() if line.startswith("Complaints resolved"))
    assert line.rstrip().endswith("✓")
    assert "100.0 % +" in line, "the difference stands next to the value, with its own ±"


def test_no_line_is_wider_than_80_columns_however_many_policies(tmp_path: Path) -> None:
    done = firstline("compare", shop(tmp_path, FIVE), "-n", "2", *QUICK, "--no-save")
    assert done.code == 0
    assert max(map(len, done.data.splitlines())) <= 80
    assert "…" not in done.data, "nothing is cut off"
    assert done.data.count("Service level") == 2, "policies that do not fit go into a second table"
    assert "a-policy-" in done.data, "a name too long for its column continues after a hyphen"


def test_charts_are_in_the_run_folder_and_named_last(tmp_path: Path) -> None:
    done = firstline("compare", shop(tmp_path), "-n", "2", "--workers", "1")
    assert done.code == 0
    lines = done.data.splitlines()
    (first,) = [line for line in lines if line.startswith("Charts")]
    pictures = [line.split()[-1] for line in lines[lines.index(first) : -1]]
    assert pictures[0].endswith("scorecard.png"), "money is moved by no policy here"
    assert any(one.endswith("waits-and-first-contact.png") for one in pictures)
    assert all(Path(one).is_file() and one.endswith(".png") for one in pictures)
    assert all(Path(one).with_suffix(".svg").is_file() for one in pictures)
    assert lines[-1].strip() == "and each as .svg"


def test_json_holds_every_measure_of_every_policy_and_no_nan(tmp_path: Path) -> None:
    found = firstline("compare", shop(tmp_path), "-n", "2", *QUICK, "-f", "json").json
    assert found["policies"] == ["ask", "empowered"]
    assert found["replications"] == 2
    assert set(found["verdicts"]) == {"empowered"}
    assert len(found["results"]) == 2 * len(MEASURES)
    blocked = [row for row in found["results"] if row["measure"] == "response_time"]
    assert {row["mean"] for row in blocked} == {None}, "nobody writes to this shop"
    assert Path(found["folder"]).is_dir()


def test_csv_is_tidy(tmp_path: Path) -> None:
    data = firstline("compare", shop(tmp_path), "-n", "2", *QUICK, "-f", "csv", "--by", "reason")
    rows = list(csv.DictReader(io.StringIO(data.data)))
    asa = [row for row in rows if row["measure"] == "asa"]
    assert [(row["policy"], row["dimension"], row["key"]) for row in asa] == [
        (policy, "reason", reason)
        for reason in ("order", "damaged")
        for policy in ("ask", "empowered")
    ]
    assert all(float(row["mean"]) >= 0.0 and row["unit"] == "s" for row in asa)


def test_by_reason_each_measure_has_a_table_with_every_reason(tmp_path: Path) -> None:
    done = firstline("compare", shop(tmp_path), "-n", "2", *QUICK, "--no-save", "--by", "reason")
    before, _, after = done.data.partition("Complaints resolved at first contact\n")
    assert "Order enquiry" in before
    resolved = {line[:13]: line for line in after.partition("\n\n")[0].splitlines()}
    assert resolved["Order enquiry"].split()[2:] == ["–", "–"], "it is no complaint"
    assert "%" in resolved["Damaged item "]


def test_what_does_not_exist_for_the_parts_is_left_out_and_named(tmp_path: Path) -> None:
    asked = ("--measures", "asa,occupancy", "--by", "reason")
    done = firstline("compare", shop(tmp_path), "-n", "2", *QUICK, "--no-save", *asked)
    assert done.code == 0
    assert MEASURES["asa"].title in done.data
    assert MEASURES["occupancy"].title not in done.data
    assert "Left out: occupancy does not exist by reason, only for all, group, tier." in done.words


def test_a_group_that_answers_nobody_on_the_line_is_shown_without_a_number(tmp_path: Path) -> None:
    asked = ("--measures", "asa", "--by", "group")
    done = firstline("compare", shop(tmp_path), "-n", "2", *QUICK, "--no-save", *asked)
    supervisors = next(line for line in done.data.splitlines() if line.startswith("Supervisors"))
    assert supervisors.split()[-2:] == ["–", "–"]


def test_only_the_measures_asked_for_are_shown(tmp_path: Path) -> None:
    asked = ("--measures", "wait_p95,occupancy")
    table = firstline("compare", shop(tmp_path), "-n", "2", *QUICK, "--no-save", *asked).data
    assert MEASURES["wait_p95"].title in table
    assert MEASURES["occupancy"].title in table
    assert MEASURES["service_level"].title not in table


def test_a_change_on_the_command_line_holds_under_every_policy(tmp_path: Path) -> None:
    asked = ("-n", "1", *QUICK, "--no-save", "-f", "json", "--measures", "paid_hours")
    changed = ("--set", "groups.front_line.heads=6", "--days", "2")
    before = firstline("compare", shop(tmp_path), *asked).json["results"]
    after = firstline("compare", shop(tmp_path), *asked, *changed).json
    assert after["days"] == 2
    for old, new in zip(before, after["results"], strict=True):
        # Two heads for four hours, and some minutes of overtime more or less.
        assert new["mean"] - old["mean"] == pytest.approx(8.0, abs=1.0)


def test_the_named_policies_are_compared_and_no_other(tmp_path: Path) -> None:
    path = shop(tmp_path, FIVE)
    asked = ("--policies", "a-policy-with-a-long-name-5,ask")
    found = firstline("compare", path, "-n", "1", *QUICK, "--no-save", "-f", "json", *asked).json
    assert found["policies"] == ["ask", "a-policy-with-a-long-name-5"]


def test_any_two_policies_can_be_set_against_each_other(tmp_path: Path) -> None:
    run = ("compare", shop(tmp_path, FIVE), "-n", "3", *QUICK, "--no-save", "--format", "csv")
    names = ("--policies", "ask,empowered,a-policy-with-a-long-name-7")
    rows = {}
    for rival in ("ask", "empowered"):
        done = firstline(*run, *names, "--against", rival, "--measures", "asa,fcr_complaints")
        assert done.code == 0
        for row in csv.DictReader(io.StringIO(done.data)):
            rows[rival, row["policy"], row["measure"]] = row
    for measure in ("asa", "fcr_complaints"):
        there, back = rows["ask", "empowered", measure], rows["empowered", "ask", measure]
        # The same pairs the other way round: the interval is mirrored.
        assert float(there["difference"]) == pytest.approx(-float(back["difference"]))
        assert float(there["low"]) == pytest.approx(-float(back["high"]))
        assert rows["empowered", "empowered", measure]["difference"] == ""


def test_the_sentences_are_about_the_policy_that_the_others_are_set_against(
    tmp_path: Path,
) -> None:
    run = ("compare", shop(tmp_path), "-n", "3", *QUICK)
    done = firstline(*run, "--against", "empowered")
    assert done.code == 0
    assert any(line.startswith("• Ask: ") for line in done.data.splitlines())
    assert "different from Decide alone" in " ".join(done.data.split())
    folder = next(Path("runs").iterdir())
    assert read_manifest(folder).policies == ("ask", "empowered"), "the run keeps its baseline"


def test_policies_are_ranked_by_a_measure_with_what_cannot_be_told_apart(tmp_path: Path) -> None:
    run = ("compare", shop(tmp_path), "-n", "4", *QUICK, "--no-save", "--rank", "fcr_complaints")
    ranked = firstline(*run, "-f", "json").json["ranking"]
    assert [row["policy"] for row in ranked] == ["empowered", "ask"], "who may decide resolves more"
    assert [(row["best_rank"], row["worst_rank"]) for row in ranked] == [(1, 1), (2, 2)]
    assert ranked[1]["behind_first_high"] < 0.0
    done = firstline(*run)
    assert "In the order of: Complaints resolved at first contact" in done.data
    assert "Decide alone is the best for certain" in " ".join(done.data.split())
    rows = list(csv.DictReader(io.StringIO(firstline(*run, "-f", "csv").data)))
    assert [row["policy"] for row in rows] == ["empowered", "ask"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--rank", "occupancy"), "orders nothing"),
        (("--rank", "assa"), "Did you mean 'asa'"),
        (("--rank", "asa", "--policies", "ask"), "two policies"),
    ],
)
def test_what_orders_nothing_is_refused_before_the_run(
    tmp_path: Path, asked: tuple[str, ...], said: str
) -> None:
    done = firstline("compare", shop(tmp_path), *asked, *QUICK)
    assert done.code == 2
    assert said in " ".join(done.words.split())


def test_a_policy_that_is_not_run_is_refused_before_the_run(tmp_path: Path) -> None:
    done = firstline("compare", shop(tmp_path), "--against", "empowred", *QUICK)
    assert done.code == 2
    assert "Did you mean 'empowered'" in " ".join(done.words.split())


def test_the_seed_makes_the_customers(tmp_path: Path) -> None:
    path = shop(tmp_path)

    def results(*seed: str) -> object:
        asked = (*QUICK, "--no-save", "-f", "json", *seed)
        return firstline("compare", path, "-n", "2", *asked).json["results"]

    assert results() == results("--seed", "1")
    assert results() != results("--seed", "2")


def test_a_run_to_a_precision_ends_when_it_is_reached_or_says_what_is_not(tmp_path: Path) -> None:
    asked = (*QUICK, "--no-save", "-f", "json", "--precision", "fcr_complaints=0.05")
    found = firstline("compare", shop(tmp_path), *asked).json
    rows = [row for row in found["results"] if row["measure"] == "fcr_complaints"]
    assert all(row["mean_high"] - row["mean"] <= 0.05 for row in rows)
    assert found["replications"] >= 10


def test_a_shop_with_escalations_has_no_formula_and_says_so(tmp_path: Path) -> None:
    done = firstline("compare", shop(tmp_path), "-n", "1", *QUICK, "--no-save")
    assert "No cross-check with Erlang C or A: cases are escalated." in done.data


def test_a_textbook_queue_stands_beside_erlang_a() -> None:
    smaller = ("--set", "reasons.enquiry.volume.per_day=7200", "--set", "groups.agents.heads=6")
    asked = (*smaller, *QUICK, "--no-save", "--policies", "baseline")
    found = firstline("compare", "textbook", *asked, "-n", "3", "-f", "json").json
    exact = found["cross_check"]["baseline"]
    assert exact["formula"] == "Erlang A"
    (asa,) = [row for row in found["results"] if row["measure"] == "asa"]
    # 20,000 callers: the simulated wait is known to some per cent.
    assert exact["values"]["asa"] == pytest.approx(asa["mean"], rel=0.15)
    lines = firstline("compare", "textbook", *asked, "-n", "1").data.splitlines()
    names = [line.split()[0] for line in lines if line.startswith("  ") and "%" in line]
    assert names == ["simulated", "Erlang"]


def test_every_policy_is_checked_once_for_all_that_a_command_does_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = []
    examined = policy.examined

    def counted(document: dict[str, Any]) -> Any:
        checked.append(document)
        return examined(document)

    monkeypatch.setattr(policy, "examined", counted)
    centre = shop(tmp_path)
    policies = len(load(str(centre)).policies)
    assert len(checked) == policies, "reading alone"
    checked.clear()
    done = firstline(
        *("compare", centre, "-n", "2", "--workers", "1", "-o", tmp_path / "runs", "--quiet")
    )
    assert done.code == 0, done.words
    assert list((tmp_path / "runs").glob("*/charts/*.png")), "charts and report included"
    # Reading checked them already, a moment ago and in this very process.
    assert len(checked) <= policies


TRANSFERRING = """
[escalation.beyond_knowledge]
steps = [{ step = "cold_transfer", group = "supervisors" }]
"""


def test_by_queue_shows_where_customers_were_offered_and_what_overflowed(tmp_path: Path) -> None:
    text = shop(tmp_path).read_text(encoding="utf-8") + TRANSFERRING
    text = text.replace("complaint = true", "complaint = true\nsolve = 0.5")
    overflow = 'groups = ["front_line", { group = "supervisors", after_s = 20 }]'
    text = text.replace('groups = ["front_line"]', overflow, 1)
    text = text.replace("volume.per_day = 120", "volume.per_day = 120\nanswer_within_s = 40")
    asked = ("compare", shop(tmp_path, text=text), "-n", "2", *QUICK, "--no-save", "--by", "queue")
    shown = firstline(*asked).data
    titles = ("Offered", "Overflowed out", "Taken over", "Number waiting", "Abandoned")
    assert all(f"\n{title}\n" in shown for title in titles)
    assert "Service level within 20 s to 40 s" in shown
    assert max(map(len, shown.splitlines())) <= 80
    rows = firstline(*asked, "-f", "json").json["results"]
    assert {row["key"] for row in rows} == {"front_line", "supervisors"}
    found = {(row["policy"], row["key"], row["measure"]): row["mean"] for row in rows}
    assert found["ask", "front_line", "overflowed_out"] > 0
    assert found["ask", "front_line", "overflowed_out"] == found["ask", "supervisors", "taken_over"]
    assert found["ask", "supervisors", "offered"] > 0
