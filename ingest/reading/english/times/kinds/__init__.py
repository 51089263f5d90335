"""How each kind of phrase is read: one file a kind, and the one that calls them."""
