"""The knowledge base: what is stored, what it shows and why, how it is asked, and how it is seen.

    import kb

    with kb.open() as base:
        base.ingest("articles/")
        print(base.timeline(who="Zelensky", earliest="2022-02-24").to_pandas())

What this offers is in `kb.api`, which is imported when it is first used: a command that only helps needs no driver.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kb.version import __version__

if TYPE_CHECKING:
    from kb.api import Base, Preview, Rows, open

__all__ = ["Base", "Preview", "Rows", "__version__", "open"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("kb.api"), name)
    raise AttributeError(f"module 'kb' has no attribute '{name}'")
