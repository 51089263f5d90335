"""The queue of what only a human can settle: what stands in it, how it is drawn, what was left as it is."""
