"""Scenario files: TOML and CSV, read with their places known and written with comments kept."""
