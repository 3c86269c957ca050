"""The report of the data, and below it what was fitted."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from tui.records.session import Session
from tui.records.texts import fitted_text, report_text
from tui.records.words_pane import WordsPane


class ReportPane(WordsPane):
    """What was read, found, done and fitted, in plain words."""

    DEFAULT_CSS = """
    ReportPane {
        padding: 0 1;
        scrollbar-size-vertical: 1;

        #report-data { height: auto; max-width: 110; }
        #report-fitted { height: auto; max-width: 110; margin-top: 1; }
    }
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session, id="report")

    def compose(self) -> ComposeResult:
        """The data, then the centre."""
        yield Static("", id="report-data", markup=False)
        yield Static("", id="report-fitted", markup=False)

    def renew(self) -> None:
        """Show what is known."""
        session = self._session
        if session.records is not None:
            words = report_text(session.records.report, min(100, self.size.width - 4))
            self.query_one("#report-data", Static).update(words)
        if session.fitted is not None:
            self.query_one("#report-fitted", Static).update(fitted_text(session.fitted))
        else:
            self.query_one("#report-fitted", Static).update(self._reason)
