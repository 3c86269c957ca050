"""Records: a new scenario from a centre's own exports, step by step."""
