"""The story of many articles in few days, each with few sentences, in the articles' own words.

    material    what is chosen from: articles, and of them the sentences that may matter
    days        how important each day is
    sentences   which sentences tell a day, the best first
    alone       whether a sentence can be read alone
    compose     days and sentences together: no two tell one event
    chapters    the days as periods with headings
    formats     a digest as text, Markdown, JSON, JSONL and for TimelineJS

Nothing here speaks to the server: `kb.ask.digest` fetches the material. Nothing is random, nothing depends on the order
in which articles came.
"""

from kb.digest.compose import compose
from kb.digest.material import Article, Chapter, Day, Digest, Entry, Event, Material, Sentence

__all__ = ["Article", "Chapter", "Day", "Digest", "Entry", "Event", "Material", "Sentence", "compose"]
