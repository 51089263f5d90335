"""What a language model proposes, if somebody asks one: suggestions with quotations, and never a fact.

A model may be named (`kb propose`), and nothing else ever asks one. Each proposal quotes the article letter by letter,
or it is dropped. What is left waits beside the graph, in the queue of the page Review, for a human's word: accepted, it
is a decision like every other.
"""

from kb.proposing.answers import Proposal
from kb.proposing.asking import Asked, propose, waiting_articles
from kb.proposing.endpoint import Endpoint
from kb.proposing.kept import Declined, decline, find, proposals

__all__ = ["Asked", "Declined", "Endpoint", "Proposal", "decline", "find", "proposals", "propose", "waiting_articles"]
