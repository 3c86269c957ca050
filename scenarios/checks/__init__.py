"""What is wrong with a scenario, where, and what to do about it."""
