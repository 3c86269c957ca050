"""The reading: what is shown of a result, decided once for every face."""
