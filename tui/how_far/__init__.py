"""How far to turn a knob: its curve and the value that reaches a goal."""
