"""What the commands have in common: what is asked, run, written, refused."""
