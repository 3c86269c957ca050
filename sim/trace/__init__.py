"""The trace: the columns that leave a replication."""
