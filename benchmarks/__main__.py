"""Print every benchmark: `python -m benchmarks`, or a quick look with `--quick`."""

from __future__ import annotations

import sys

from benchmarks import app, live_floor, memory, speed, studies, what_if


def main() -> None:
    """Measure the app, speed and memory."""
    scale = 10 if "--quick" in sys.argv else 1
    app.first_paint()
    speed.against_plain_simpy(200_000 // scale)
    speed.by_size(200_000 // scale)
    speed.where_the_time_goes(max(1, 4 // scale))
    speed.of_the_measures(max(3, 10 // scale))
    memory.of_contacts(1_000_000 // scale)
    live_floor.at_full_size(15.0 if scale == 1 else 5.0)
    memory.of_weeks()
    what_if.of_retail_complaints(20 // min(scale, 4))
    what_if.of_the_knobs()
    what_if.on_the_screen()
    studies.main(scale)


if __name__ == "__main__":
    main()
