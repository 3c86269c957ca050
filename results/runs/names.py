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
OF_CENTRES = "centres"
"""Folder of an unfinished run, where replications of centres that fit the figures are kept."""
WHY_FILE = "why.csv"
"""What the difference of a policy is made of, for a table program; only where somebody asked."""
COUNTERFACTUAL_FILE = "counterfactual.csv"
"""Its parts by change and by mechanism, likewise."""
