"""A centre's own records become clean tables, with a report of what was found in them."""
