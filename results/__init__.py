"""The answer: measures, comparisons between policies, tables, charts and the store of runs."""

from results.comparison.compare import compare
from results.comparison.comparison import Comparison
from results.errors import ExperimentError, ReplicationError
from results.experiments.experiment import Experiment, run
from results.experiments.precision import Precision
from results.experiments.progress import Progress

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
