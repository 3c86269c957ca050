"""The commands, one to a file; each loads what it needs when it is called."""
