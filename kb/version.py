"""The version of the program, which rules and graph are stamped with."""

__version__ = "0.1.0"
