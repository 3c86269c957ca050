"""The live floor: the thread that drives a run, what it shows, and what is changed on it."""
