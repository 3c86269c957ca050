"""Sensitivity: which assumptions a verdict depends on."""
