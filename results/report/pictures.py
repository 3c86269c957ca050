"""The pictures of a report: each inside the page, with its caption and what it says as text."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from results.charts.sheets import title_in, together
from results.charts.titles import TITLES
from results.errors import ExperimentError
from results.report.elements import element

_SVG, _LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_POINTED = re.compile(r"#([\w.:-]+)")
_PNG_TITLES = {b"iTXtTitle" + bytes(5): "utf-8", b"tEXtTitle" + bytes(1): "latin-1"}
"""How the title of a PNG begins, and what it is written in."""


class Picture(NamedTuple):
    """A picture inside the page."""

    name: str
    figure: Element
    finding: str
    """Its message in a sentence."""


def pictures(charts: Sequence[Path], titles: Mapping[str, str] = TITLES) -> dict[str, Picture]:
    """One picture for each chart by name, in the order of the files; an SVG before a PNG.

    Args:
        charts: their files.
        titles: what each of them shows, by name; others are left out.

    Raises:
        ExperimentError: a file cannot be read.
    """
    # The later format of a chart takes the place of the earlier: svg comes after png.
    chosen = {path.stem: path for path in sorted(charts, key=lambda path: path.suffix)}
    names = dict.fromkeys(path.stem for path in charts if path.stem in titles)
    return {name: _picture(name, chosen[name], titles[name]) for name in names}


def _picture(name: str, path: Path, caption_text: str) -> Picture:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ExperimentError(f"{path} cannot be read: {error.strerror}.") from error
    drawn = _inside(name, data, caption_text) if path.suffix == ".svg" else None
    if drawn is not None:
        image, finding = drawn
    else:
        kind = {".svg": "image/svg+xml", ".png": "image/png"}[path.suffix]
        finding = _title_of_png(data) or caption_text
        link = f"data:{kind};base64,{b64encode(data).decode('ascii')}"
        image = element("img", src=link, alt=finding)
    caption = element("figcaption", together(finding))
    return Picture(name, element("figure", caption, image, id=f"picture-{name}"), finding)


def _inside(name: str, data: bytes, otherwise: str) -> tuple[Element, str] | None:
    """An SVG as a part of the page, its marks made its own, and its title; None if it is none."""
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - drawn by this very command
    except ElementTree.ParseError:
        return None
    if root.tag != f"{_SVG}svg":
        return None
    for one in [child for child in root if not child.tag.startswith(_SVG)]:
        root.remove(one)
    for child in list(root):
        if child.tag == f"{_SVG}metadata":
            root.remove(child)
    _without_title(root)
    values = " ".join(value for one in root.iter() for value in one.attrib.values())
    used = set(_POINTED.findall(values))
    title = (root.findtext(f"{_SVG}title") or otherwise).strip()
    for one in root.iter():
        one.tag = one.tag.removeprefix(_SVG)
        # Marks that nothing points to are of no use here, and some stand there twice.
        one.attrib = {
            _plain(key): _own(name, key, value)
            for key, value in one.items()
            if key != "id" or value in used
        }
    # The page gives it its size; its shape is that of its own box.
    for side in ("width", "height"):
        root.attrib.pop(side, None)
    root.set("aria-label", title)
    return root, title


def _without_title(root: Element) -> None:
    """Take the title out of the picture: the caption has it, in letters of the page's size."""
    for parent in root.iter():
        for child in list(parent):
            if child.get("id") == "title":
                lines = sum(1 for one in child.iter() if one.tag.endswith("text"))
                parent.remove(child)
                left, top, width, height = map(float, root.get("viewBox", "0 0 0 0").split())
                cut = min(72.0 * title_in(lines), height)
                root.set("viewBox", f"{left:g} {top + cut:g} {width:g} {height - cut:g}")


def _plain(key: str) -> str:
    return key.removeprefix(_LINK)


def _own(name: str, key: str, value: str) -> str:
    """A value whose marks do not meet those of another picture of the page."""
    if key == "id":
        return f"{name}-{value}"
    if key == f"{_LINK}href":
        return value.replace("#", f"#{name}-", 1)
    return value.replace("url(#", f"url(#{name}-")


def _title_of_png(data: bytes) -> str:
    """The title that a chart carries; empty where it has none."""
    for begin, encoding in _PNG_TITLES.items():
        place = data.find(begin)
        if place >= 4:
            length = int.from_bytes(data[place - 4 : place], "big")
            return data[place + len(begin) : place + 4 + length].decode(encoding, errors="replace")
    return ""
