"""Statistics of a centre's own records, and the scenario that is written from them."""
