"""firstline schema: the JSON Schema of a scenario file."""

from __future__ import annotations

EXAMPLES = """\b
Example:
  firstline schema > firstline.schema.json
An editor with Taplo uses it when the first line of the scenario is
  #:schema ./firstline.schema.json
"""


def schema() -> None:
    """Print the JSON Schema of a scenario, for editors."""
    from scenarios import json_schema
    from tui.terminal.machine import write_document

    write_document(json_schema())
