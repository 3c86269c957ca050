"""Why the policies differ, in a report: a sentence for each, and the parts that add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from results.experiments.experiment import Experiment
from results.report.elements import Content, element, listed, table
from results.why.account import Account, Accounting
from results.why.accounting import accountings, keeps_accounts
from results.why.rows import legend, rows


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
        *pictures,
        *(_folded(one) for one in each),
        element("p", legend(each[0]), class_="note"),
    ]


def _is_same(one: Accounting, other: Accounting) -> bool:
    return (one.policy, one.baseline) == (other.policy, other.baseline)


def _folded(found: Accounting) -> Element:
    return element(
        "details",
        element("summary", f"Why {found.policy} differs from {found.baseline}, part by part"),
        *(_table(found, account) for account in found.accounts),
    )


def _table(found: Accounting, account: Account) -> Element:
    head = [account.title, found.baseline, found.policy, "Difference", "±", ""]
    return table(head, _rows(found, account), class_="figures")


def _rows(found: Accounting, account: Account) -> Iterator[list[Content]]:
    for row in rows(found, account):
        cells = (row.base, row.policy, row.change, row.margin.removeprefix("±"), row.mark)
        yield [element("strong", row.title) if row.whole else row.title, *cells]
