"""A runner that simulates nothing: tests hand it the updates that a screen is to be shown."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tui.shell.requests import Listener, Request, Update


@dataclass
class FakeJob:
    """A request that was handed in, and what its screen is told."""

    request: Request
    listen: Listener
    stopped: bool = False
    last: Update | None = None

    def stop(self) -> None:
        """End it: as a real one does, it reports what was finished until now."""
        self.stopped = True
        nothing = dict.fromkeys(self.request.policies, 0)
        last = self.last or Update("running", nothing, self.request.first_round)
        if not last.over:
            self.tell(replace(last, state="stopped", left_s=None))

    def tell(self, update: Update) -> None:
        """Send an update to the listener of the request."""
        self.last = update
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
