"""The columns of a study's table that every study has."""

from __future__ import annotations

import numpy as np

from results.runs.columns import Column, Columns, types_of

STUDY = "study"
"""Name of the table in a run folder."""

COLUMNS: Columns = {
    "policy": Column(object, "name of the policy"),
    "point": Column(np.int64, "number of the point, from 0; -1 is the policy as it is"),
    "replication": Column(np.int64, "number of the replication, from 0"),
}
"""Next to them a column for each factor, called by its key, and one for each measure."""

TYPES = types_of(COLUMNS)
