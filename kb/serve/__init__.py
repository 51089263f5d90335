"""The knowledge base for other programs: over HTTP, and to assistants by the Model Context Protocol; both only read."""
