"""What a reading is held against, and how well it does: gold sets, their parts, scorers, figures that are kept."""
