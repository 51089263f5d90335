"""One article from its raw form into the graph."""

from __future__ import annotations

from dataclasses import replace

from ingest.clean import clean
from ingest.clean.prose import language_name
from ingest.graph.resolve import resolve
from ingest.graph.write import given_date, stored_fingerprint
from ingest.matching.ids import article_id, fingerprint
from ingest.originals import keep
from ingest.reading.extract import rules_version
from ingest.reading.findings import Document, RawDocument
from ingest.reading.slavic import LANGUAGES
from ingest.revising.corrections import corrected, read_corrected
from ingest.revising.revise import write_all
from ingest.run import Outcome, counts
from kb.decisions import heeded, rejection_of_article
from kb.edtf import Edtf
from kb.errors import BadInput, KbError, QueryError
from kb.log import unforeseen
from kb.store import Settings, Store

_LEFT_OUT = "left out"
_UNDATED = "it does not say when it was published, so “last week” in it has no day; kb set-published gives it one"


def take(raw: RawDocument, store: Store, run: str) -> Outcome:
    """One article from its raw form into the graph, and what it was read from beside it.

    Raises: BadInput, StoreError; then nothing of it is stored.
    """
    return keep_original(take_clean(clean(raw), raw, store, run), raw, store.settings)


def keep_original(outcome: Outcome, raw: RawDocument, settings: Settings) -> Outcome:
    """Keep what an article was read from, if it came to be one. Returns: what became of it, as given."""
    if outcome.article_id is not None and not outcome.reason.startswith(_LEFT_OUT):
        keep(settings.data_dir, outcome.article_id, raw)
    return outcome


def take_clean(document: Document, raw: RawDocument, store: Store, run: str) -> Outcome:
    """One cleaned article into the graph. Arguments: raw, what it was cleaned from. Raises: as `take`."""
    article = article_id(document)
    document = corrected(store, _as_given_before(store, article, document))
    if withdrawn := _withdrawn(store, article):
        return Outcome(document.source, document.title, article, "unchanged", withdrawn)
    stored = stored_fingerprint(store, article)
    if stored and stored == fingerprint(document, rules_version(), heeded(store, article)):
        return Outcome(document.source, document.title, article, "unchanged", _remark(document, raw))
    facts = resolve(read_corrected(store, document), version=rules_version())
    status = write_all(store, facts, run)
    return Outcome(document.source, document.title, article, status, _remark(document, raw), counts(facts))


def _as_given_before(store: Store, article: str, document: Document) -> Document:
    """The document with the publication date that a user gave for it once, where nothing is given now."""
    date = None if document.published_basis == "given" else given_date(store, article)
    return replace(document, published=Edtf(date), published_basis="given") if date else document


def failed(raw: RawDocument, error: Exception) -> Outcome:
    """What became of an article that cannot be used, for whatever reason.

    Arguments: the article; what was raised. Raises: the error again, where it concerns more than this article.
    """
    return Outcome(raw.source, raw.title or "", None, "failed", reason_of(error, raw.source))


def reason_of(error: Exception, name: str) -> str:
    """Why one article failed, in a sentence.

    Arguments: the error; name, of the article. Raises: the error again, where it concerns more than this article.
    """
    if isinstance(error, (BadInput, QueryError)):
        return str(error)
    if isinstance(error, KbError):
        raise error
    return unforeseen(error, name)


def _withdrawn(store: Store, article: str) -> str:
    decision = rejection_of_article(store, article)
    if decision is None:
        return ""
    why = f" ({decision.reason})" if decision.reason else ""
    return f"{_LEFT_OUT}: withdrawn by {decision.by} on {decision.at[:10]}{why}; kb undo {decision.id} brings it back"


def _remark(document: Document, raw: RawDocument) -> str:
    overruled = document.published_basis == "decision" and raw.published_basis == "given"
    if overruled and raw.published != document.published:
        return f"kept the publication date {document.published}, a human’s decision; kb set-published changes it"
    if document.published_basis == "given" and raw.published_basis != "given":
        return f"kept the publication date {document.published}, which was given before; --published gives another"
    if document.language == "en":
        return "" if document.published else _UNDATED
    name = language_name(document.language)
    if document.language in LANGUAGES:
        return f"it is written in {name}, of which only dates are read: it stands on the timeline by its own day"
    return f"kept as text only: it is written in {name}, and only English is read"
