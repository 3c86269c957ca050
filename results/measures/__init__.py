"""Measures: one name, one equation, one function each; a module for each field."""
