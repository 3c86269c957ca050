"""A runner that simulates nothing: tests hand it the updates that a screen is to be shown."""

from __future__ import annotations

from dataclasses import dataclass, field

from tui.runner import Listener, Request, Update


@dataclass
class FakeJob:
    """A request that was handed in, and what its screen is told."""

    request: Request
    listen: Listener
    stopped: bool = False

    def stop(self) -> None:
        """Remember that it was stopped."""
        self.stopped = True

    def tell(self, update: Update) -> None:
        """Send an update to whoever handed the request in."""
        self.listen(update)


@dataclass
class FakeRunner:
    """Remembers every request and runs none."""

    jobs: list[FakeJob] = field(default_factory=list)
    closed: bool = False

    def submit(self, request: Request, listen: Listener) -> FakeJob:
        """Take a request."""
        self.jobs.append(FakeJob(request, listen))
        return self.jobs[-1]

    def close(self) -> None:
        """Remember that it was closed."""
        self.closed = True

    @property
    def last(self) -> FakeJob:
        """The request that was handed in last."""
        return self.jobs[-1]
