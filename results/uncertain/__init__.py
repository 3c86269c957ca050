"""Intervals that know what is not known: centres that fit the figures, drawn and compared."""
