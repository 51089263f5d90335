"""What is remembered of addresses that are asked again and again: what they said last, and what was taken of them.

Conditional requests are those of RFC 9110, section 13: a host that has nothing newer answers 304 and sends nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_ASKED = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
_MOST = 5_000  # entries of one feed that are remembered, the last


@dataclass
class Memory:
    """What is known of one address.

    conditions: headers by which a host tells whether anything is new. taken: keys of the entries that were taken, the
    last last. offered: of this time, the key of each document by its source. answered: what the host says of itself.
    """

    conditions: dict[str, str] = field(default_factory=dict)
    taken: dict[str, None] = field(default_factory=dict)
    offered: dict[str, str] = field(default_factory=dict)
    answered: dict[str, str] = field(default_factory=dict)

    def hear(self, headers: Mapping[str, str]) -> None:
        """Note by what headers the host can be asked next time."""
        self.answered = {ask: headers[name] for name, ask in _ASKED.items() if name in headers}

    def is_new(self, source: str, content: str = "") -> bool:
        """Whether an entry was not taken yet, or is another by now. Arguments: its name; its words, if told."""
        key = hashlib.sha256(f"{source}\n{content}".encode("utf-8", "surrogatepass")).hexdigest()[:20]
        self.offered[source] = key
        return key not in self.taken

    def take(self, sources: Mapping[str, bool]) -> None:
        """Remember what was taken; if anything was not, the host is asked for all of it again.

        Arguments: by source, whether the document was taken.
        """
        for source, took in sources.items():
            if took and source in self.offered:
                self.taken[self.offered[source]] = None
        self.taken = dict.fromkeys([*self.taken][-_MOST:])
        if all(sources.values()):
            self.conditions = self.answered

    def stored(self) -> dict[str, Any]:
        """As JSON-like values."""
        return {"conditions": self.conditions, "taken": [*self.taken]}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Memory:
        """What `stored` gave."""
        return cls(dict(stored["conditions"]), dict.fromkeys(stored["taken"]))
