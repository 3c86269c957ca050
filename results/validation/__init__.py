"""Published, exact and closed-form figures that the formulas and the simulator must reproduce."""
