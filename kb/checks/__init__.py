"""What a human should look at, and the proof that the graph holds what its articles say."""
