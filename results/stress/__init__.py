"""Stress tests: the policies again in hard days."""
