"""firstline schema: the JSON Schema of a scenario file."""

from __future__ import annotations

EXAMPLES = """\b
Example:
  firstline schema > firstline.schema.json
Then let your editor use it: an editor with Taplo takes it from the first line of
the scenario,  #:schema ./firstline.schema.json
"""


def schema() -> None:
    """Write the JSON Schema with which an editor completes a scenario."""
    from scenarios import json_schema
    from tui.answers.machine import write_document

    write_document(json_schema())
