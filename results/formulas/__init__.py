"""Formulas of queueing theory, and how close a centre is to one of them."""
