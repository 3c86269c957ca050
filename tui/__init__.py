"""The window: the command line through which a manager asks and is answered."""
