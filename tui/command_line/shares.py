"""Shares as people write them on a command line."""

import typer


def share(text: str) -> float:
    """A share of a whole from ``80%`` or ``0.8``.

    Raises:
        typer.BadParameter: it is neither.
    """
    number, percent, rest = text.strip().partition("%")
    try:
        value = float(number)
    except ValueError:
        rest = number
    if rest:
        raise typer.BadParameter(f"'{text}' is not a share: write 0.8 or 80%.")
    return value / 100.0 if percent else value
