"""Text of PDF and Word files. What reads them is an extra: pip install 'eventline[documents]'."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator

from ingest.reading.findings import RawDocument
from kb.errors import MissingAsset, UnreadableSource

# What is wrong with a file is told once, in a sentence of ours.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
_PAGES = 2_000  # of one PDF; a book has fewer
_ENDS = re.compile(r"[.!?:”\"')\]]\s*$")
_SHORT = 0.75  # of the longest line, below which a line ends its paragraph


def missing(what: str, package: str) -> MissingAsset:
    """The error for an extra that is not installed. Arguments: what it reads; the package's name."""
    return MissingAsset(f"{what} are read by {package}, which is not installed: pip install 'eventline[documents]'.")


def from_pdf(source: str, data: bytes) -> Iterator[RawDocument]:
    """The text of a PDF as one article. Its date is the file's and not the article's, so none is taken.

    Arguments: source, its name; data. Raises: UnreadableSource where it is damaged, locked or has pictures alone;
    MissingAsset.
    """
    try:
        from pypdf import PdfReader  # noqa: PLC0415 (an extra)
        from pypdf.errors import PyPdfError  # noqa: PLC0415
    except ImportError as error:
        raise missing("PDF files", "pypdf") from error
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableSource(f"{source} is locked with a password; save it without one.")
        pages = [reader.pages[n].extract_text() or "" for n in range(min(len(reader.pages), _PAGES))]
        title = str((reader.metadata.title if reader.metadata else "") or "").strip()
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError) as error:
        raise UnreadableSource(f"{source} is a damaged PDF; open it, print it to a new file and give that.") from error
    text = "\n\n".join(_paragraphs(page) for page in pages).strip()
    if not text:
        raise UnreadableSource(f"{source} holds pictures and no text; give a PDF with text in it.")
    yield RawDocument(source=source, kind="text", content=text, title=title or None)


def _paragraphs(page: str) -> str:
    """The lines of a page as paragraphs: one ends at an empty line, and where a short line ends a sentence."""
    lines = [line.strip() for line in page.splitlines()]
    longest = max(map(len, lines), default=0)
    parts = [""]
    for line in lines:
        if not line:
            parts.append("")
        elif parts[-1].endswith("-") and line[:1].islower():
            parts[-1] = parts[-1][:-1] + line
        else:
            parts[-1] = f"{parts[-1]} {line}".strip()
        if line and _ENDS.search(line) and len(line) < _SHORT * longest:
            parts.append("")
    return "\n\n".join(part for part in parts if part)


def from_docx(source: str, data: bytes) -> Iterator[RawDocument]:
    """The paragraphs of a Word file as one article; arguments and errors as `from_pdf`."""
    try:
        from docx import Document  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise missing("Word files", "python-docx") from error
    try:
        found = Document(io.BytesIO(data))
        text = "\n\n".join(p.text.strip() for p in found.paragraphs if p.text.strip())
        title = str(found.core_properties.title or "").strip()
    except Exception as error:  # python-docx lets through whatever zipfile, lxml and itself raise
        raise UnreadableSource(f"{source} is no Word file (.docx), or a damaged one; save it again.") from error
    if not text:
        raise UnreadableSource(f"{source} holds no text; give a file that holds an article.")
    yield RawDocument(source=source, kind="text", content=text, title=title or None)
