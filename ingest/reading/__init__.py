"""What one text says: times, entities, events and claims, each with its place in the text. Pure: no store."""
