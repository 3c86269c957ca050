"""A contact-centre simulator for scripts: load a centre, run its policies, compare, report.

Read a scenario by its name (``list_scenarios`` names those that come with firstline) or from a
file, and change what you want to try. Keys are those of the scenario file:

>>> import firstline
>>> centre = firstline.load("retail-complaints")
>>> monday = firstline.with_changes(centre, {"horizon.days": 1, "horizon.part_of_days": 7})
>>> list(firstline.policies(monday))
['ask-the-boss', 'guided', 'empowered', 'empowered-owned', 'five-more-agents']

Run the policies, or some of them; every one meets the same customers, and the same seed gives the
same result on any number of worker processes:

>>> some = ["ask-the-boss", "empowered"]
>>> experiment = firstline.run(monday, policies=some, replications=3, workers=1)
>>> comparison = firstline.compare(experiment, ["asa", "fcr_complaints"])
>>> resolved = comparison.findings["empowered", "fcr_complaints"]
>>> resolved.mean.n, resolved.difference.estimate.mean > 0, resolved.difference.effect
(3, True, 'better')

``compare`` without a list takes every measure (``measures`` has their equations), and its
``verdicts`` say in a sentence what each policy changes. ``why`` splits the difference of a policy
into hours, contacts, cases and money that add up to all of it; ``which_change`` and
``through_what`` simulate it in part, to say which of its changes the difference comes from and
through which mechanisms. ``report`` writes tables, charts and a report into a folder, ``open_run``
reads a folder again (its ``table`` is a data frame in one call), ``query`` asks all folders,
``sensitivity`` repeats a comparison with each assumption at both ends of its range,
``run_centres`` and ``compare_centres`` do so in centres that fit what is known, and ``simulate``
gives everything that happened in one replication. ``run_study`` runs every policy at every point
of some factors; ``reached``, ``worth`` and ``crossing`` say at which level, and ``picture`` draws
it: docs/gallery.md has a script for each of a manager's questions.

firstline's packages are called ``scenarios``, ``sim``, ``results`` and ``tui``. A file of one of
these names next to a script does no harm as long as the script imports firstline and not that file.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from firstline.own_packages import claim

if TYPE_CHECKING:
    from firstline.api import *  # noqa: F403 - the one list of names is in the module itself

claim()


def __getattr__(name: str) -> object:
    """Load what simulates when it is asked for: ``firstline --help`` comes this way as well."""
    # Python asks a package for attributes of its own (``__path__`` and the like) at every import.
    if not name.startswith("_") or name == "__all__":
        api = import_module("firstline.api")
        if name == "__all__" or name in api.__all__:
            return getattr(api, name)
    raise AttributeError(f"module 'firstline' has no attribute '{name}'")


def __dir__() -> list[str]:
    return [*globals(), *import_module("firstline.api").__all__]
