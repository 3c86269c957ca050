"""The app loads what is heavy in threads and on the screen: nothing may come half-loaded."""

import subprocess
import sys

_SIDE_BY_SIDE = """
import random, sys, threading, time

class Slow:
    # A busy machine, on which threads overtake one another while they load.
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("scenarios", "results", "sim"):
            time.sleep(0.03 * random.random())

random.seed(int(sys.argv[1]))
sys.meta_path.insert(0, Slow())
from tui.app import app
from tui.shell import late_runner
from tui.shell import scenario_file

def reopen():
    scenario_file.read(scenario_file.first())

def catalogue():
    from tui.parts import loading
    loading.everything()
    from scenarios import library

def measures():
    from tui.app import palette
    app._commands("MeasureCommands")()
    from results.measures.registry import MEASURES

def screen():
    app.FirstlineApp.MODES["what_if"]()

runner = late_runner.LateRunner()
work = [reopen, reopen, catalogue, measures, runner.load, screen]
threads = [threading.Thread(target=one) for one in work]
random.shuffle(threads)
for thread in threads:
    thread.start()
    time.sleep(0.1 * random.random())
for thread in threads:
    thread.join()
runner.close()
"""


def test_threads_that_load_at_the_same_time_do_not_see_half_of_anything() -> None:
    for seed in (1, 2):
        done = subprocess.run(
            [sys.executable, "-c", _SIDE_BY_SIDE, str(seed)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == "", done.stderr
