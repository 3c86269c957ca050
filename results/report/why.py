"""Why the policies differ, in a report: a sentence for each, and the parts that add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from results.experiments.experiment import Experiment
from results.report.elements import Content, element, listed, table
from results.why import counterfactual_words as words
from results.why.account import Account, Accounting
from results.why.accounting import accountings, keeps_accounts
from results.why.counterfactual import Counterfactual
from results.why.counterfactual_words import LEGENDS, TITLES, head, sentences
from results.why.game import Split
from results.why.rows import legend, rows
from results.why.words import why_differs


def explained(
    experiment: Experiment, asked: Accounting | None, pictures: Sequence[Element]
) -> list[Element]:
    """A sentence and a folded table for each policy; nothing where the run keeps no accounts.

    Args:
        experiment: with at least one replication under every policy.
        asked: the one that somebody asked for; it comes first, and may be set against another
            policy than the baseline.
        pictures: of the one that was asked for.
    """
    if not keeps_accounts(experiment) or len(experiment.policies) < 2:
        return []
    each = list(accountings(experiment).values())
    if asked is not None:
        each = [asked, *(one for one in each if not _is_same(one, asked))]
    return [
        listed(map(str, each), class_="verdicts"),
        *_split(asked.counterfactual if asked else None),
        *pictures,
        *(_folded(one) for one in each),
        element("p", legend(each[0]), class_="note"),
    ]


def _split(found: Counterfactual | None) -> Iterator[Element]:
    """The sentences of a counterfactual, and its parts in folded tables."""
    for name, game in found.each() if found else ():
        assert found is not None
        yield element("p", element("strong", f"{TITLES[name]}?"))
        yield listed(sentences(found, name, game), class_="verdicts")
        tables = [
            table([head(found, split), "Difference", "±"], _parts(found, split), class_="figures")
            for measure in found.measures
            if (split := game.split(measure)) is not None
        ]
        summary = element("summary", f"{TITLES[name]}, part by part")
        yield element("details", summary, *tables, element("p", LEGENDS[name], class_="note"))


def _parts(found: Counterfactual, split: Split) -> Iterator[list[Content]]:
    for title, change, margin, _ in words.rows(found, split):
        yield [element("strong", title) if title == words.WHOLE else title, change, margin]


def _is_same(one: Accounting, other: Accounting) -> bool:
    return (one.policy, one.baseline) == (other.policy, other.baseline)


def _folded(found: Accounting) -> Element:
    return element(
        "details",
        element("summary", f"{why_differs(found)}, part by part"),
        *(_table(found, account) for account in found.accounts),
    )


def _table(found: Accounting, account: Account) -> Element:
    head = [account.title, found.baseline_title, found.title, "Difference", "±", ""]
    return table(head, _rows(found, account), class_="figures")


def _rows(found: Accounting, account: Account) -> Iterator[list[Content]]:
    for row in rows(found, account):
        cells = (row.base, row.policy, row.change, row.margin.removeprefix("±"), row.mark)
        yield [element("strong", row.title) if row.whole else row.title, *cells]
