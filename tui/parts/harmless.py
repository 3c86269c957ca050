"""Texts that no terminal obeys: control characters are shown in the app, not sent."""

from __future__ import annotations

from tui.parts import loading


def harmless(text: str, allowed: str = "\n\t") -> str:
    """The text with its control characters written out.

    Args:
        text: may quote a file, or be the name of one.
        allowed: control characters that stay as they are.
    """
    if text.replace("\n", "").isprintable() and ("\n" in allowed or "\n" not in text):
        return text
    # What is to be shown before everything is loaded is hardly ever of this kind.
    loading.everything()
    from scenarios.files.characters import visible

    return visible(text, allowed)
