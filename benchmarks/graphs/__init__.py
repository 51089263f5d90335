"""Made-up graphs of any size, and what the screens ask of them."""
