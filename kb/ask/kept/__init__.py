"""What the graph keeps so that a question costs what it shows: its counts, its version, and answers given already."""
