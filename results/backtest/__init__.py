"""How well a fitted centre predicts days that it has not seen."""
