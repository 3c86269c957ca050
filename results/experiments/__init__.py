"""Experiments: policies times replications, on all cores, stopped when precise enough."""
