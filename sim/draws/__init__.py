"""Draws: every random number is a function of who it is for and what it is for."""
