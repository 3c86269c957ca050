"""What the command line and the app both need: exits, refusals, environment, run files."""
