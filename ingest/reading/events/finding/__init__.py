"""Which words tell events."""
