"""The knowledge base: what is stored, what it shows and why, how it is asked, and how it is seen."""

__version__ = "0.1.0"
