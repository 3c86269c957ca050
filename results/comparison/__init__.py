"""Comparison: policies against a baseline, with paired intervals and a verdict."""
