"""Break it: ``python -m tests.fuzz --cases 10000 --seed 1``.

Changes scenarios, CSV files, ``--set`` options, names and records at random, and gives them to
commands. Every case must end with a proper exit code, without a traceback, within half a minute and
with no more than 200 MB of memory beyond what the program has anyway. What does not is listed, with
the command that does it again; the exit code is then 1.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from tests.fuzz.cases import KINDS, case, planned
from tests.fuzz.fuzzing import everything_loaded, findings


def main() -> int:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=1000, help="how many (1000)")
    parser.add_argument("--seed", type=int, default=1, help="other seeds make other cases (1)")
    parser.add_argument("--kind", choices=list(KINDS), help="only cases of this kind")
    parser.add_argument("--workers", type=int, default=1, help="processes (1)")
    parser.add_argument("--only", type=int, metavar="N", help="do case N of a kind and keep it")
    asked = parser.parse_args()
    if asked.only is not None:
        folder = Path(f"fuzz-{asked.kind or 'toml'}-{asked.seed}-{asked.only}")
        folder.mkdir(exist_ok=True)
        everything_loaded()  # within the limits of a case, loading may run out of room
        found = case(asked.kind or "toml", asked.seed, asked.only, folder)
        print(found.detail if found else "Nothing goes wrong.", f"The files are in {folder}.")
        return int(found is not None)
    plan = list(planned(asked.cases, asked.kind))
    causes: Counter[str] = Counter()
    for wrong in findings(plan, asked.seed, asked.workers):
        causes[wrong.signature] += 1
        print(wrong, flush=True)
    for cause, count in causes.most_common():
        print(f"{count} x {cause}")
    print(f"{len(plan)} cases, {causes.total()} of them wrong, of {len(causes)} causes.")
    return int(bool(causes))


if __name__ == "__main__":
    sys.exit(main())
