"""Into the graph: facts written by id, and what they make one, shown and linked."""
