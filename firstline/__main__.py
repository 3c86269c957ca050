"""``firstline`` on the command line, and ``python -m firstline``."""

import gc

# Loading makes many objects and no garbage: fewer looks for it save a command a twentieth.
gc.set_threshold(50_000, 10, 10)

from tui.cli import main  # noqa: E402 - what is loaded is what is to be spared

__all__ = ["main"]

if __name__ == "__main__":
    main()
