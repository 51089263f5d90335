"""How good and fast the reading is, and what growing costs: `python -m benchmarks.quality DATA`, `speed`, `growth`."""
