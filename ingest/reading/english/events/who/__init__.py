"""Who took part in an event, as what, and what it was done to."""
