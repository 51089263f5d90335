"""The pages of the app. They ask `kb.ask.queries` for rows and draw them; they know no Cypher."""
