"""The answer: measures, comparisons between policies, tables, charts and the store of runs."""
