"""The pages of the app. They ask `kb.queries` for rows and draw them; they know no Cypher."""
