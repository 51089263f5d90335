"""How good and how fast the reading is: `python -m benchmarks.quality DATA` and `python -m benchmarks.speed`."""
