"""Break it: ``python -m tests.fuzz --cases 10000 --seed 1``.

Changes scenarios, CSV files, ``--set`` options and names at random and gives them to the commands.
Every case must end with a proper exit code, without a traceback, within half a minute and with no
more than 200 MB of memory beyond what the program has anyway. What does not is listed, with the
command that does it again; the exit code is then 1.
"""

import argparse
import sys
from pathlib import Path

from tests.fuzz.cases import KINDS, case, planned
from tests.fuzz.fuzzing import findings


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
        found = case(asked.kind or "toml", asked.seed, asked.only, folder)
        print(found.detail if found else "Nothing goes wrong.", f"The files are in {folder}.")
        return int(found is not None)
    plan = list(planned(asked.cases, asked.kind))
    wrong = findings(plan, asked.seed, asked.workers)
    by_cause: dict[str, list[object]] = {}
    for one in wrong:
        by_cause.setdefault(one.signature, []).append(one)
    for cause, those in sorted(by_cause.items(), key=lambda item: -len(item[1])):
        print(f"{len(those)} x {cause}: {those[0]}")
    print(f"{len(plan)} cases, {len(wrong)} of them wrong, of {len(by_cause)} causes.")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
