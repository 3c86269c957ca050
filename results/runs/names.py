"""What the files of a run folder are called."""

from __future__ import annotations

SCENARIO = "scenario.toml"
"""What is run, complete; of a study every policy at every point, as policies of one scenario."""
BASE = "base-scenario.toml"
"""The scenario of a study before anything was varied."""
STUDY_FILE = "study.toml"
"""What a study asks, whichever command asked it."""
CHARTS = "charts"
"""Folder of the pictures."""
