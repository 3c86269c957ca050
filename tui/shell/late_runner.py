"""A runner that is loaded while the first screen is seen already.

What simulates takes longer to load than the app to paint, and a core that loads it is missing for
painting.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from results.experiments.starting import start_tracker
from tui.parts import loading

if TYPE_CHECKING:
    from tui.shell.requests import Job, Listener, Request
    from tui.shell.runner import ProcessRunner


class LateRunner:
    """Hands requests to a runner that it makes when there is time, at the latest when asked."""

    def __init__(self, workers: int | None = None) -> None:
        """Start the one helper that an app which has the terminal cannot start any more.

        Args:
            workers: processes for each request; one for each core when None.
        """
        self._workers = workers
        start_tracker()
        self._lock = threading.Lock()
        self._runner: ProcessRunner | None = None

    def load(self) -> None:
        """Make the runner, if it is not there yet."""
        self._made()

    def submit(self, request: Request, listen: Listener) -> Job:
        """Begin a request."""
        return self._made().submit(request, listen)

    def close(self) -> None:
        """Stop whatever runs and let the workers go."""
        with self._lock:
            if self._runner is not None:
                self._runner.close()

    def _made(self) -> ProcessRunner:
        with self._lock:
            if self._runner is None:
                loading.everything()
                from tui.shell.runner import ProcessRunner

                self._runner = ProcessRunner(self._workers)
            return self._runner
