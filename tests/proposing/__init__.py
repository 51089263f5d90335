"""What a model proposes, with a model that misbehaves."""
