"""A human’s word and newer rules: what they would change is shown first, then applied, and can be undone."""
