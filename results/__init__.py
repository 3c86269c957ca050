"""The answer: measures, comparisons between policies, tables, charts and the store of runs."""

from results.compare import Comparison, compare
from results.errors import ExperimentError, ReplicationError
from results.experiment import Experiment, run
from results.precision import Precision
from results.progress import Progress

__all__ = [
    "Comparison",
    "Experiment",
    "ExperimentError",
    "Precision",
    "Progress",
    "ReplicationError",
    "compare",
    "run",
]
