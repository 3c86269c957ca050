"""Studies: the same customers at every point of a design, and what the points say together."""
