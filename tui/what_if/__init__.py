"""The what-if: knobs, what was turned, the day that is run, and its answer."""
