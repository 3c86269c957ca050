"""Another process that is at work in a run folder, for tests of who may touch it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_WORK = """
import sys
from pathlib import Path
from results.runs import running
running.claim(Path(sys.argv[1]))
print("at work", flush=True)
sys.stdin.read()
"""


@contextmanager
def running_elsewhere(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process that runs in the folder until the block ends."""
    with subprocess.Popen(
        [sys.executable, "-c", _WORK, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "at work\n"
        try:
            yield process
        finally:
            process.kill()
