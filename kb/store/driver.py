"""The driver, imported without the libraries of data frames.

It imports numpy, pandas and pyarrow where they are installed, so that a statement's parameters can be data frames: a
second of every command, for what is never passed. They are hidden while it is imported and there again afterwards.
"""

from __future__ import annotations

import sys
from typing import Any, cast

_HIDDEN = ("numpy", "pandas", "pyarrow")


def _import_driver() -> None:
    if "neo4j" in sys.modules:
        return
    hidden = [name for name in _HIDDEN if name not in sys.modules]
    modules = cast("dict[str, Any]", sys.modules)
    modules.update(dict.fromkeys(hidden))
    try:
        import neo4j  # noqa: F401, PLC0415 (here, while they are hidden)
    finally:
        for name in hidden:
            if modules.get(name) is None:
                modules.pop(name, None)


_import_driver()
