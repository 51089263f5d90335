"""The reviewed word lists, each a JSON file in the folder of its language; only `load` opens one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str, language: str = "english") -> Mapping[str, Any]:
    """One list, read once: whoever asks gets the same object, so none may change it. A key with "_" only describes.

    Arguments: name, the file's path from its language's folder, without ".json": "order", "events/verbs"; language,
    the folder.
    Raises: FileNotFoundError where there is no such list.
    """
    content: dict[str, Any] = json.loads(files(__name__).joinpath(language, f"{name}.json").read_text(encoding="utf-8"))
    return {key: entry for key, entry in content.items() if not key.startswith("_")}
