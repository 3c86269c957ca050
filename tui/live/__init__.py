"""The live floor's inner side: the thread that drives a run, its words, its comparison."""
