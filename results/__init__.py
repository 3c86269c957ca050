"""The answer: measures, comparisons between policies, tables, charts and the store of runs.

What is named here is loaded when it is asked for: most commands simulate nothing, and need neither
the floor nor the comparison.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_PLACES = {
    "results.comparison.compare": ("compare",),
    "results.comparison.comparison": ("Comparison",),
    "results.errors": ("ExperimentError", "ReplicationError"),
    "results.experiments.experiment": ("Experiment", "run"),
    "results.experiments.precision": ("Precision",),
    "results.experiments.progress": ("Progress",),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        for place, names in _PLACES.items():
            if name in names:
                return getattr(import_module(place), name)
        raise AttributeError(f"module 'results' has no attribute '{name}'", name=name)
