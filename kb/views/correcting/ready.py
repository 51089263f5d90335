"""What a correction needs, imported and loaded while a reader still writes it: else he waits for seconds after it."""

from __future__ import annotations

import threading
from functools import cache
from importlib import import_module

_DECIDES = ("ingest.revising.decide", "ingest.revising.revise", "ingest.reading.asked_dates")


@cache
def begin(*, reads: bool = False) -> None:
    """Begin to make ready, in a thread of its own; once for all sessions.

    Arguments: reads, whether texts are read anew, as where a date is corrected, for which the language model is loaded.
    """
    threading.Thread(target=_load, args=(reads,), name="correcting", daemon=True).start()


def _load(reads: bool) -> None:
    for name in _DECIDES:
        import_module(name)
    if reads:
        import_module("ingest.reading.annotate").model()
