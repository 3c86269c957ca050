"""``firstline`` on the command line, and ``python -m firstline``."""

import gc
import sys

# Loading makes many objects and no garbage: fewer looks for it save a command a twentieth.
gc.set_threshold(50_000, 10, 10)

try:
    from tui.cli import main
except KeyboardInterrupt:  # Ctrl-C while it is loaded: nobody has begun anything
    sys.stderr.write("Interrupted.\n")
    sys.exit(130)

__all__ = ["main"]

if __name__ == "__main__":
    main()
