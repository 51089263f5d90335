"""The knowledge base for other programs: assistants ask it by the Model Context Protocol. It is only read."""
