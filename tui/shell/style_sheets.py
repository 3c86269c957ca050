"""Style sheets of the app, read again only when there is a reason."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class StyleSheets(Stylesheet):
    """Style sheets that are parsed again only when the colours of the theme have changed.

    Textual parses all of them anew for every screen that is shown for the first time, which takes
    as long as the screen itself.
    """

    def __init__(self, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._in_use = variables

    def set_variables(self, variables: dict[str, str]) -> None:
        """Set the colours and sizes that style sheets refer to."""
        if variables != self._in_use:
            super().set_variables(variables)
            super().reparse()
            self._in_use = variables

    def reparse(self) -> None:
        """Do nothing: other variables have been applied already, and new sheets are parsed."""
