"""From rows of interval reports to intervals."""
