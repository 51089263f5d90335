"""The knowledge base: what is stored (models), where (store), how it is asked (queries) and shown (views)."""

__version__ = "0.1.0"
