"""Names that no list has, found by what the text tells of them: places, things, persons that the model missed."""
