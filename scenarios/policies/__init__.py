"""Policies: named changes to a scenario."""
