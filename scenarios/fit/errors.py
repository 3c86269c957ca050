"""Why records cannot be fitted."""


class FitError(ValueError):
    """The records are too few, or lack what a fit needs; the message is for people."""
