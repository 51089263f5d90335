"""Letters: one (.eml, RFC 5322) or a box of them (mbox, RFC 4155), as newsletters and press releases come."""

from __future__ import annotations

import email
import email.policy
import email.utils
import mailbox
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

from ingest.read.failure import Failure, failure
from ingest.reading.findings import Original, RawDocument
from kb.edtf import Edtf
from kb.errors import InvalidDate, UnreadableSource


def from_eml(source: str, data: bytes) -> Iterator[RawDocument]:
    """The article of a letter: its subject, its day as its sender counts days, its page or else its text.

    Arguments: source, its name; data. Raises: UnreadableSource where it has neither.
    """
    message = email.message_from_bytes(data, _class=EmailMessage, policy=email.policy.default)
    yield replace(_document(source, message), original=Original(data, "eml"))


def from_mbox(path: Path) -> Iterator[RawDocument | Failure]:
    """An article for each letter of a box, in its order; what is none is told and the rest goes on.

    Raises: UnreadableSource where there is no letter.
    """
    box = mailbox.mbox(path, create=False)
    try:
        keys = box.keys()
        if not keys:
            raise UnreadableSource(f"{path} holds no letter; give a box in the mbox format.")
        for number, key in enumerate(keys, 1):
            name = f"{path}#{number}"
            try:
                yield from from_eml(name, box.get_bytes(key))
            except Exception as error:
                yield failure(error, name)
    finally:
        box.close()


def _document(source: str, message: EmailMessage) -> RawDocument:
    body = message.get_body(("html", "plain"))
    try:
        content = str(body.get_content()) if body is not None else ""
    except (LookupError, UnicodeError, AttributeError) as error:
        raise UnreadableSource(f"{source} is in an encoding that is not known; save it as a web page.") from error
    if body is None or not content.strip():
        raise UnreadableSource(f"{source} holds no text; give a letter that holds an article.")
    name, address = email.utils.parseaddr(str(message.get("from", "")))
    day = _day(message)
    return RawDocument(
        source=source, kind="html" if body.get_content_type() == "text/html" else "text", content=content,
        title=str(message.get("subject", "")).strip() or None, publisher=name or address.partition("@")[2] or None,
        published=day, published_basis="metadata" if day else "unknown",
    )  # fmt: skip


def _day(message: EmailMessage) -> Edtf | None:
    try:
        moment = email.utils.parsedate_to_datetime(str(message.get("date", "")))
        return Edtf(moment.date().isoformat())
    except (ValueError, TypeError, IndexError, OverflowError, InvalidDate):
        return None
