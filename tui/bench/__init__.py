"""The what-if bench without its screen: knobs, what was turned, and the day that is run."""
