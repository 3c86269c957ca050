"""HTML as a tree: whatever stands in it as text is escaped by the tree, not by memory."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, tostring

from scenarios.files.characters import visible

Content = Element | str


def element(tag: str, *content: Content, **attributes: str) -> Element:
    """An element with texts and elements inside.

    Args:
        tag: name of the element.
        content: in order.
        attributes: by name; a trailing underscore (``class_``) is left out.
    """
    made = Element(tag, {name.rstrip("_"): visible(value) for name, value in attributes.items()})
    for part in content:
        if isinstance(part, Element):
            made.append(part)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + visible(part)
        else:
            made.text = (made.text or "") + visible(part)
    return made


def section(heading: str, *content: Element) -> Element:
    """A part of the report under its heading."""
    return element("section", element("h2", heading), *content, id=_anchor(heading))


def contents(sections: Iterable[Element]) -> Element:
    """A list of the sections that leads to each of them."""
    links = []
    for one in sections:
        heading = one.find("h2")
        if heading is not None and heading.text:
            links.append(element("a", heading.text, href=f"#{one.get('id')}"))
    return element("nav", listed(links), **{"aria-label": "Contents"})


def _anchor(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


def listed(lines: Iterable[Content], **attributes: str) -> Element:
    """A list of lines."""
    return element("ul", *(element("li", line) for line in lines), **attributes)


def table(head: Iterable[str], rows: Iterable[Iterable[Content]], **attributes: str) -> Element:
    """A table whose first column names its rows."""
    header = element("tr", *(element("th", name, scope="col") for name in head))
    body = [_row(*cells) for cells in rows]
    made = element("table", element("thead", header), element("tbody", *body), **attributes)
    return element("div", made, class_="wide")


def page(title: str, style: str, *content: Element) -> str:
    """A whole document that needs no other file."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        element("style", style),
    )
    document = element("html", head, element("body", element("main", *content)), lang="en")
    return "<!DOCTYPE html>\n" + tostring(document, encoding="unicode", method="html") + "\n"


def _row(name: Content, *cells: Content) -> Element:
    values = (
        cell if isinstance(cell, Element) and cell.tag == "td" else element("td", cell)
        for cell in cells
    )
    return element("tr", element("th", name, scope="row"), *values)
