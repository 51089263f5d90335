"""Bytes -> text: compression, then encoding by byte order mark, by what a page declares, by what the bytes allow."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib

from charset_normalizer import from_bytes

from kb.errors import UnreadableSource

_MARKS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]  # fmt: skip
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I
)
# The web's own table (WHATWG Encoding Standard): pages that declare Latin-1 or ASCII mean Windows-1252.
_WEB = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
        "gb2312": "gbk", "shift_jis": "cp932"}  # fmt: skip
_MAGIC = [
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"MZ\x90",
    b"\xd0\xcf\x11\xe0",
    b"RIFF",
    b"SQLite",
]


def unpack(data: bytes, limit: int) -> bytes:
    """Gunzip data that is gzip, else return it as it is.

    Arguments: data; limit, the most bytes it may unpack to.
    Raises: UnreadableSource when the archive is damaged or too large.
    """
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            plain = packed.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableSource(f"The gzip file is damaged ({error}); fetch it again.") from error
    if len(plain) > limit:
        raise UnreadableSource(
            f"The source unpacks to more than {limit // 1_000_000} MB; split it into single articles."
        )
    return plain


def decode(source: str, data: bytes, *, html: bool, charset: str | None = None) -> str:
    """The text of bytes in an unknown encoding.

    Arguments: source, for the message; data, not empty; html, whether a declaration inside the page counts;
    charset, as a host declares it, which counts before that.
    Raises: UnreadableSource when the bytes are binary or in no known encoding.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(source, data, name)
    if data.startswith(tuple(_MAGIC)):
        raise UnreadableSource(f"{source} is a binary file, not a text; save the article as text or as a web page.")
    wide = _wide(data)
    if wide:
        return _strict(source, data, wide)
    if b"\0" in data[:4096] or _control_share(data) > 0.02:
        raise UnreadableSource(f"{source} is a binary file, not a text; save the article as text or as a web page.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(source, data, html=html, charset=charset)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: in English text every second byte is zero."""
    sample = data[:2000]
    if len(sample) < 8 or sample.count(0) < len(sample) * 0.3:
        return None
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    return "utf-16-le" if even == 0 and odd else "utf-16-be" if odd == 0 and even else None


def _control_share(data: bytes) -> float:
    sample = data[:65536]
    controls = sum(sample.count(byte) for byte in range(32) if byte not in (9, 10, 12, 13, 27))
    return controls / len(sample)


def _guess(source: str, data: bytes, *, html: bool, charset: str | None = None) -> str:
    declared = _DECLARED.search(data[:4096]) if html else None
    if charset or declared:
        name = (charset or (declared[1].decode("ascii") if declared else "")).lower()
        if name in ("utf-8", "utf8"):
            # a page in UTF-8 with a few broken bytes is far commoner than one that lies about all of it
            return data.decode("utf-8", errors="replace")
        try:
            return data.decode(_WEB.get(name, name), errors="replace")
        except (LookupError, UnicodeError):
            pass
    if len(data) - len(data.decode("utf-8", errors="ignore").encode()) < len(data) * 0.001:
        return data.decode("utf-8", errors="replace")
    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise UnreadableSource(f"The encoding of {source} is not known; save the file as UTF-8.")
    # in English text the bytes above 127 are mostly quotation marks and dashes, which these three encode alike
    name = "cp1252" if best.encoding in ("cp1250", "cp1254", "latin_1", "cp1258", "cp1257") else best.encoding
    return data.decode(name, errors="replace")


def _strict(source: str, data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeError as error:
        raise UnreadableSource(
            f"{source} starts as {name} but is damaged further on; save the file as UTF-8."
        ) from error
