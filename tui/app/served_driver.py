"""The driver of the app in a browser, which leaves when its server is gone."""

from __future__ import annotations

from textual import messages
from textual.drivers.web_driver import WebDriver

from tui.shell.shutdown import leave_soon

PATIENCE_S = 1.0
"""Nobody sees the app any more, and it holds what its server was given."""


class ServedDriver(WebDriver):
    """Textual's own, but the end of what the server says is the end of the app."""

    def write(self, data: str) -> None:
        """Write; what cannot be written, of a file's name for example, shows as a question mark."""
        super().write(data.encode("utf-8", "replace").decode())

    def run_input_thread(self) -> None:
        """Take in what the server says, and leave when it says nothing any more."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            leave_soon(lambda: self._app.post_message(messages.ExitApp()), PATIENCE_S)
