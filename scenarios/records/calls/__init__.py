"""From rows of call records to contacts."""
