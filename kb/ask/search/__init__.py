"""Finding what is told by its words, or by what it means: what was typed, what the indexes hold of it, and where that
stands.
"""  # noqa: D205 - one sentence

from kb.ask.search.find import Found, Group, Hit, search
from kb.ask.search.near import search_by_meaning
from kb.ask.typed import Asked, asked

__all__ = ["Asked", "Found", "Group", "Hit", "asked", "search", "search_by_meaning"]
