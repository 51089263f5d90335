"""What a phrase is counted from: publication, the last date told, an event of the article."""
