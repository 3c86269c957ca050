"""Why a policy differs: its difference split into parts that add up to all of it."""
