"""Why two policies differ: what the difference is made of."""
