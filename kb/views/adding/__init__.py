"""Adding articles: the work that goes on when the page is left, and what came of it."""
