"""What the page on a centre's own records says is what is read."""

import re
import tomllib
from pathlib import Path

from scenarios.records.mapping import aliases, load_mapping, shipped
from tests.support.doc_commands import ROOT, blocks

PAGE = ROOT / "docs" / "how-to" / "your-own-records.md"
KINDS = {"call records": "contacts", "interval reports": "intervals", "ticket logs": "tickets"}


def test_the_page_names_every_field_of_every_kind_and_no_other() -> None:
    text = PAGE.read_text(encoding="utf-8").split("\n## Fields\n")[1]
    for title, kind in KINDS.items():
        table = text.split(f"| of {title} |")[1].split("\n\n")[0]
        named = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\|([^|]*)", table, re.MULTILINE))))
        assert named == set(aliases()[kind]), kind


def test_the_mapping_on_the_page_can_be_given(tmp_path: Path) -> None:
    (text,) = [block.text for block in blocks(PAGE) if block.language == "toml"]
    assert set(tomllib.loads(text)) >= {"columns", "units", "outcomes", "only", "rename"}
    path = tmp_path / "columns.toml"
    path.write_text(text, encoding="utf-8")
    assert load_mapping(path).units == {"wait_s": "ms"}


def test_the_page_names_every_shipped_mapping() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in shipped() if f"`{name}`" not in text] == []
