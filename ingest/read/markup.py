"""What kind of markup bytes hold, and the two small formats that are turned into text or HTML before cleaning."""

from __future__ import annotations

import email
import email.policy
import re

from kb.errors import UnreadableSource

_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.I)
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:(?:\\?/){2}jsonfeed\.org')
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|meta)\b[^>]*>", re.I)


def looks_like_feed(data: bytes) -> bool:
    """Whether the root element, after declaration and comments, is that of RSS, RDF or Atom."""
    head = re.sub(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>", b"", data[:5000], flags=re.S | re.I).lstrip(
        b"\xef\xbb\xbf \t\r\n"
    )
    return _FEED.match(head) is not None


def looks_like_json_feed(data: bytes) -> bool:
    """Whether bytes are a JSON object that names the version of JSON Feed (https://jsonfeed.org) it is in."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and _JSON_FEED.search(data) is not None


def looks_like_html(data: bytes) -> bool:
    """Whether bytes are a page or a piece of one, not a text that names a tag: markup starts it or fills it."""
    head = data[:20_000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return (
        bool(head.startswith(b"<") and _HTML.search(head))
        or len(re.findall(rb"</(?:p|div|html|body|article)>", head, re.I)) >= 3
    )


def from_mhtml(source: str, data: bytes) -> bytes:
    """The HTML part of a page saved as one file (RFC 2557).

    Raises: UnreadableSource when there is none.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                return payload
    raise UnreadableSource(f"{source} holds no web page; save the page again as HTML.")


_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*\r?\n", re.S)
_MARKS = [
    (re.compile(r"^```.*?^```[ \t]*$", re.S | re.M), ""),
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"), ""),
    (re.compile(r"\[([^\]\n]+)\]\([^)\s]+(?:\s+\"[^\"\n]*\")?\)"), r"\1"),
    (re.compile(r"^[ ]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", re.M), r"\n\1\n"),
    (re.compile(r"^[ ]{0,3}>[ \t]?", re.M), ""),
    (re.compile(r"^[ ]{0,3}(?:[-*_][ \t]*){3,}$", re.M), ""),
    (re.compile(r"(\*\*|__)(?=\S)([^\n]*?\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])([*_])(?=\S)([^*_\n]*?\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>-])"), r"\1"),
]  # fmt: skip


def from_markdown(text: str) -> str:
    """Plain text of Markdown: marks gone, words and paragraphs kept, front matter as "key: value" lines."""
    front = _FRONT.match(text)
    head = "\n".join(line for line in front[1].splitlines() if re.match(r"\w+:\s*\S", line)) if front else ""
    body = text[front.end() :] if front else text
    for pattern, plain in _MARKS:
        body = pattern.sub(plain, body)
    return f"{head}\n\n{body}" if head else body
