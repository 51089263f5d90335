"""The knowledge base: what is stored (models, store), what it shows and why (shown), how it is asked (ask) and seen (views)."""

__version__ = "0.1.0"
