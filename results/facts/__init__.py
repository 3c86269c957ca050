"""Facts: the columns of a trace, with what is derived from them and the parts to cut them by."""
