"""Predictions that were written down, and what came: trust that can be counted."""
