"""From cells of text to times, seconds, counts and codes."""
