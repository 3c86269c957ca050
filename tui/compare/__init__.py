"""The comparison of policies: what is run, and what came out."""
