"""Markdown from the tree of a report: whatever stands in it as text is shown as it stands.

Text is escaped where it could be taken for markup by CommonMark, by the tables of GitHub, or as a
link of itself; what only a screen can unfold stands there unfolded, and the figures of every
measure, which are in the tables of the run, are left out as they are in print.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote
from xml.etree.ElementTree import Element

_MARKUP = re.compile(r"([\\`*_\[\]~|$^#])")
_BEGINS = re.compile(r"^(\d*)([+=.)-])")
_BAR = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"(?i)(?<![a-z])(https?|ftp|www|mailto)(?=:|\.)")
_SKIPPED = ("nav", "style")
_LEFT_OUT = "more-figures"
_HEADINGS = {"h1": "#", "h2": "##", "h3": "###"}


def markdown(parts: Iterable[Element], pictures: Mapping[str, str]) -> str:
    """The parts of a report as Markdown.

    Args:
        parts: of the page, in order.
        pictures: where the file of each picture is, by its name, for a link.
    """
    blocks = [block for part in parts for block in _blocks(part, pictures)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escaped(text: str) -> str:
    """Text that reads as it stands, on one line."""
    plain = " ".join(text.split())
    plain = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    plain = _MARKUP.sub(r"\\\1", plain)
    # A web address of somebody else's is text here, and no link.
    return _LINK.sub(r"\1\\", plain)


def _blocks(part: Element, pictures: Mapping[str, str]) -> Iterator[str]:
    if part.tag in _SKIPPED or part.get("id") == _LEFT_OUT:
        return
    if part.tag in _HEADINGS:
        yield f"{_HEADINGS[part.tag]} {_line(part)}"
    elif part.tag == "p":
        yield _line(part)
    elif part.tag == "summary":
        yield f"**{_line(part)}**"
    elif part.tag in ("ul", "ol"):
        yield "\n".join(f"- {_line(item)}" for item in part)
    elif part.tag == "table":
        yield _table(part)
    elif part.tag == "figure":
        yield _figure(part, pictures)
    else:
        for child in part:
            yield from _blocks(child, pictures)


def _line(part: Element) -> str:
    """What is inside, on one line, which begins nothing but itself."""
    return _BEGINS.sub(r"\1\\\2", _inside(part)) if _begins_a_block(part) else _inside(part)


def _begins_a_block(part: Element) -> bool:
    """Whether the line begins with text: a sign there could begin a list or a heading."""
    return bool((part.text or "").strip()) or bool(len(part) and part[0].tag not in ("code", "a"))


def _inside(part: Element) -> str:
    pieces = [_kept(part.text)]
    for child in part:
        pieces += [_child(child), _kept(child.tail)]
    return " ".join("".join(pieces).split())


def _kept(text: str | None) -> str:
    """Escaped, with a blank where there is one at an end."""
    if not text:
        return ""
    before, after = (" " if text[place].isspace() else "" for place in (0, -1))
    return f"{before}{escaped(text)}{after}"


def _child(child: Element) -> str:
    if child.tag == "br":
        return " · "
    if child.tag == "code":
        return _code("".join(child.itertext()))
    if child.tag == "strong":
        return f"**{_inside(child)}**"
    return _inside(child)


def _code(text: str) -> str:
    """Code between more accents than there are together in it."""
    plain = " ".join(text.split())
    longest = max(map(len, re.findall(r"`+", plain)), default=0)
    fence = "`" * (longest + 1)
    air = " " if plain[:1] == "`" or plain[-1:] == "`" else ""
    return f"{fence}{air}{plain}{air}{fence}" if plain else ""


def _table(part: Element) -> str:
    # A bar ends a cell, in code as well.
    rows = [[_BAR.sub(r"\|", _inside(cell)) for cell in row] for row in part.iter("tr")]
    width = max(map(len, rows), default=0)
    if not width:
        return ""
    head, *body = ([*row, *[""] * (width - len(row))] for row in rows)
    lines = [head, ["---"] * width, *body]
    return "\n".join(f"| {' | '.join(cell or ' ' for cell in line)} |" for line in lines)


def _figure(part: Element, pictures: Mapping[str, str]) -> str:
    name = (part.get("id") or "").removeprefix("picture-")
    said = next(
        (text for one in part for text in (one.get("alt"), one.get("aria-label")) if text), ""
    )
    if name not in pictures:
        return f"*{escaped(said)}*" if said else ""
    caption = part.find("figcaption")
    below = f"\n\n*{_inside(caption)}*" if caption is not None else ""
    return f"![{escaped(said)}]({quote(pictures[name], safe=_SAFE)}){below}"


_SAFE = "/:._-~"
