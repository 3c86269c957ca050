import os

from hypothesis import settings

# Tests look at the sources, and change what they look at; FIRSTLINE_COMPILED=1 runs them compiled.
os.environ.setdefault("FIRSTLINE_COMPILED", "0")

# The same examples every time: a red build means a changed program, not an unlucky draw. No
# deadline, because a shared machine may pause in the middle of an example.
settings.register_profile("firstline", deadline=None, derandomize=True)
settings.load_profile("firstline")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: tests of the app and of the command wait now and then."""
    return (os.cpu_count() or 1) + 1
