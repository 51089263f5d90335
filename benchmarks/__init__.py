"""How good and fast the reading is, and what growing costs: a command for each, `python -m benchmarks.quality DATA`.

What several commands share lies in rooms below them: `scoring` holds readings against gold, `graphs` makes graphs up.
"""
