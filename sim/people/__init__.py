"""People: who they are, when they work, what they learn, how they feel, who comes and goes."""
