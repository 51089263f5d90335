"""The pages of the app. They ask `kb.ask` for rows and draw them; they know no Cypher."""
