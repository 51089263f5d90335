"""Finding what is told by its words: what was typed, what the full-text indexes hold of it, and where that stands."""

from kb.ask.search.find import Found, Group, Hit, search
from kb.ask.typed import Asked, asked

__all__ = ["Asked", "Found", "Group", "Hit", "asked", "search"]
