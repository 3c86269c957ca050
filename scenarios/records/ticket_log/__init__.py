"""From rows of ticket logs to tickets."""
