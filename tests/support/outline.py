"""What a browser finds in a report."""

from html.parser import HTMLParser

VOID = {"meta", "br", "img", "link", "hr"}


class Outline(HTMLParser):
    """What a browser would find: text by section, tables, pictures; fails on tags left open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.sections: dict[str, str] = {"": ""}
        self.images: list[dict[str, str | None]] = []
        self.links: list[str] = []
        self.tables: dict[str, list[list[str]]] = {}
        """By the heading or the summary before it: rows of cells, the header first."""
        self._before = ""
        self.feed(html)
        assert self.open == [], f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.links += [str(found[name]) for name in ("href", "src") if name in found]
        if tag == "img":
            self.images.append(found)
        if tag in ("h2", "h3", "summary"):
            self._before = ""
        if tag == "h2":
            self.sections["?"] = ""
        if tag == "table":
            self.tables[self._before.strip()] = []
        if tag == "tr":
            self._rows.append([])
        if tag in ("td", "th"):
            self._rows[-1].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag == "h2":
            heading = self.sections.pop("?").strip()
            self.sections[heading] = ""

    def handle_data(self, data: str) -> None:
        if {"h2", "h3", "summary"} & set(self.open):
            self._before += data
        if {"td", "th"} & set(self.open):
            self._rows[-1][-1] += f"{data} "
        if "style" not in self.open:
            last = next(reversed(self.sections))
            self.sections[last] += f"{data} "

    def section(self, heading: str) -> str:
        """The words of a section with single blanks."""
        return " ".join(self.sections[heading].split())

    @property
    def _rows(self) -> list[list[str]]:
        return next(reversed(self.tables.values()))
