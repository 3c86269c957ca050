"""Past runs: a list, one of them opened, two side by side."""
