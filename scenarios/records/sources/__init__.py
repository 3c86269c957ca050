"""From files as systems export them to columns of text."""
