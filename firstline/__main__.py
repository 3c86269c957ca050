"""``firstline`` on the command line, and ``python -m firstline``."""

from tui.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
