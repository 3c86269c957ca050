import gc
import os
from collections.abc import Generator

import pytest
from hypothesis import settings

from tests.support.examples import examples

# Tests look at the sources, and change what they look at; FIRSTLINE_COMPILED=1 runs them compiled.
os.environ.setdefault("FIRSTLINE_COMPILED", "0")

# The same examples every time: a red build means a changed program, not an unlucky draw. No
# deadline, because a shared machine may pause in the middle of an example.
settings.register_profile("firstline", max_examples=examples(100), deadline=None, derandomize=True)
settings.load_profile("firstline")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests are no garbage: nobody looks for any among them, now or while they run."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: tests of the app and of the command wait now and then."""
    return (os.cpu_count() or 1) + 1
