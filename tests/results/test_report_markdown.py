"""Markdown of a report: what comes from a file is text there, and nothing else."""

import re

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from results.report.elements import element, listed, section, table
from results.report.markdown import escaped, markdown
from tests.support.hostile_names import NAMES, TITLE

HOSTILE = (
    *NAMES,
    TITLE,
    "# a heading",
    "1. a list",
    "12) a list",
    "- a list",
    "+ a list",
    "> a quotation",
    "=====",
    "---",
    "| a | table |",
    "``` code",
    "![picture](http://evil.example/x.png)",
    "[link](javascript:alert(1))",
    "<script>alert(1)</script>",
    "<!-- remark -->",
    "&lt;b&gt;",
    "https://evil.example",
    "www.evil.example",
    "~~gone~~ **fat** _thin_ `code`",
    "closing #",
    "back\\slash \\* \\",
    "$$x^2$$",
    "[^1]: a footnote",
)


def tokens(text: str) -> list[Token]:
    """What a reader of Markdown with tables and links of themselves makes of it."""
    reader = MarkdownIt("commonmark", {"linkify": False}).enable(["table", "strikethrough"])
    found: list[Token] = []
    for token in reader.parse(text):
        found += [token, *(token.children or ())]
    return found


def read(text: str) -> str:
    """The words that a reader sees."""
    return " ".join(
        "".join(
            "".join(
                one.content for one in token.children or () if one.type in ("text", "code_inline")
            )
            + " "
            for token in tokens(text)
            if token.type == "inline"
        ).split()
    )


@pytest.mark.parametrize("said", HOSTILE)
def test_a_hostile_title_is_read_as_it_stands_wherever_it_is_put(said: str) -> None:
    for part in (
        element("p", said),
        element("h2", said),
        listed([said]),
        element("p", "It is ", element("strong", said), "."),
    ):
        text = markdown([part], {})
        kinds = {token.type for token in tokens(text)}
        assert " ".join(said.split()) in read(text)
        assert not kinds & {"html_inline", "html_block", "link_open", "image", "hr", "fence"}
        assert not kinds & {"code_inline", "blockquote_open", "s_open", "em_open"}
        assert sum(token.type == "list_item_open" for token in tokens(text)) == (part.tag == "ul")


@pytest.mark.parametrize("said", [one for one in HOSTILE if one.strip()])
def test_code_and_cells_of_a_table_hold_hostile_names(said: str) -> None:
    text = markdown([table(["a", "b"], [[element("code", said), said]])], {})
    cells = [t for t in tokens(text) if t.type == "inline"]
    assert len(cells) == 4, "two columns, two rows"
    if "\\|" not in said:
        (code,) = cells[2].children or ()
        assert code.content == " ".join(said.split())
    assert read(text).endswith(" ".join(said.split()))


@pytest.mark.parametrize("address", ["https://evil.example", "HTTP://X", "www.evil.example"])
def test_an_address_becomes_no_link_of_itself(address: str) -> None:
    assert not re.search(r"(?i)https?:|www\.", escaped(f"see {address}"))


def test_a_picture_is_shown_with_its_finding_as_its_alternative_text() -> None:
    drawing = element("svg", **{"aria-label": "Waits [halve]"})
    figure = element("figure", drawing, element("figcaption", "Waits"), id="picture-waits")
    text = markdown([figure], {"waits": "charts/waits of all.png"})
    (image,) = (token for token in tokens(text) if token.type == "image")
    assert image.attrs["src"] == "charts/waits%20of%20all.png"
    assert "".join(part.content for part in image.children or ()) == "Waits [halve]"
    assert "halve" in markdown([figure], {}), "without a file the finding is still told"


def test_what_is_unfolded_on_a_screen_stands_there_and_every_measure_does_not() -> None:
    folded = element("details", element("summary", "Part by part"), table(["x"], [["y"]]))
    text = markdown([section("Why", folded), section("More figures", element("p", "all"))], {})
    assert "**Part by part**" in text
    assert "| y |" in text
    assert "all" not in text
