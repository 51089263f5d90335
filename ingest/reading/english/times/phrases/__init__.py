"""Which words are phrases of time: vocabulary, patterns, where they stand, the calendar they name."""
