"""Articles in, dated events out: read -> clean -> annotate -> extract -> resolve -> write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ingest.clean import clean
from ingest.clean.prose import language_name
from ingest.corrections import corrected, read_corrected
from ingest.extract import extract, rules_version
from ingest.findings import Document, RawDocument
from ingest.identity import article_id, fingerprint
from ingest.read import Failure, Given, read
from ingest.resolve import resolve
from ingest.revise import write_all
from ingest.run import Outcome, Summary, begin, counts, finish
from ingest.write import stored_fingerprint
from kb.decisions import heeded, rejection_of_article
from kb.errors import BadInput
from kb.store import Store

__all__ = ["extract", "ingest", "rules_version", "take"]

NOTHING_GIVEN = Given()
Progress = Callable[[str, int], None]


def take(raw: RawDocument, store: Store, run: str) -> Outcome:
    """One article from its raw form into the graph. Raises: BadInput, StoreError; then nothing of it is stored."""
    document = corrected(store, clean(raw))
    article = article_id(document)
    if withdrawn := _withdrawn(store, article):
        return Outcome(document.source, document.title, article, "unchanged", withdrawn)
    stored = stored_fingerprint(store, article)
    if stored and stored == fingerprint(document, rules_version(), heeded(store, article)):
        return Outcome(document.source, document.title, article, "unchanged", _remark(document, raw))
    facts = resolve(read_corrected(store, document), version=rules_version())
    status = write_all(store, facts, run)
    return Outcome(document.source, document.title, article, status, _remark(document, raw), counts(facts))


def _withdrawn(store: Store, article: str) -> str:
    decision = rejection_of_article(store, article)
    if decision is None:
        return ""
    why = f" ({decision.reason})" if decision.reason else ""
    return f"left out: withdrawn by {decision.by} on {decision.at[:10]}{why}; kb undo {decision.id} brings it back"


def _remark(document: Document, raw: RawDocument) -> str:
    overruled = document.published_basis == "decision" and raw.published_basis == "given"
    if overruled and raw.published != document.published:
        return f"kept the publication date {document.published}, a human’s decision; kb set-published changes it"
    if document.language == "en":
        return ""
    return f"kept as text only: it is written in {language_name(document.language)}, and only English is read"


def ingest(
    sources: Sequence[str], store: Store, given: Given = NOTHING_GIVEN, progress: Progress | None = None
) -> Summary:
    """Take every article of the sources, one by one; what fails is reported and the rest go on.

    Arguments: sources, paths of files and folders or "-"; the open store; what the user says of the source;
    progress, called with each finished article's name and the number done. Raises: StoreError.
    """
    run = begin(store, rules_version())
    outcomes: list[Outcome] = []
    for raw in _all(sources, given):
        outcomes.append(_attempt(raw, store, run))
        if progress:
            progress(outcomes[-1].title or outcomes[-1].source, len(outcomes))
    return finish(store, run, outcomes)


def _all(sources: Iterable[str], given: Given) -> Iterator[RawDocument | Failure]:
    for source in sources:
        yield from read(source, given)


def _attempt(raw: RawDocument | Failure, store: Store, run: str) -> Outcome:
    if isinstance(raw, Failure):
        return Outcome(raw.source, "", None, "failed", raw.reason)
    try:
        return take(raw, store, run)
    except BadInput as error:
        return Outcome(raw.source, raw.title or "", None, "failed", str(error))
