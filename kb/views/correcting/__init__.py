"""What a person mends where it is shown: dates, words, who took part, what is one; with its effects and an undo."""
