"""What the graph is asked: one file a subject, each question’s Cypher beside its row and its function."""
