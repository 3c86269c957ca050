"""Runs: folders that keep what an experiment found, and questions across them."""
