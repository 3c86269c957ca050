"""The plan: a scenario made ready for the floor, before the first event."""
