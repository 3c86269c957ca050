"""Parts that several screens are put together from; they know plain data, never the simulation."""
