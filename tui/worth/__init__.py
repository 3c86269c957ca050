"""Worth: what a policy is worth in agents, and what its money would buy instead."""
