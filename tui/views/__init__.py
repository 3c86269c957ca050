"""Views: what a screen shows of an experiment, as plain data in the words and order of a reader."""
