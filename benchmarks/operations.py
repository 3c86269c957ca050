"""Operations of Python that one contact takes, by function: a count that no other load changes.

    python -m benchmarks.operations textbook
    python -m benchmarks.operations retail --lines serve

Seconds of a busy machine scatter by a tenth, so that a change of a hundredth is not seen in them.
Bytecode operations and calls do not; they leave out what C does inside of one (numpy, the heap).
The scenarios are ``textbook`` (one queue), ``plain`` (the same as a bare SimPy script) and
``retail`` (a day of `retail-complaints`).
"""

from __future__ import annotations

import argparse
import linecache
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from benchmarks import plain_simpy
from benchmarks.centres import textbook
from scenarios import load, with_changes
from scenarios.schema import Scenario
from sim import simulate

AGENTS, CONTACTS = 5, 5_000

Work = Callable[[], int]
"""Something to do; says how many contacts there were."""


def _contacts(scenario: Scenario) -> int:
    return len(simulate(scenario, 1, 1).contacts)


def _of_textbook() -> Work:
    return partial(_contacts, textbook(AGENTS, CONTACTS))


def _of_plain() -> Work:
    return lambda: sum(plain_simpy.run(AGENTS, CONTACTS))


def _of_retail() -> Work:
    day = {"horizon.days": 1, "horizon.warm_up_days": 0}
    return partial(_contacts, with_changes(load("retail-complaints"), day))


WORK: dict[str, Callable[[], Work]] = {
    "textbook": _of_textbook,
    "plain": _of_plain,
    "retail": _of_retail,
}
"""What is counted, by name."""


Line = tuple[CodeType, int | None]
"""A line of a function, by its number in the file; none where Python made the code itself."""


def counted(work: Work) -> tuple[int, Counter[Line], Counter[CodeType]]:
    """Contacts, and operations of every line and calls of every function until they were over."""
    operations, calls = Counter[Line](), Counter[CodeType]()

    def within(frame: FrameType, event: str, _: Any) -> Any:
        operations[frame.f_code, frame.f_lineno] += event == "opcode"
        return within

    def entered(frame: FrameType, _event: str, _: Any) -> Any:
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        calls[frame.f_code] += 1
        return within

    work()  # what is made only once is made before
    before = sys.gettrace()
    sys.settrace(entered)
    try:
        contacts = work()
    finally:
        sys.settrace(before)
    return contacts, operations, calls


def main() -> None:
    """Print operations and calls for a contact, the functions with most of them first."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("scenario", choices=WORK)
    parser.add_argument("--most", type=int, default=20, help="functions that are named")
    parser.add_argument("--lines", nargs="*", default=[], help="functions shown line by line")
    asked = parser.parse_args()
    contacts, lines, calls = counted(WORK[asked.scenario]())
    operations = Counter[CodeType]()
    for (code, _), count in lines.items():
        operations[code] += count
    print(f"{contacts} contacts: {operations.total() / contacts:.0f} operations and", end=" ")
    print(f"{calls.total() / contacts:.1f} calls each")
    for code, count in operations.most_common(asked.most):
        where = Path(code.co_filename).stem
        print(f"{count / contacts:8.1f}{calls[code] / contacts:8.2f}  {where}.{code.co_name}")
    named = [each for each in lines if each[0].co_name in asked.lines]
    for code, line in sorted(named, key=lambda each: (each[0].co_filename, each[1] or 0)):
        words = linecache.getline(code.co_filename, line or 0).rstrip()
        print(f"{lines[code, line] / contacts:8.1f}  {words}")


if __name__ == "__main__":
    main()
