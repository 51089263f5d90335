"""When an event was: by its words, by those it happened with, by the day of the news."""
