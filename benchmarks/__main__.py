"""Print every benchmark: `python -m benchmarks`, or a quick look with `--quick`."""

from __future__ import annotations

import sys

from benchmarks import app, app_screens, live_floor, memory, scale, speed, studies, what_if


def main() -> None:
    """Measure the app, speed and memory."""
    part = 10 if "--quick" in sys.argv else 1
    app.opened(5 if part == 1 else 2)
    app.idle()
    app_screens.walked(3 if part == 1 else 1)
    speed.against_plain_simpy(200_000 // part)
    speed.by_size(200_000 // part)
    speed.where_the_time_goes(max(1, 4 // part))
    speed.of_the_measures(max(3, 10 // part))
    memory.of_contacts(1_000_000 // part)
    live_floor.at_full_size(15.0 if part == 1 else 5.0)
    memory.of_weeks()
    scale.per_contact(max(2, 3 // part))
    what_if.of_retail_complaints(20 // min(part, 4))
    what_if.of_the_knobs()
    what_if.on_the_screen()
    studies.main(part)


if __name__ == "__main__":
    main()
