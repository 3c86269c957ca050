"""Widgets of the live floor: each shows one part of a frame."""
