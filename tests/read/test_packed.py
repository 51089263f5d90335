"""Archives, letters, PDF and Word files: each made here, and read."""

from __future__ import annotations

import gzip
import io
import mailbox
import subprocess
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from ingest.clean import clean
from ingest.read import Failure, read
from ingest.reading.findings import RawDocument

PROSE = (
    "Two ships left the harbour of Odesa on Monday, officials said, after talks that had lasted for three weeks.",
    "A third ship waits for its papers, and its captain expects to sail before the end of the month, he said.",
    "The minister of trade told reporters in Ankara that nothing more would be signed before the summer recess.",
)
PAGE = "<html><head><title>Ships leave</title></head><body>{}</body></html>".format(
    "<h1>Ships leave</h1>" + "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)
)


def names(found: list[RawDocument | Failure], root: Path) -> list[str]:
    return [item.source.removeprefix(f"{root}/") for item in found]


def reason(path: Path) -> str:
    found = list(read(str(path)))
    assert len(found) == 1
    assert isinstance(found[0], Failure), found
    return found[0].reason


def zipped(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_the_files_of_an_archive(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {
        "b/page.html": PAGE, "a.txt": PROSE[0], "photo.png": b"\x89PNG", "__MACOSX/a.txt": "x", ".hidden.txt": "x",
        "data.csv": "name,price\nship,3\n", "rows.csv": "text\nTwo ships left.\n", "../../up.txt": PROSE[1],
        "empty.txt": "", "inner.zip": b"PK\x03\x04", "package.json": "{}",
    })  # fmt: skip
    found = list(read(str(path)))
    assert names(found, path) == ["../../up.txt", "a.txt", "b/page.html", "empty.txt", "rows.csv:2"]
    assert [type(item) for item in found] == [RawDocument, RawDocument, RawDocument, Failure, RawDocument]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.zip"]


def test_a_packed_table_of_an_archive(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"rows.csv.gz": gzip.compress(b"text\nTwo ships left.\n")})
    assert names(list(read(str(path))), path) == ["rows.csv.gz:2"]


def test_an_archive_that_is_a_trap(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": "a" * 19_000_000, "b.txt": PROSE[0]})
    trap, text = read(str(path))
    assert isinstance(trap, Failure)
    assert "as no text does" in trap.reason
    assert isinstance(text, RawDocument)


def test_archives_that_cannot_be_read(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "a.zip", {"a.txt": PROSE[0]}).read_bytes()
    damaged, empty, other = (tmp_path / name for name in ("b.zip", "c.zip", "d.zip"))
    damaged.write_bytes(whole[:-30])
    empty.write_bytes(b"")
    zipped(other, {"photo.png": b"\x89PNG"})
    assert "is damaged" in reason(damaged)
    assert "is damaged" in reason(empty)
    assert "holds no document" in reason(other)


def test_a_file_of_an_archive_that_is_damaged(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": PROSE[0] * 20, "b.txt": PROSE[1]})
    data = bytearray(path.read_bytes())
    data[60:70] = b"\xff" * 10
    path.write_bytes(bytes(data))
    bad, good = read(str(path))
    assert isinstance(bad, Failure)
    assert isinstance(good, RawDocument)


def letter(html: str = "", text: str = "", date: str = "Fri, 16 Feb 2024 23:30:00 -0500") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = "The Example <news@example.org>", "Ships leave", date
    message.set_content(text or "See the page.")
    if html:
        message.add_alternative(html, subtype="html")
        message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    return message


def test_a_letter(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(letter(html=PAGE).as_bytes())
    (raw,) = read(str(path))
    assert isinstance(raw, RawDocument)
    article = clean(raw)
    assert (article.title, article.publisher, str(article.published)) == ("Ships leave", "The Example", "2024-02-16")
    assert all(paragraph in article.text for paragraph in PROSE)


@pytest.mark.parametrize("date", ["soon", "", "Fri, 32 Feb 2024 10:00:00 +0000"])
def test_a_letter_without_a_date(date: str, tmp_path: Path) -> None:
    message = letter(text="\n\n".join(PROSE))
    del message["Date"]
    path = tmp_path / "a.eml"
    path.write_bytes((f"Date: {date}\n".encode() if date else b"") + message.as_bytes())
    (raw,) = read(str(path))
    assert isinstance(raw, RawDocument)
    assert (raw.published, raw.kind) == (None, "text")
    assert PROSE[0] in clean(raw).text


def test_a_box_of_letters(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    box = mailbox.mbox(path)
    for message in (letter(html=PAGE), letter(text=" "), letter(text="\n\n".join(PROSE))):
        box.add(message)
    box.close()
    found = list(read(str(path)))
    assert names(found, tmp_path) == ["a.mbox#1", "a.mbox#2", "a.mbox#3"]
    (tmp_path / "b.mbox").write_text("No letter is in here.\n")
    assert "holds no letter" in reason(tmp_path / "b.mbox")


def pdf(lines: list[str], title: str = "") -> bytes:
    """A PDF of one page, its lines in Helvetica (ISO 32000-1, 7.5)."""
    shown = "".join(f"({line.replace('(', '').replace(')', '')}) Tj T*\n" for line in lines)
    stream = f"BT /F1 11 Tf 14 TL 40 800 Td\n{shown}ET".encode("cp1252")
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
             b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
             b"/Resources << /Font << /F1 5 0 R >> >> >>",
             b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
             b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
             f"<< /Title ({title}) >>".encode()]  # fmt: skip
    out, at = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, part in enumerate(parts, 1):
        at.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in at))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, table))
    return out.getvalue()


def test_a_pdf(tmp_path: Path) -> None:
    lines = [
        "Two ships left the harbour of Odesa on Monday, officials said, after nego-",
        "tiations that had lasted for three weeks.",
        "A third ship waits for its papers, and its captain expects to sail before", "the end of the month.",
    ]  # fmt: skip
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(lines, "Ships leave"))
    (raw,) = read(str(path))
    assert isinstance(raw, RawDocument)
    assert raw.content.split("\n\n") == [
        f"{lines[0].removesuffix('-')}{lines[1]}",
        f"{lines[2]} {lines[3]}",
    ]
    article = clean(raw)
    assert (article.title, article.published) == ("Ships leave", None)


def test_pdf_files_that_cannot_be_read(tmp_path: Path) -> None:
    empty, damaged = tmp_path / "a.pdf", tmp_path / "b.pdf"
    empty.write_bytes(pdf([]))
    damaged.write_bytes(b"%PDF-1.7\n" + b"\xff\x00" * 500)
    assert "pictures and no text" in reason(empty)
    assert "damaged PDF" in reason(damaged)
    command = [sys.executable, "-m", "kb.cli", "annotate", str(damaged), "--out", str(tmp_path / "out")]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (told.returncode, len(told.stderr.splitlines())) == (1, 1), told.stderr


def test_a_word_file(tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.title = "Ships leave"
    for paragraph in PROSE:
        document.add_paragraph(paragraph)
    path = tmp_path / "a.docx"
    document.save(str(path))
    (raw,) = read(str(path))
    assert isinstance(raw, RawDocument)
    article = clean(raw)
    assert article.title == "Ships leave"
    assert all(paragraph in article.text for paragraph in PROSE)
    (tmp_path / "b.docx").write_bytes(path.read_bytes()[:-200])
    assert "is no Word file" in reason(tmp_path / "b.docx")


@pytest.mark.parametrize("packed", [True, False])
def test_what_a_crawler_kept(packed: bool, tmp_path: Path) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed)
        for address, status, kind, body in (
            ("https://example.org/1", "200 OK", "text/html; charset=utf-8", PAGE.encode()),
            ("https://example.org/2", "404 Not Found", "text/html", b"gone"),
            ("https://example.org/3", "200 OK", "image/png", b"\x89PNG"),
            ("https://example.org/4", "200 OK", "text/html", b""),
        ):
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            record = writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=headers)
            writer.write_record(record)
    first, empty = read(str(path))
    assert isinstance(first, RawDocument)
    assert (clean(first).url, clean(first).title) == ("https://example.org/1", "Ships leave")
    assert isinstance(empty, Failure)
    assert "is empty" in empty.reason


@pytest.mark.parametrize("data", [b"", b"no crawl\n", gzip.compress(b"no crawl\n", mtime=0)])
def test_what_is_no_crawl(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(data)
    assert str(path) in reason(path)


@pytest.mark.parametrize(
    ("name", "module"), [("a.pdf", "pypdf"), ("a.docx", "docx"), ("a.warc", "warcio.archiveiterator")]
)
def test_an_extra_that_is_not_installed(
    name: str, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    path = tmp_path / name
    path.write_bytes(pdf(["Two ships left."]) if name == "a.pdf" else b"PK\x03\x04")
    assert "pip install 'eventline[documents]'" in reason(path)
