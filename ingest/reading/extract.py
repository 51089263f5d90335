"""Everything that one text says, by the reader of its language: the parse, and from it times, entities and so on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from ingest.reading import slavic
from ingest.reading.annotate import Annotated, annotate, annotate_all, model_version
from ingest.reading.confidence import weighed
from ingest.reading.english import reader
from ingest.reading.english.times import NO_PINS
from ingest.reading.findings import Document, Span
from ingest.reading.reading import Reading
from kb.edtf import Edtf
from kb.version import __version__


@cache
def rules_version() -> str:
    """What decides how a text is read: this package, a digest of its rules and word lists, the model, the parser."""
    return f"eventline {__version__}, rules {_rules()}, {model_version()}"


def _rules() -> str:
    """Ten digits that differ when any rule or word list does, so that texts read with others are known."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parents[1].rglob("*")):
        if file.suffix in (".py", ".json"):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:10]


def extract(document: Document) -> Reading:
    """Everything one document says, each item with its place in the text; times alone where it is not English."""
    return _weighed(findings(annotate(document)))


def extract_all(
    documents: Iterable[Document], failed: Callable[[Document, Exception], None] | None = None
) -> Iterator[Reading]:
    """The same for many documents, in their order; they are parsed some at a time, which is faster.

    Arguments: the documents; failed, called with each that cannot be read, which is left out, and why; without it the
    error ends all.
    """
    for annotated in annotate_all(documents):
        try:
            reading = _weighed(findings(annotated))
        except Exception as error:
            if failed is None:
                raise
            failed(annotated.document, error)
        else:
            yield reading


def _weighed(reading: Reading) -> Reading:
    """With confidences as gold bears them out; there is gold for English alone."""
    return weighed(reading) if reading.annotated.document.language == "en" else reading


def findings(annotated: Annotated, pins: Mapping[Span, Edtf] = NO_PINS) -> Reading:
    """What a parsed document says, each item with the score of its own step; see `confidence.weighed`.

    Arguments: the parse; pins, the dates that humans gave the events that stand at these spans. A language that nobody
    reads gives no findings.
    """
    language = annotated.document.language
    if language == "en":
        return reader.read(annotated, pins)
    if language in slavic.LANGUAGES:
        return slavic.read(annotated)
    return Reading(annotated, (), (), (), ())
